import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CountsInput } from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import type { Reporter, TestModule, TestTask, Vitest } from '../vitest-versions.ts'

/*
 * Vitest's blob reporter leaves the results of a shard in a file, from which `--merge-reports` reports. The counts of
 * the shard are the text of a counts file, and stand there in the `meta` of one of its test files.
 */

/** Key of the text in a `meta`. */
const KEY = 'tstrace'

/** The reporters of a run that can carry its counts. */
export function blobReporters({ reporters = [] }: Vitest): readonly Reporter[] {
  return reporters.filter((reporter) => reporter.constructor.name === 'BlobReporter')
}

/**
 * Has the blob reporters of a run carry its counts; other reporters see nothing of them.
 *
 * @param countsText gives the text once the run has ended; undefined when there is none
 */
export function sendWithBlobs(vitest: Vitest, countsText: () => Promise<string | undefined>): void {
  for (const blob of blobReporters(vitest)) wrapEnd(blob, countsText)
}

function wrapEnd(blob: Reporter, countsText: () => Promise<string | undefined>): void {
  // Vitest 3 gives tasks to the first, later ones modules to the second.
  const { onFinished, onTestRunEnd } = blob
  if (onFinished) {
    blob.onFinished = async (tasks = [], ...rest) => {
      const text = await countsText()
      return carrying(tasks[0], text, () => onFinished.call(blob, tasks, ...rest))
    }
  }
  if (onTestRunEnd) {
    blob.onTestRunEnd = async (modules: readonly TestModule[], ...rest: unknown[]) => {
      const text = await countsText()
      return carrying(modules[0]?.task, text, () => onTestRunEnd.call(blob, modules, ...rest))
    }
  }
}

/** Blob reporters read the tasks before they wait for anything. */
function carrying(task: TestTask | undefined, text: string | undefined, write: () => unknown): unknown {
  if (!task || text === undefined) return write()
  task.meta[KEY] = text
  try {
    return write()
  } finally {
    delete task.meta[KEY]
  }
}

/** Of the counts in a blob, in characters of JSON: Vitest makes one text of all that is in a blob, and reads it as one. */
const MOST_IN_BLOB = 2 ** 28

/**
 * The counts of a run as a blob carries them.
 *
 * @throws TstraceError `TST_COUNTS_TOO_LARGE`
 */
export function blobText(pieces: Iterable<string>): string {
  let text = ''
  let length = 0
  for (const piece of pieces) {
    text += piece
    length += JSON.stringify(piece).length
    if (length > MOST_IN_BLOB) throw tooLarge()
  }
  return text
}

function tooLarge(): TstraceError {
  const message = `The counts of this run are longer than ${MOST_IN_BLOB} characters, and no blob carries them.`
  const advice =
    'Give each shard a counts file with the option `file`, and add those up with `tstrace merge`.'
  return new TstraceError('TST_COUNTS_TOO_LARGE', `${message} ${advice}`)
}

/** What came with the blobs of a merge. */
export interface BlobCounts {
  readonly inputs: readonly CountsInput[]
  /** One sentence for each blob without counts. */
  readonly problems: readonly string[]
}

/** Takes the counts out of what the blobs of a merge have brought, so that other reporters see nothing of them. */
export function takeFromBlobs({ config, state }: Vitest): BlobCounts {
  const texts: string[] = []
  for (const { meta } of state?.blobs?.files ?? []) {
    const text = meta[KEY]
    delete meta[KEY]
    if (typeof text === 'string') texts.push(text)
  }
  const blobs = blobFiles(config.mergeReports ?? '')
  const inputs = texts.map((text, i) => inputOf(text, claim(blobs, text) ?? `blob ${i + 1}`))
  return { inputs, problems: blobs.map(withoutCounts) }
}

interface BlobFile {
  /** Relative to the folder of the process. */
  readonly name: string
  /** How the counts in it begin, as JSON; '' where there are none. */
  readonly start: string
}

/** So many characters of a counts file hold its run, which has a name of its own. */
const START = 4000

/** Takes the blob that a text came from out of a list; Vitest does not say. */
function claim(blobs: BlobFile[], text: string): string | undefined {
  const start = JSON.stringify(text.slice(0, START)).slice(0, START)
  const index = blobs.findIndex((blob) => blob.start.startsWith(start))
  return index < 0 ? undefined : blobs.splice(index, 1)[0]?.name
}

function blobFiles(folder: string): BlobFile[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((file) => {
        const name = join(folder, file)
        const content = readFileSync(name, 'utf8')
        const at = content.indexOf('"tstrace-counts\\t')
        return { name, start: at < 0 ? '' : content.slice(at, at + START) }
      })
  } catch {
    return []
  }
}

function inputOf(text: string, name: string): CountsInput {
  const bytes = Buffer.from(text)
  return {
    name,
    async *pieces() {
      yield bytes
    },
  }
}

function withoutCounts({ name }: BlobFile): string {
  return hasTests(name)
    ? `${name} carries no counts: its run was without \`--reporter=tstrace\`, or it broke off.`
    : `${name} carries no counts: its run had no test file.`
}

/** Blobs are a list of values that refer to each other by index; the first lists version, test files, and more. */
function hasTests(blob: string): boolean {
  try {
    const values: (readonly string[])[] = JSON.parse(readFileSync(blob, 'utf8'))
    return values[Number(values[0]?.[1])]?.length !== 0
  } catch {
    return true
  }
}
