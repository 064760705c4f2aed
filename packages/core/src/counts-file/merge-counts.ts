import { TstraceError } from '../errors.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { pathProblem } from '../results/source-path.ts'
import { type NamedHead, runProblems, withoutDoubles } from './check-shards.ts'
import type { LabelledResults } from './counts-lines.ts'
import { type CountsHead, CountsParser, compareRecords, damaged, type RawRecord } from './counts-parser.ts'
import { addRecord } from './read-counts-file.ts'
import { RecordReader } from './read-record.ts'
import { rebasePath } from './rebase-path.ts'
import { VersionCheck } from './version-check.ts'

/** One counts file to be merged. */
export interface CountsInput {
  /** For messages. */
  readonly name: string
  /** Its contents from the start, decompressed. Asked for several times. */
  readonly pieces: () => AsyncIterable<Uint8Array>
}

/** Takes what a merge gives. Of several, only the last is finished; the others are abandoned. */
export interface MergeOutput {
  start(head: CountsHead): void | Promise<void>
  /** What was counted of one path; paths come in code-point order. */
  path(path: string, counted: LabelledResults): void | Promise<void>
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
  let opened: readonly OpenedInput[] = []
  const leaveOut = ({ input, problem }: BadInput): void => {
    if (inputs.length === 1) throw problem
    leftOut.push(`${problem.message} It is left out.`)
    opened = opened.filter(({ name }) => name !== input)
  }
  for (const input of inputs) {
    try {
      opened = [...opened, { ...input, head: await headOf(input) }]
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

/** What is wrong with one of the files. */
class BadInput extends Error {
  readonly input: string
  readonly problem: TstraceError

  constructor(input: string, problem: TstraceError) {
    super(problem.message, { cause: problem })
    this.input = input
    this.problem = problem
  }
}

/** Other errors are nobody's fault but ours, and are thrown. */
function badInput(name: string, error: unknown): BadInput {
  if (error instanceof BadInput) return error
  if (error instanceof TstraceError && error.code !== 'TST_TOO_MANY_FILES') return new BadInput(name, error)
  throw error
}

async function damagedOf(inputs: readonly CountsInput[]): Promise<BadInput[]> {
  const damaged: BadInput[] = []
  for (const { name, pieces } of inputs) {
    const parser = new CountsParser(name)
    try {
      for await (const piece of pieces()) parser.push(piece)
      parser.end()
    } catch (error) {
      damaged.push(badInput(name, error))
    }
  }
  return damaged
}

type OpenedInput = NamedHead & CountsInput

async function headOf({ name, pieces }: CountsInput): Promise<CountsHead> {
  const parser = new CountsParser(name)
  for await (const piece of pieces()) {
    parser.push(piece)
    if (parser.head) return parser.head
  }
  return parser.end()
}

async function mergeSound(
  inputs: readonly OpenedInput[],
  output: MergeOutput,
  { base, problems, progress, strict }: MergeOptions & { readonly problems: readonly string[] },
): Promise<string[]> {
  const head = headOfSum(inputs, base)
  const cursors = inputs.map((input) => new Cursor(input, head.base))
  const versions = new VersionCheck()
  await output.start(head)
  try {
    // One after the other: what is made to fill the memory can do so only once.
    for (const cursor of cursors) await cursor.fill()
    for (let path = nextPath(cursors); path !== undefined; path = nextPath(cursors)) {
      const counted = new Map<string, CoverageResults>()
      const reader = new RecordReader()
      for (const cursor of cursors) {
        while (cursor.record?.path === path) {
          versions.add(cursor.record, cursor.name)
          cursor.addTo(counted, reader)
          if (!cursor.advance()) await cursor.fill()
        }
      }
      versions.endOf(path)
      await output.path(path, counted)
      progress?.(cursors.reduce((sum, { bytes }) => sum + bytes, 0))
    }
    const all = [...problems, ...versions.problems()]
    if (strict && all.length > 0) throw unsound(all)
    await output.finish()
    return all
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.close()))
  }
}

function headOfSum(inputs: readonly OpenedInput[], wanted: string | undefined): CountsHead {
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

function nextPath(cursors: readonly Cursor[]): string | undefined {
  let least: string | undefined
  for (const { record } of cursors) {
    if (record && (least === undefined || codePointOrder(record.path, least) < 0)) least = record.path
  }
  return least
}

/** Goes through the records of one file. */
class Cursor {
  readonly name: string
  /** Read so far. */
  bytes = 0
  readonly #parser: CountsParser
  readonly #pieces: AsyncIterator<Uint8Array>
  readonly #rebase: ((path: string) => string) | undefined
  /** What stood before the records when the file was opened. */
  readonly #head: CountsHead
  #records: readonly RawRecord[] = []
  #next = 0
  #isSame = false

  constructor({ head, name, pieces }: OpenedInput, base: string) {
    this.name = name
    this.#head = head
    this.#parser = new CountsParser(name)
    this.#pieces = pieces()[Symbol.asyncIterator]()
    if (head.base !== base) this.#rebase = (path) => rebasePath(path, head.base, base)
  }

  /** The record that comes next; undefined at the end of the file, and where `fill` has to read on. */
  get record(): RawRecord | undefined {
    return this.#records[this.#next]
  }

  /** @returns whether the next record is there; if not, it may come by `fill` */
  advance(): boolean {
    this.#next++
    return this.record !== undefined
  }

  /** Reads until there is a record, or the end. */
  async fill(): Promise<void> {
    if (this.#rebase) return this.#fillRebased(this.#rebase)
    while (!this.record) {
      const records = await this.#read()
      if (!records) return
      this.#records = records
      this.#next = 0
    }
  }

  addTo(counted: Map<string, CoverageResults>, reader: RecordReader): void {
    const rebase = this.#rebase
    this.#guarded(() =>
      addRecord(this.record as RawRecord, { counted, file: this.name, reader, ...(rebase && { rebase }) }),
    )
  }

  async close(): Promise<void> {
    await this.#pieces.return?.()
  }

  /** Paths from another folder may come in another order, so all of them are needed. */
  async #fillRebased(rebase: (path: string) => string): Promise<void> {
    const all: RawRecord[] = []
    for (let records = await this.#read(); records; records = await this.#read()) {
      for (const record of records) all.push({ ...record, path: this.#pathFrom(rebase, record) })
    }
    if (all.length === 0) return
    this.#records = all.sort(compareRecords)
    this.#next = 0
  }

  #pathFrom(rebase: (path: string) => string, { line, path }: RawRecord): string {
    const rebased = rebase(path)
    if (pathProblem(rebased, true) === undefined) return rebased
    throw new BadInput(this.name, damaged(this.name, `line ${line} names a folder, ${path}`))
  }

  async #read(): Promise<readonly RawRecord[] | undefined> {
    try {
      const { done, value } = await this.#pieces.next()
      if (!done) {
        this.bytes += value.length
        const records = this.#parser.push(value)
        if (records.length > 0) this.#refuseOther(this.#parser.head)
        return records
      }
      this.#refuseOther(this.#parser.end())
      return undefined
    } catch (error) {
      throw badInput(this.name, error)
    }
  }

  /** A run may have been added to the file since. */
  #refuseOther(head: CountsHead | undefined): void {
    if (this.#isSame) return
    this.#isSame = JSON.stringify(head) === JSON.stringify(this.#head)
    if (this.#isSame) return
    const message = `${this.name} was changed while it was read. Merge again when no run adds to it.`
    throw new TstraceError('TST_COUNTS_CHANGED', message)
  }

  #guarded(action: () => void): void {
    try {
      action()
    } catch (error) {
      throw badInput(this.name, error)
    }
  }
}

function unsound(problems: readonly string[]): TstraceError {
  return new TstraceError(
    'TST_COUNTS_UNSOUND',
    ['Nothing was written, since not all is sound.', ...problems].join('\n'),
  )
}

function noCounts(problems: readonly string[]): TstraceError {
  return new TstraceError('TST_COUNTS_NONE', ['There is no sound counts file.', ...problems].join('\n'))
}
