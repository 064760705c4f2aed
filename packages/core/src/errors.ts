/** A problem tstrace can name. The message is a sentence with the value and the place, then the way out. */
export class TstraceError extends Error {
  /** Stable name of the problem; each has a heading in `docs/reference/messages.md`. */
  readonly code: string

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'TstraceError'
    this.code = code
  }
}
