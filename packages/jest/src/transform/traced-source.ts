import type { TracedFiles } from '@tstrace/core/adapter'
import { lostSentence, unshownSentence, untouchedSentence } from '@tstrace/core/worker'
import { isBelow, pathFromRoot } from '@tstrace/instrument/source-file'
import { readSource } from '@tstrace/results/files'
import { testFilesOf } from '../config/test-files.ts'
import type { Trace } from '../config/wrapped-config.ts'
import type { ProjectConfig } from '../jest-versions.ts'
import { noteProblem } from '../worker/worker-problems.ts'
import { core } from './lazy-core.ts'

/** A file that is to be traced. */
export interface TracedSource {
  /** Absolute. */
  readonly path: string
  /** Relative to the project root, with `/`. */
  readonly name: string
  /** The text as its author wrote it. */
  readonly text: string
  /** How much of its start Jest has taken off. */
  readonly shebang: number
  /** Whether the text is the one on disk. */
  readonly isOnDisk: boolean
  readonly isTest: boolean
}

/** Of what a decision about a file depends on. */
export interface TracedWhere {
  readonly config: ProjectConfig
  readonly trace: Trace
}

const filters = new Map<string, TracedFiles>()

/**
 * The file to trace, or undefined where it is not traced.
 * @param given The text that Jest gives: without its `#!` line.
 */
export function tracedSource(given: string, path: string, where: TracedWhere): TracedSource | undefined {
  const files = filterOf(where)
  if (!files.verdict(path).trace) return undefined
  const name = pathFromRoot(files.root, path)
  const onDisk = textOnDisk(path)
  const [shebang = ''] = /^#!.*/.exec(onDisk ?? '') ?? []
  const isOnDisk = shebang + given === onDisk
  const taken = isOnDisk ? shebang : ''
  return { path, name, text: taken + given, shebang: taken.length, isOnDisk, isTest: files.isTest(path) }
}

/** Says of a file that it is not counted because of where it is, whether it comes from Jest's cache or not. */
export function noteOutside(path: string, where: TracedWhere): void {
  // Most files are inside, and a run that takes all from the cache needs no core.
  if (isBelow(where.trace.root, path) || /[\\/]node_modules[\\/]/.test(path)) return
  const files = filterOf(where)
  const sentence = files.isTest(path)
    ? undefined
    : core().outsideSentence(files.root, path, files.verdict(path))
  if (sentence !== undefined) noteProblem(sentence)
}

/** Stands in no sentence. */
export const BETWEEN = '\0'

/** What has been said of files in this process, by their absolute paths. */
const said = new Map<string, string>()

/** Says that a file is not counted, and why. */
export function noteUntouched({ name, path }: TracedSource, error: unknown): void {
  note(path, untouchedSentence(core().untouchedBecause(name, error)))
}

/**
 * Says that lines of a file are in no listing.
 *
 * @param lost 1-based
 * @param lines how many executable ones the file has
 */
export function noteLost({ name, path }: TracedSource, lost: readonly number[], lines: number): void {
  note(path, lostSentence(name, lost, lines))
}

/** Says that no lines are shown of a file that is counted. */
export function noteUnshown({ name, path }: TracedSource): void {
  note(path, unshownSentence(name))
}

/** Says, once for all of them, that templates are not counted. */
export function noteTemplate({ path }: TracedSource): void {
  note(path, TEMPLATES)
}

const TEMPLATES =
  'Templates of Vue components are not counted where what they become has no comments, as with `"comments": false` for Babel or ' +
  '`"removeComments": true` for TypeScript, and where they are in another language than HTML.'

function note(path: string, sentence: string): void {
  const before = said.get(path)
  said.set(path, before === undefined ? sentence : `${before}${BETWEEN}${sentence}`)
  noteProblem(sentence)
}

/** What was said of a file since the last call: sentences with `BETWEEN` between them. */
export function takeNote(path: string): string | undefined {
  const found = said.get(path)
  said.delete(path)
  return found
}

function textOnDisk(path: string): string | undefined {
  try {
    return readSource(path)
  } catch {
    return undefined
  }
}

function filterOf({ config, trace: { root, options } }: TracedWhere): TracedFiles {
  const key = `${config.id} ${JSON.stringify(options)}`
  const known = filters.get(key)
  if (known) return known
  const files = core().tracedFilesOf({ root, options, tests: testFilesOf([config]) })
  filters.set(key, files)
  return files
}
