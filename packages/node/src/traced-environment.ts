import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HOOKS_URL } from './hooks-url.ts'
import { FOLDER_VARIABLE, ORDERS_FILE, type Orders } from './orders.ts'

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url))

/** A run whose processes are to be traced. */
export interface TracedProcesses {
  /** Absolute path of the folder in which they leave their counts. */
  readonly folder: string
  readonly orders: Omit<Orders, 'hooks' | 'preload'>
  /** More options for Node, as in `NODE_OPTIONS`. Default: none. */
  readonly nodeOptions?: string
}

/**
 * Leaves orders in the folder of a run, and gives the environment in which every Node.js process follows them: that of this
 * process with what has to be there beside it.
 */
export function tracedEnvironment({ folder, nodeOptions = '', orders }: TracedProcesses): NodeJS.ProcessEnv {
  const preload = `--require "${PRELOAD.replaceAll(/[\\"]/g, '\\$&')}"`
  const complete: Orders = { ...orders, hooks: HOOKS_URL, preload }
  // Nobody reads it before there is a process that follows them.
  writeFileSync(join(folder, ORDERS_FILE), JSON.stringify(complete))
  const options = [process.env.NODE_OPTIONS, preload, nodeOptions].filter(Boolean)
  return { ...process.env, NODE_OPTIONS: options.join(' '), [FOLDER_VARIABLE]: folder }
}
