/** Key under which the node half provides `WorkerOrders` to the tests' processes. */
export const ORDERS_KEY = 'tstrace'

/** What a worker has to know. */
export interface WorkerOrders {
  /** Absolute path of the folder in which each worker leaves its counts. */
  readonly folder: string
  /** Name of the project, or ''. */
  readonly project: string
}

/**
 * First line of a worker's file; frames follow. The file is named `<id>.open` while its worker runs, and
 * `<id>.done` after the worker has said that nothing more will come.
 */
export interface WorkerFileHead {
  readonly testFile: string
  /** Process in which the worker runs. */
  readonly pid: number
}
