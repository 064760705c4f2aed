/** How a worker shows lines. */
export interface TraceOrders {
  /** Absolute path of the project root. */
  readonly root: string
  /** Absolute path of the folder of the `.trace` files; undefined for standard output. */
  readonly folder?: string
  /** Put the seconds since the test file began in front of each line. */
  readonly timing: boolean
}
