/** How a worker shows lines. */
export interface TraceOrders {
  /** Absolute path of the project root. */
  readonly root: string
  /** Where the `.trace` files are; undefined for standard output. */
  readonly files?: TraceFiles
  /** Put the seconds since the test file began in front of each line. */
  readonly timing: boolean
}

export interface TraceFiles {
  /** Absolute path of the folder that they are in. */
  readonly folder: string
  /** How the absolute paths begin of the files by which each worker says which of them is its own. */
  readonly claims: string
}
