import { printable } from './printable.ts'

export interface ErrorDetails {
  readonly cause?: unknown
  /** Further lines of the message. */
  readonly below?: readonly string[]
}

/**
 * A problem tstrace can name. The message is a sentence with the value and the place, then the way out; whatever is in it,
 * it is one line, and those that stand `below`.
 */
export class TstraceError extends Error {
  /** Stable name of the problem; each has a heading in `docs/reference/messages.md`. */
  readonly code: string

  constructor(code: string, message: string, { below = [], ...options }: ErrorDetails = {}) {
    super([message, ...below].map(printable).join('\n'), options)
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
  const message = messageOf(error)
  // What somebody else has said may end without a full stop.
  const end = more === '' ? '' : /[.!?]$/.test(message) ? ` ${more}` : `. ${more}`
  const text = message + end
  // Behind the first line, where the lines below are a list.
  return error instanceof TstraceError ? text.replace(/$|(?=\n)/, ` [${error.code}]`) : text
}

/** What something that was thrown says; anything can be thrown, also what throws when it is asked. */
export function messageOf(thrown: unknown): string {
  try {
    const { message } = Object(thrown) as { readonly message?: unknown }
    return typeof message === 'string' ? message : String(thrown)
  } catch {
    return 'what was thrown cannot be shown'
  }
}
