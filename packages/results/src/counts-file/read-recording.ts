import { statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { TstraceError } from '../errors.ts'
import { cannotRead } from '../files/file-errors.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import { type Context, contextKey, movedContext } from '../results/context.ts'
import { CoverageResults } from '../results/coverage-results.ts'
import { Damage } from '../results/damage.ts'
import type { SourceVersion } from '../results/results-data.ts'
import { piecesNow } from './compression.ts'
import { keysOf, noteContexts } from './counts-contexts.ts'
import { type CountsHead, CountsParser, damaged } from './counts-parser.ts'
import { identifyProject } from './identify-run.ts'
import { hasLabels } from './label-text.ts'
import type { RawRecord } from './raw-record.ts'
import { addRecord } from './read-counts-file.ts'
import { CallsReader, RecordReader } from './read-record.ts'
import { rebaseResults, rebasing } from './rebase-path.ts'
import { TextsByPath, unpackText } from './recorded-texts.ts'
import { isSameProject, type RunRecord } from './run-record.ts'
import { sumLabelled } from './sum-labelled.ts'

/** How a recording is read. */
export interface RecordingOptions {
  /** Absolute path of the folder that paths are to start at. */
  readonly root: string
  /** Absolute path of the folder of the project that is asked about, `root` or one above it. Default: `root`. */
  readonly home?: string
  /** Each `key=value`: only what was counted under labels that have all of them. Default: everything. */
  readonly labels?: readonly string[]
  /** What it is called in messages. Default: its path */
  readonly name?: string
}

/** What of a recording is wanted. What is left out is everything. */
export interface Wanted {
  /** Says by path of which sources the counts are wanted, and of which functions the callers. */
  readonly path?: (path: string) => boolean
  /** Only sources and callers of functions of which something was counted in one of these contexts. */
  readonly contexts?: readonly Context[]
  /** Only records in which this text stands somewhere, as it is in JSON; others may come along. */
  readonly mentions?: string
  /** Whether the counts of sources are wanted. */
  readonly sources?: boolean
  /** Whether the calls are wanted: those into functions of the paths. */
  readonly calls?: boolean
}

/** A counts file that is asked questions: the file is checked when it is opened, and read as far as a question needs. */
export interface Recording {
  /** Of which runs the counts are, sorted by id; only those with the labels. */
  readonly runs: readonly RunRecord[]
  /** The labels that there are, as texts: `node=24,os=linux`; '' for none. */
  readonly labels: readonly string[]
  /** What was running, where that was recorded; also where nothing was counted. */
  contexts(): readonly Context[]
  /** Every text that was counted, sorted by path and hash. */
  versions(): readonly SourceVersion[]
  /**
   * Counts and calls: what is wanted, and perhaps more. Contexts are all there, whatever is wanted.
   *
   * @throws TstraceError `TST_COUNTS_DAMAGED`, `TST_COUNTS_TOO_LARGE`
   */
  results(wanted?: Wanted): CoverageResults
  /**
   * The text that was counted; undefined where the file does not have it.
   *
   * @throws TstraceError `TST_COUNTS_DAMAGED`
   */
  text(version: SourceVersion): string | undefined
}

/**
 * Opens a counts file for questions.
 *
 * @param file absolute path
 * @throws TstraceError `TST_CANNOT_READ`, also where there is none; `TST_COUNTS_DAMAGED`, `TST_COUNTS_FOREIGN`,
 * `TST_COUNTS_NEWER` or `TST_COUNTS_COMPRESSION`; `TST_COUNTS_PROJECT` for one of another project; `TST_LABEL` for labels
 * that no run has
 */
export function readRecording(
  file: string,
  { labels = [], root, home = root, name = file }: RecordingOptions,
): Recording {
  refuseMissing(file)
  const { base: start, project } = identifyProject(home)
  const base = [start, ...relative(home, root).split(sep)].filter(Boolean).join('/')
  const parser = new CountsParser(file)
  const records: RawRecord[] = []
  for (const piece of piecesNow(file)) for (const record of parser.push(piece)) records.push(record)
  const head = parser.end()
  if (!isSameProject(head.project, project)) throw ofOtherProject(name, head.project, root)
  const runs = head.runs.filter(({ label }) => hasLabels(label, labels))
  if (runs.length === 0 && head.runs.length > 0) throw ofNoRun(name, labels, head)
  return new RecordedCounts(records, { base, file, head, labels, runs })
}

function refuseMissing(file: string): void {
  try {
    statSync(file)
  } catch (error) {
    const advice = 'Run the tests with `--reporter=tstrace` first, or name a counts file.'
    throw cannotRead(`the recording ${file}`, error, advice)
  }
}

interface Opened {
  readonly file: string
  readonly head: CountsHead
  /** The folder that paths are to start at. */
  readonly base: string
  /** The labels that are wanted. */
  readonly labels: readonly string[]
  readonly runs: readonly RunRecord[]
}

class RecordedCounts implements Recording {
  readonly runs: readonly RunRecord[]
  readonly labels: readonly string[]
  readonly #opened: Opened
  readonly #records: readonly RawRecord[]
  /** Of the texts; those of all sources are looked through when one is asked for. */
  readonly #texts: readonly RawRecord[]
  #textsByKey: ReadonlyMap<string, RawRecord> | undefined
  readonly #keys: readonly string[]
  /** Paths of the records as they are from the folder that they are to start at. */
  readonly #toBase: (path: string) => string
  #contexts: readonly Context[] | undefined

  constructor(records: readonly RawRecord[], opened: Opened) {
    const { head, labels, runs } = opened
    this.runs = runs
    this.labels = [...new Set(head.runs.map(({ label }) => label))].sort(codePointOrder)
    this.#opened = opened
    this.#records = records.filter(({ kind, label }) => kind !== 'text' && hasLabels(label, labels))
    this.#keys = keysOf(head.contexts)
    this.#toBase = rebasing(head.base, opened.base)
    this.#texts = records.filter(({ kind }) => kind === 'text')
  }

  contexts(): readonly Context[] {
    const { base, head } = this.#opened
    // Those of one label are in their order, and each is there once.
    this.#contexts ??=
      this.labels.length === 1 && base === head.base
        ? head.contexts.map(({ context }) => context)
        : this.results({ path: () => false }).contexts()
    return this.#contexts
  }

  versions(): readonly SourceVersion[] {
    const versions = new Map<string, SourceVersion>()
    for (const record of this.#records) {
      if (record.kind !== 'source') continue
      const version = { path: this.#pathOf(record), hash: hashOf(record) }
      versions.set(keyOf(version.path, version.hash), version)
    }
    return [...versions.values()].sort(
      (a, b) => codePointOrder(a.path, b.path) || codePointOrder(a.hash, b.hash),
    )
  }

  results({
    calls = true,
    contexts,
    mentions = '',
    path = () => true,
    sources = true,
  }: Wanted = {}): CoverageResults {
    const { base, file, head, labels } = this.#opened
    const counted = new Map(
      head.runs
        .filter(({ label }) => hasLabels(label, labels))
        .map(({ label }) => [label, new CoverageResults()]),
    )
    noteContexts(head.contexts, counted, this.#keys)
    const isWanted = ({ kind }: RawRecord): boolean => (kind === 'source' ? sources : calls)
    const inContexts = contexts && this.#numbersOf(contexts)
    const destination = {
      calls: new CallsReader(),
      counted,
      file,
      isLazy: true,
      keys: this.#keys,
      texts: new TextsByPath(),
    }
    let reader = new RecordReader()
    let latest = ''
    for (const record of this.#records) {
      if (!isWanted(record) || !path(this.#pathOf(record)) || !isIn(mentions, record)) continue
      if (record.path !== latest) reader = new RecordReader()
      latest = record.path
      if (!inContexts || reader.isIn(record, inContexts)) addRecord(record, { ...destination, reader })
    }
    return rebaseResults(sumLabelled(counted), head.base, base)
  }

  text({ hash, path }: SourceVersion): string | undefined {
    this.#textsByKey ??= new Map(
      this.#texts.map((record) => [keyOf(this.#pathOf(record), hashOf(record)), record]),
    )
    const record = this.#textsByKey.get(keyOf(path, hash))
    if (!record) return undefined
    try {
      const [, packed] = new RecordReader().text(record) ?? []
      return packed === undefined ? undefined : unpackText(packed, hash, `line ${record.line}`)
    } catch (error) {
      throw error instanceof Damage ? damaged(this.#opened.file, error.message, error) : error
    }
  }

  #pathOf({ path }: RawRecord): string {
    return this.#toBase(path)
  }

  /** Numbers in the file of contexts whose paths start where they are to. */
  #numbersOf(contexts: readonly Context[]): ReadonlySet<number> {
    const { base, head } = this.#opened
    const fromRoot = rebasing(base, head.base)
    const keys = new Set(contexts.map((context) => contextKey(movedContext(context, fromRoot))))
    return new Set(this.#keys.flatMap((key, number) => (keys.has(key) ? [number] : [])))
  }
}

function isIn(mentions: string, { fields }: RawRecord): boolean {
  if (mentions === '') return true
  let at = 0
  while (at < fields.length && !fields.at(at)?.includes(mentions)) at++
  return at < fields.length
}

function keyOf(path: string, hash: string): string {
  return `${hash} ${path}`
}

function hashOf({ fields }: RawRecord): string {
  return (fields.at(0) as Buffer).toString('latin1')
}

function ofOtherProject(file: string, project: string, root: string): TstraceError {
  const message = `${file} is of the project ${project}, not of that in ${root}.`
  return new TstraceError('TST_COUNTS_PROJECT', `${message} Ask in the folder of the project that it is of.`)
}

function ofNoRun(file: string, labels: readonly string[], { runs }: CountsHead): TstraceError {
  const there =
    [...new Set(runs.map(({ label }) => label))].filter(Boolean).sort().join('; ') || 'none at all'
  const message = `No run in ${file} has the label ${labels.join(',')}. There are: ${there}.`
  return new TstraceError('TST_LABEL', `${message} Leave the labels out to ask about all.`)
}
