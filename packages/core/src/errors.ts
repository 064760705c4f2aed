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

/**
 * What is printed about an error. One of tstrace ends with its code, by which `docs/reference/messages.md` is searched.
 *
 * @param more a sentence to stand between message and code
 */
export function sentenceOf(error: unknown, more = ''): string {
  const message = error instanceof Error ? error.message : String(error)
  const text = more === '' ? message : `${message} ${more}`
  // Behind the first line, where the lines below are a list.
  return error instanceof TstraceError ? text.replace(/$|(?=\n)/, ` [${error.code}]`) : text
}
