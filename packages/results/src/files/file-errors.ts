import { TstraceError } from '../errors.ts'

/** What a message says beside the file and the reason. */
export interface WriteFailure {
  /** What to do about it. Default: what helps against what the operating system says. */
  readonly wayOut?: string
  /** How many other files could not be written either. Default: 0. */
  readonly others?: number
}

interface SystemError {
  /** The error in words, of what is read or written. */
  readonly words: string
  /** What to do where something is to be written. */
  readonly wayOut: string
}

const IN_THE_WAY: SystemError = {
  words: 'a part of its path is a file, not a folder',
  wayOut: 'Choose another folder.',
}
const TOO_MANY: SystemError = {
  words: 'too many files are open',
  wayOut: 'Raise the limit (`ulimit -n`), or run fewer programs at the same time.',
}
const REFUSED: SystemError = {
  words: 'permission denied',
  wayOut: 'Make the folder writable, or choose another one.',
}
const FORBIDDEN: SystemError = {
  words: "Node's permission model forbids it",
  wayOut: 'Allow it (`--allow-fs-write`, `--allow-child-process`), or leave `--permission` out.',
}
const IN_USE: SystemError = {
  words: 'another program is using it',
  wayOut: 'Run again when that has ended, or choose another name.',
}

/** What operating systems say when a file can be neither read nor written, each with its own way out. */
const SYSTEM_ERRORS: Readonly<Record<string, SystemError>> = {
  ENOSPC: { words: 'the disk is full', wayOut: 'Free some space, or choose a folder on another disk.' },
  EDQUOT: {
    words: 'your quota of disk space is used up',
    wayOut: 'Delete some of your files, or choose a folder on another disk.',
  },
  EFBIG: {
    words: 'it would be larger than a file may be',
    wayOut: 'Raise the limit (`ulimit -f`), or choose a folder on another disk.',
  },
  EIO: { words: 'the disk reports an error', wayOut: 'Choose a folder on another disk.' },
  EROFS: { words: 'the file system is read-only', wayOut: 'Choose a folder on another one.' },
  ENAMETOOLONG: {
    words: 'the name is too long for the file system',
    wayOut: 'Choose a shorter one, or a folder with a shorter path.',
  },
  ENOENT: { words: 'its folder is not there and cannot be made', wayOut: 'Choose another one.' },
  EISDIR: { words: 'it is a folder', wayOut: 'Choose another name.' },
  ELOOP: {
    words: 'symbolic links lead in a circle',
    wayOut: 'Remove one of them, or choose another folder.',
  },
  ENOTDIR: IN_THE_WAY,
  EEXIST: IN_THE_WAY,
  EMFILE: TOO_MANY,
  ENFILE: TOO_MANY,
  EACCES: REFUSED,
  EPERM: REFUSED,
  ERR_ACCESS_DENIED: FORBIDDEN,
  EBUSY: IN_USE,
  ETXTBSY: IN_USE,
}

/**
 * What is thrown where a file cannot be written: `TST_CANNOT_WRITE`.
 *
 * @param reason what the operating system threw, or a few words; an error of tstrace says enough already, and is returned
 */
export function cannotWrite(file: string, reason: unknown, failure: WriteFailure = {}): TstraceError {
  if (reason instanceof TstraceError) return reason
  const { others = 0, wayOut = wayOutOf(codeOf(reason)) } = failure
  const files = others > 0 ? `${file} (and ${others} more)` : file
  const message = `Cannot write ${files}: ${reasonOf(reason)}. ${wayOut}`
  return new TstraceError('TST_CANNOT_WRITE', message, { cause: reason })
}

/**
 * What is thrown where a file cannot be read: `TST_CANNOT_READ`, or `TST_TOO_MANY_FILES` where it is only one too many.
 *
 * @param what its name, and what it should be
 * @param reason what the operating system threw, or a few words
 * @param wayOut what to do where it is not just that reading is not allowed
 */
export function cannotRead(what: string, reason: unknown, wayOut: string): TstraceError {
  const known = SYSTEM_ERRORS[codeOf(reason)]
  if (known === TOO_MANY) {
    const message = `Cannot open so many files at once: ${reasonOf(reason)}.`
    const advice = 'Raise the limit (`ulimit -n`), or merge the files in groups, and the sums then.'
    return new TstraceError('TST_TOO_MANY_FILES', `${message} ${advice}`, { cause: reason })
  }
  const words = codeOf(reason) === 'ENOENT' ? 'it is not there (ENOENT)' : reasonOf(reason)
  const advice = known === REFUSED ? 'Make it readable, or choose another one.' : wayOut
  return new TstraceError('TST_CANNOT_READ', `Cannot read ${what}: ${words}. ${advice}`, { cause: reason })
}

/**
 * What is thrown where tstrace cannot go on because of what the operating system refuses, or Node in its place: `TST_SYSTEM`;
 * undefined for errors of another kind.
 */
export function systemRefusal(error: unknown): TstraceError | undefined {
  if (!(error instanceof Error)) return undefined
  const code = codeOf(error)
  const { path, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined && SYSTEM_ERRORS[code] === undefined) return undefined
  const what = [syscall ?? 'go on', syscall?.endsWith(path ?? '') ? '' : path].filter(Boolean).join(' ')
  const message = `Cannot ${what}: ${reasonOf(error)}. ${wayOutOf(code)}`
  return new TstraceError('TST_SYSTEM', message, { cause: error })
}

/** What to do where something is to be written, and the system says `ENOSPC` or something else. */
export function wayOutOf(code: string): string {
  return SYSTEM_ERRORS[code]?.wayOut ?? 'Choose another place.'
}

/** An error in words, for the middle of a sentence: `the disk is full (ENOSPC)`. */
export function reasonOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason)
  const code = codeOf(reason)
  // Node puts the call and the path behind its own words.
  const words = SYSTEM_ERRORS[code]?.words ?? /^[A-Z\d]+: ([^,]+), /.exec(reason.message)?.[1]
  return words === undefined ? reason.message : `${words} (${code})`
}

/** As `ENOSPC`; '' for what the operating system has not said. */
function codeOf(reason: unknown): string {
  return (reason instanceof Error && (reason as NodeJS.ErrnoException).code) || ''
}
