import type { FilterOptions } from '@tstrace/core/program'

/** What every process of a traced program is told, in a file of the run's folder. */
export interface Orders {
  /** Absolute path of the folder that names are relative to, links resolved. */
  readonly root: string
  /** Absolute path of the program as Node runs it, links resolved. */
  readonly program: string
  /** Absolute path of the folder that the program belongs to: its package, or where it stands. */
  readonly home: string
  /** URL of the hooks for a Node that runs them in a thread of their own. */
  readonly hooks: string
  /** What has to be in `NODE_OPTIONS` of each process and thread. */
  readonly preload: string
  readonly branches: boolean
  readonly calls: boolean
  /** Lines are shown while they run. */
  readonly live: boolean
  /** With the seconds in front since the process or thread started. */
  readonly timing: boolean
  /** The verdict on each file is left in the folder of the run. */
  readonly debug: boolean
  readonly filters: FilterOptions
  /** Where code with counters is kept from run to run. Default: nowhere */
  readonly code?: CodeCache | undefined
}

/** What the names of files with code end with, in the folder of a run and where they are kept. */
export const CODE_FILE = '.code'

export interface CodeCache {
  /** Absolute path; need not be there. */
  readonly folder: string
  /** Another one makes other code. */
  readonly build: string
}

/** Name of the environment variable that holds the run's folder. */
export const FOLDER_VARIABLE = 'TSTRACE_FOLDER'

/** Name of the environment variable that holds the orders themselves, where there is no folder for them. */
export const ORDERS_VARIABLE = 'TSTRACE_ORDERS'

/** Name of the environment variable that says to a process how whoever started it calls it. It is removed there. */
export const STARTED_VARIABLE = 'TSTRACE_STARTED'

/**
 * Name of the environment variable that says to a process or thread which test started it, as a `FrameLabel` in JSON. With the other
 * variables it is taken out of the environment there: what tests start finds that as it would be without us.
 */
export const TEST_VARIABLE = 'TSTRACE_TEST'

/** Name of the symbol under which a process keeps what leaves its counts and says that no more will come. */
export const LEAVE = 'tstrace.leave'

/** Name of the orders in that folder. */
export const ORDERS_FILE = 'orders.json'

/** Name of the file that says that a signal has reached a process of the program. */
export function heardFile(pid: number, signal: string): string {
  return `${pid}.heard-${signal}`
}

/** Name of the file that says that the program itself handles a signal. */
export function handledFile(pid: number, signal: string): string {
  return `${pid}.handled-${signal}`
}

/** The signals that end a program and that it can be told of. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
