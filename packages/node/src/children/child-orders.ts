import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FilterOptions } from '@tstrace/core/adapter'
import type { ChildOrders } from '@tstrace/core/worker'
import { startsUrl } from '../own-file.ts'
import { leaveOrders } from '../traced-environment.ts'

export interface ChildOrdersInput {
  /** Absolute path that names are relative to. */
  readonly root: string
  /** Absolute path of the folder of the run. */
  readonly folder: string
  readonly options: FilterOptions & {
    readonly branches: boolean
    readonly children: boolean
    readonly debug: boolean
    readonly trackcalls: boolean
  }
}

/**
 * Leaves orders for what tests start, where that is to be traced.
 *
 * @throws what Node throws where they cannot be left
 */
export function childOrders({ folder, options, root: given }: ChildOrdersInput): ChildOrders {
  const file = fileURLToPath(startsUrl())
  if (!options.children) return { file, folder }
  const root = realpathSync(given)
  const { branches, debug, exclude, ignoreDir, ignoreModule, include, trackcalls: calls } = options
  const filters = { include, exclude, ignoreDir, ignoreModule }
  const unasked = { program: '', live: false, timing: false }
  const { preload } = leaveOrders({
    folder,
    orders: { ...unasked, root, home: root, branches, calls, debug, filters },
  })
  return { file, folder, preload }
}
