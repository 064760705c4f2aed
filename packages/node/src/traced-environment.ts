import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HOOKS_URL } from './hooks-url.ts'
import { FOLDER_VARIABLE, ORDERS_FILE, ORDERS_VARIABLE, type Orders } from './orders.ts'

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url))

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
  const preload = `--require "${PRELOAD.replaceAll(/[\\"]/g, '\\$&')}"`
  const complete: Orders = { ...orders, hooks: HOOKS_URL, preload }
  const text = JSON.stringify(complete)
  // Nobody reads it before there is a process that follows them.
  if (folder !== undefined) writeFileSync(join(folder, ORDERS_FILE), text)
  const options = [process.env.NODE_OPTIONS, preload].filter(Boolean)
  return {
    ...process.env,
    ...(folder === undefined && { [ORDERS_VARIABLE]: text }),
    NODE_OPTIONS: options.join(' '),
    [FOLDER_VARIABLE]: folder ?? NOWHERE,
  }
}
