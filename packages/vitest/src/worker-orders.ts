/** Key under which the node half provides `WorkerOrders` to the tests' processes. */
export const ORDERS_KEY = 'tstrace'

/** What a worker has to know. */
export interface WorkerOrders {
  /** Absolute path of the folder in which each worker leaves its counts. */
  readonly folder: string
  /** Name of the project, or ''. */
  readonly project: string
  /** Where lines are shown while they run; undefined where they are not. */
  readonly trace?: TraceOrders
}

/** How a worker shows lines. */
export interface TraceOrders {
  /** Absolute path of the project root. */
  readonly root: string
  /** Absolute path of the folder of the `.trace` files; undefined for standard output. */
  readonly folder?: string
}
