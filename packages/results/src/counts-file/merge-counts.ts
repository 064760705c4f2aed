import { sentenceOf, TstraceError } from '../errors.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { runProblems, withoutDoubles } from './check-shards.ts'
import { orderedContexts } from './counts-contexts.ts'
import { CountsCursor } from './counts-cursor.ts'
import { PathReader } from './counts-fields.ts'
import { BadInput, badInput, type CountsInput, damagedOf, headOf, type OpenedInput } from './counts-input.ts'
import type { TextOf } from './counts-lines.ts'
import type { CountsHead } from './counts-parser.ts'
import type { LabelledResults } from './labelled-results.ts'
import { RecordReader } from './read-record.ts'
import { TextsByPath } from './recorded-texts.ts'
import type { RunsHead } from './run-record.ts'
import { VersionCheck } from './version-check.ts'

/** Takes what a merge gives. Of several, only the last is finished; the others are abandoned. */
export interface MergeOutput {
  start(head: CountsHead): void | Promise<void>
  /** What was counted of one path, and its texts; paths come in code-point order. */
  path(path: string, counted: LabelledResults, textOf: TextOf): void | Promise<void>
  /** One sentence for each source that it could not take. */
  readonly leftOut: readonly string[]
  finish(): Promise<void>
  /** Removes everything that was made. */
  abandon(): Promise<void>
}

export interface MergeOptions {
  /** The project whose files are wanted; '' for that of most files. */
  readonly project: string
  /** The folder at which paths shall start; undefined for that of the files, or the top where they differ. */
  readonly base?: string
  readonly output: () => MergeOutput
  /** Whether any problem ends the merge. Default: false. */
  readonly strict?: boolean
  /** Told how many bytes were read, from time to time. */
  readonly progress?: (bytes: number) => void
}

/**
 * Adds up counts files. What is sound is merged; what is not is left out, whole files at a time, and named. Memory does
 * not grow with the number of files, but for those that start at another folder than the sum.
 *
 * @returns one sentence for each problem
 * @throws TstraceError `TST_COUNTS_NONE` when no file is sound; for a single file, what is wrong with it;
 * `TST_COUNTS_UNSOUND` for any problem where the merge is strict
 */
export async function mergeCounts(inputs: readonly CountsInput[], options: MergeOptions): Promise<string[]> {
  const leftOut: string[] = []
  let opened: OpenedInput[] = []
  const leaveOut = ({ input, problem }: BadInput): void => {
    if (inputs.length === 1) throw problem
    leftOut.push(sentenceOf(problem, 'It is left out.'))
    opened = opened.filter(({ name }) => name !== input)
  }
  for (const input of inputs) {
    try {
      opened.push({ ...input, head: await headOf(input) })
    } catch (error) {
      leaveOut(badInput(input.name, error))
    }
  }
  for (let isChecked = false; ; isChecked = true) {
    const { accepted, problems } = withoutDoubles(opened, options.project)
    if (accepted.length === 0) throw noCounts([...leftOut, ...problems])
    const output = options.output()
    try {
      return await mergeSound(accepted, output, {
        ...options,
        problems: [...leftOut, ...problems, ...runProblems(accepted)],
      })
    } catch (error) {
      await output.abandon()
      if (!(error instanceof BadInput)) throw error
      leaveOut(error)
      // Where one is cut off, others may be: finding each by a merge of its own would take its time.
      if (!isChecked) for (const bad of await damagedOf(opened)) leaveOut(bad)
    }
  }
}

async function mergeSound(
  inputs: readonly OpenedInput[],
  output: MergeOutput,
  { base, problems, progress, strict }: MergeOptions & { readonly problems: readonly string[] },
): Promise<string[]> {
  const head = headOfSum(inputs, base)
  const paths = new PathReader()
  const cursors = inputs.map((input) => new CountsCursor(input, head.base, paths))
  const versions = new VersionCheck()
  await output.start({ ...head, contexts: orderedContexts(cursors.flatMap(({ contexts }) => contexts)) })
  try {
    // One after the other: what is made to fill the memory can do so only once.
    for (const cursor of cursors) await cursor.fill()
    for (let path = nextPath(cursors); path !== undefined; path = nextPath(cursors)) {
      const counted = new Map<string, CoverageResults>()
      const reader = new RecordReader()
      const texts = new TextsByPath()
      for (const cursor of cursors) {
        while (cursor.record?.path === path) {
          versions.add(cursor.record, cursor.name)
          cursor.addTo({ counted, reader, texts })
          if (!cursor.advance()) await cursor.fill()
        }
      }
      versions.endOf(path)
      await output.path(path, counted, (version) => texts.of(version))
      progress?.(cursors.reduce((sum, { bytes }) => sum + bytes, 0))
    }
    const leftOut = cursors.flatMap((cursor) => [...cursor.leftOut])
    const all = [...problems, ...versions.problems(), ...leftOut, ...output.leftOut]
    if (strict && all.length > 0) throw unsound(all)
    await output.finish()
    return all
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.close()))
  }
}

function headOfSum(inputs: readonly OpenedInput[], wanted: string | undefined): RunsHead {
  const heads = inputs.map(({ head }) => head)
  const bases = new Set(heads.map(({ base }) => base))
  const [first] = bases
  const project = heads.find((head) => head.project !== '')?.project ?? ''
  return {
    project,
    base: wanted ?? (bases.size === 1 ? (first as string) : ''),
    runs: heads.flatMap(({ runs }) => runs),
  }
}

function nextPath(cursors: readonly CountsCursor[]): string | undefined {
  let least: string | undefined
  for (const { record } of cursors) {
    if (record && (least === undefined || codePointOrder(record.path, least) < 0)) least = record.path
  }
  return least
}

function unsound(problems: readonly string[]): TstraceError {
  const message = 'Nothing was written, since not all is sound.'
  return new TstraceError('TST_COUNTS_UNSOUND', message, { below: problems })
}

function noCounts(problems: readonly string[]): TstraceError {
  return new TstraceError('TST_COUNTS_NONE', 'None of the counts files is sound.', { below: problems })
}
