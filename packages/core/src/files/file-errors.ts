import { TstraceError } from '../errors.ts'

/** What a message says beside the file and the reason. */
export interface WriteFailure {
  /** What to do about it. Default: what helps against most that an operating system says. */
  readonly wayOut?: string
  /** How many other files could not be written either. Default: 0. */
  readonly others?: number
}

const WAY_OUT = 'Make the folder writable, or choose another one.'

/**
 * What is thrown where a file cannot be written: `TST_CANNOT_WRITE`.
 *
 * @param reason what the operating system threw, or a few words; an error of tstrace says enough already, and is returned
 */
export function cannotWrite(
  file: string,
  reason: unknown,
  { wayOut = WAY_OUT, others = 0 }: WriteFailure = {},
): TstraceError {
  if (reason instanceof TstraceError) return reason
  const files = others > 0 ? `${file} (and ${others} more)` : file
  const words = codeOf(reason) ?? wordsOf(reason)
  return new TstraceError('TST_CANNOT_WRITE', `Cannot write ${files}: ${words}. ${wayOut}`, { cause: reason })
}

/**
 * What is thrown where a file cannot be read: `TST_CANNOT_READ`, or `TST_TOO_MANY_FILES` where it is only one too many.
 *
 * @param what its name, and what it should be
 * @param reason what the operating system threw, or a few words
 */
export function cannotRead(what: string, reason: unknown, wayOut: string): TstraceError {
  const code = codeOf(reason)
  if (code === 'EMFILE' || code === 'ENFILE') {
    const message = `Cannot open so many files at once: ${wordsOf(reason)}.`
    const advice = 'Raise the limit (`ulimit -n`), or merge the files in groups, and the sums then.'
    return new TstraceError('TST_TOO_MANY_FILES', `${message} ${advice}`, { cause: reason })
  }
  const message = `Cannot read ${what}: ${wordsOf(reason)}.`
  return new TstraceError('TST_CANNOT_READ', `${message} ${wayOut}`, { cause: reason })
}

/** As `ENOSPC`; undefined for what the operating system has not said. */
function codeOf(reason: unknown): string | undefined {
  return reason instanceof Error ? (reason as NodeJS.ErrnoException).code : undefined
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}
