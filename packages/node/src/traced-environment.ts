import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FOLDER_VARIABLE, ORDERS_FILE, ORDERS_VARIABLE, type Orders } from './orders.ts'
import { hooksUrl, preloadUrl } from './own-file.ts'

/** A run whose processes are to be traced. */
export interface TracedProcesses {
  /** Absolute path of the folder in which they leave their counts; undefined where there is none, and nothing is left. */
  readonly folder: string | undefined
  readonly orders: Omit<Orders, 'hooks' | 'preload'>
}

/** Where nothing can be: below a file. */
const NOWHERE = join(process.execPath, 'nowhere')

/**
 * Leaves orders in the folder of a run, and gives the environment in which every Node.js process follows them: that of this
 * process with what has to be there beside it.
 *
 * @throws what Node throws where they cannot be left
 */
export function tracedEnvironment({ folder, orders }: TracedProcesses): NodeJS.ProcessEnv {
  const { preload, text } = leaveOrders({ folder, orders })
  const options = [process.env.NODE_OPTIONS, preload].filter(Boolean)
  return {
    ...process.env,
    ...(folder === undefined && { [ORDERS_VARIABLE]: text }),
    NODE_OPTIONS: options.join(' '),
    [FOLDER_VARIABLE]: folder ?? NOWHERE,
  }
}

/**
 * Leaves orders in the folder of a run.
 *
 * @returns them as a text, and what has to be in `NODE_OPTIONS` of each process that is to follow them
 * @throws what Node throws where they cannot be left
 */
export function leaveOrders({ folder, orders }: TracedProcesses): {
  readonly preload: string
  readonly text: string
} {
  const preload = `--require "${fileURLToPath(preloadUrl()).replaceAll(/[\\"]/g, '\\$&')}"`
  const complete: Orders = { ...orders, hooks: hooksUrl(), preload }
  const text = JSON.stringify(complete)
  // Nobody reads it before there is a process that follows them.
  if (folder !== undefined) writeFileSync(join(folder, ORDERS_FILE), text)
  return { preload, text }
}
