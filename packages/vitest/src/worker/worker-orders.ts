import type { TraceOrders } from '@tstrace/core/live'
import type { ChildOrders, NativeOrders } from '@tstrace/core/worker'

/** Key under which the node half provides `WorkerOrders` to the tests' processes. */
export const ORDERS_KEY = 'tstrace'

/** What a worker has to know. */
export interface WorkerOrders {
  /** Absolute path of the folder in which each worker leaves its counts. */
  readonly folder: string
  /** Absolute path of the folder that paths of sources start at. */
  readonly root: string
  /** Whether the arms of branches are counted. */
  readonly branches: boolean
  /** Name of the project, or ''. */
  readonly project: string
  /** Whether to say which test was running. */
  readonly contexts?: true
  /** Absolute path of the project's own test runner; undefined for that of Vitest. Asked for beside `contexts`. */
  readonly runner?: string
  /** Whether the test runner begins test files, and not a setup file. */
  readonly beginsInRunner?: true
  /** Where lines are shown while they run; undefined where they are not. */
  readonly trace?: TraceOrders
  /** About what tests start; undefined where nothing can be left for that. */
  readonly children?: ChildOrders
  /** Where Vitest has Node load the modules itself: how; undefined where they come through Vite. */
  readonly native?: NativeOrders
}
