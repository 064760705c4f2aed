/** A file of a report before it is written. */
export interface OutputFile {
  /** Inside the output folder, with `/`. */
  readonly path: string
  readonly text: string
}
