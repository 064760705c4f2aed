import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FilterOptions } from '@tstrace/core/adapter'
import type { ChildOrders, NativeOrders } from '@tstrace/core/worker'
import { nativeUrl, startsUrl } from '../own-file.ts'
import { leaveOrders } from '../traced-environment.ts'

export interface LoadingInput {
  /** Absolute path that names are relative to. */
  readonly root: string
  /** Absolute path of the folder of the run. */
  readonly folder: string
  readonly options: FilterOptions & {
    readonly branches: boolean
    readonly children: boolean
    readonly debug: boolean
    readonly trace: boolean | string
    readonly trackcalls: boolean
  }
}

/**
 * Leaves orders for what tests start, where that is to be traced.
 *
 * @throws what Node throws where they cannot be left
 */
export function childOrders(input: LoadingInput): ChildOrders {
  const { folder, options } = input
  const file = fileURLToPath(startsUrl())
  if (!options.children) return { file, folder }
  const orders = ordersOf(input)
  const { preload } = leaveOrders({
    folder,
    orders: { ...orders, program: '', home: orders.root, live: false, timing: false },
  })
  return { file, folder, preload }
}

/** What a process in which tests run has to know where it loads its modules by itself. */
export function nativeOrders(input: LoadingInput): NativeOrders {
  const { folder, options } = input
  return { ...ordersOf(input), file: fileURLToPath(nativeUrl()), folder, live: options.trace !== false }
}

function ordersOf({ options, root }: LoadingInput) {
  const { branches, debug, exclude, ignoreDir, ignoreModule, include, trackcalls: calls } = options
  const filters = { include, exclude, ignoreDir, ignoreModule }
  return { root: realpathSync(root), branches, calls, debug, filters }
}
