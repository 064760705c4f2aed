import { dirname } from 'node:path'
import { wayOutOf } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'

/*
 * What is missing from the counts of a run, as sentences for its report and its counts file.
 */

const ELSEWHERE = 'name another folder in the environment variable TMPDIR'

/** What to do where the folder for temporary files takes no more. */
function wayOut(error: string): string {
  const isFull = /^(ENOSPC|EDQUOT|)$/.test(error)
  return isFull
    ? `Make room there, or ${ELSEWHERE}, and run again.`
    : `${wayOutOf(error)} Or ${ELSEWHERE}; then run again.`
}

/** What has happened to the folder of a run. */
export type FolderDamage =
  | { readonly kind: 'removed' }
  /** With what the operating system said to whoever could make no file there, or ''. */
  | { readonly kind: 'unwritable'; readonly error: string }

/** Names in one sentence; of more there is only the number. */
const NAMED = 5

/**
 * Of one who could not write all that it had to.
 *
 * @param who as the beginning of a sentence
 * @param folder of the run
 * @param error what the operating system said: `ENOSPC`
 */
export function couldNotWrite(who: string, folder: string, error: string): string {
  return (
    `${who} could not write all that it counted into ${dirname(folder)}, the folder for temporary files (${error}): ` +
    `the rest is missing from the counts. ${wayOut(error)}`
  )
}

/**
 * Of what happened to the folder of a run.
 *
 * @param damage as `WorkerFiles` tells of it
 */
export function damagedFolder(damage: FolderDamage, folder: string): string {
  return damage.kind === 'removed'
    ? `Somebody has removed ${folder}, where counts are left until the report is made: those that were in it are missing ` +
        'from the counts. Run again to have them.'
    : `A process could not make a file in ${dirname(folder)}, the folder for temporary files` +
        `${damage.error && ` (${damage.error})`}: what it counted may be missing from the counts. ${wayOut(damage.error)}`
}

/** Who has left counts: a worker of the runner, or what a test has started. */
export interface Counting {
  /** '' where it is not known. */
  readonly testFile: string
  readonly pid: number
  readonly thread: number
  readonly isChild?: boolean
}

/** As the beginning of a sentence. */
export function workerOf({ isChild, pid, testFile, thread }: Counting): string {
  if (isChild)
    return `A ${thread > 0 ? 'worker thread' : 'process'} that ${testFile} started (process ${pid})`
  return testFile === '' ? `A worker (process ${pid})` : `The worker of ${testFile} (process ${pid})`
}

export function deadWorker(counting: Counting): string {
  return (
    `${workerOf(counting)} was stopped from outside, or had no right to write any more: what it ran last is missing from the ` +
    'counts.'
  )
}

export function livingWorker(counting: Counting): string {
  return (
    `${workerOf(counting)} had not ended when the report was written: what it ran last may be missing from the ` +
    'counts.'
  )
}

export function interrupted(open: number): string {
  // Tests run in the process that was stopped, and left what they counted before.
  if (open === 0)
    return 'The run was interrupted before its end: what ran last may be missing from the counts, and what was to follow is.'
  const workers = open === 1 ? '1 worker was' : `${open} workers were`
  return `The run was interrupted while ${workers} still at it: what ran last may be missing from the counts.`
}

/**
 * Of test files that the runner has started, and of whose workers nothing came.
 *
 * @param testFiles one or more, from the root
 */
export function unheardOf(testFiles: readonly string[]): string {
  const [workers, they] = testFiles.length === 1 ? ['worker', 'it'] : ['workers', 'they']
  return (
    `Nothing was heard of the ${workers} of ${someOf(testFiles)}: what ${they} ran is missing from the counts. The process was stopped ` +
    'before it could write anything, or it could not write at all. Run again to have it.'
  )
}

/** Of a page that has not said that its test file has run. */
export function closedPage(testFile: string): string {
  return (
    `The page of ${testFile} was closed, left or reloaded before its test file had run: what it ran last is missing from the ` +
    'counts.'
  )
}

/**
 * Of test files that were to run in pages from which nothing came.
 *
 * @param testFiles one or more, from the root
 */
export function unheardPages(testFiles: readonly string[]): string {
  const [pages, they, were] = testFiles.length === 1 ? ['page', 'it', 'was'] : ['pages', 'they', 'were']
  return (
    `Nothing was heard of the ${pages} of ${someOf(testFiles)}: what ${they} ran is missing from the counts. ${capital(they)} ${were} ` +
    'closed, left or reloaded before a message could be sent. Run again to have it.'
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Names in a sentence, of which the last say how many more there are. */
export function someOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED)
  const more = names.length - named.length
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/**
 * Of processes that were started to run something in Node, and of which nothing came.
 *
 * @param scripts what they were to run, one or more
 * @param folder of the run
 */
export function unheardProcesses(scripts: readonly string[], folder: string): string {
  const list = printable(someOf([...new Set(scripts)]))
  const [who, they, were] =
    scripts.length === 1
      ? [`the Node.js process that was to run ${list}`, 'it', 'was']
      : [`${scripts.length} Node.js processes that were to run ${list}`, 'they', 'were']
  return (
    `Nothing was heard of ${who}: what ${they} ran is missing from the counts. Without the variables NODE_OPTIONS and ` +
    `TSTRACE_FOLDER nothing can be traced there, another user and Node's permission model cannot write into ${folder}, and ` +
    `perhaps ${they} began when the program had ended, or ${were} stopped before anything could run.`
  )
}

/**
 * Of processes and threads in which tracing could not begin: one sentence for each reason.
 *
 * @param reasons one for each process or thread, with its way out
 */
export function untraced(reasons: readonly string[]): string[] {
  return [...new Set(reasons)].map((reason) => {
    const count = reasons.filter((other) => other === reason).length
    const who = count === 1 ? 'One process or thread' : `${count} processes or threads`
    return `${who} ran without being traced, and what ran there is missing from the counts: ${printable(reason)}`
  })
}

/** @param by who has ended them */
export function endedThreads(count: number, by: 'the program' | 'tests'): string {
  const threads = count === 1 ? 'A worker thread was' : `${count} worker threads were`
  return `${threads} ended by ${by}: what ran there after the last answer may be missing from the counts.`
}

/** Of a run in which there were test files, and none that could be traced. */
export function nothingTraced(testFiles: number): string {
  const subject =
    testFiles === 1
      ? 'The one test file of this run was not'
      : `None of the ${testFiles} test files of this run was`
  return `${subject} traced: there are no counts of it.`
}
