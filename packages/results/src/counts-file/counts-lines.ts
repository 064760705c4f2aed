import { createHash, type Hash } from 'node:crypto'
import { TstraceError } from '../errors.ts'
import { printable } from '../printable.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import type { ContextCounts } from '../results/context-counts.ts'
import { Damage } from '../results/damage.ts'
import { LongText } from '../results/long-text.ts'
import type { RecordedContexts } from '../results/recorded-contexts.ts'
import type { CallEdge, SourceCounts, SourceVersion } from '../results/results-data.ts'
import { siteTableText } from '../results/written-table.ts'
import { contextLines } from './context-lines.ts'
import { ContextNumbers, type LabelledContext, namesOf } from './counts-contexts.ts'
import {
  isTooLong,
  LONGEST_LINE,
  MOST_CONTEXTS,
  MOST_COUNTERS,
  MOST_NAMES,
  MOST_RUNS,
  MOST_VERSIONS,
} from './counts-limits.ts'
import type { LabelledResults } from './labelled-results.ts'
import { textLine } from './recorded-texts.ts'
import { checkHeader, checkRun, RUN_KEYS, type RunsHead } from './run-record.ts'

/** First field of every counts file. */
export const COUNTS_FORMAT = 'tstrace-counts'

/** The version written; every change of the format raises it. */
export const COUNTS_VERSION = 2

/** Lines are handed on, and hashed, in pieces of this many characters at least. */
const PIECE = 2 ** 18

/** Calls of one path go on in another line behind this many characters. */
const FULL_LINE = 2 ** 20

/** Gives the text of a source, packed; undefined for one that is not to be had. */
export type TextOf = (version: SourceVersion) => string | undefined

/** What was counted of one path under one label. */
export interface PathCounts {
  readonly path: string
  readonly label: string
  /** Of this path; one for each text and site table. Where there are too many, the first are written. */
  readonly sources: readonly SourceCounts[]
  /** Into functions of this path, sorted by caller. */
  readonly edges: readonly CallEdge[]
  /** In which contexts all of these were counted. */
  readonly recorded?: RecordedContexts | undefined
}

/**
 * Makes the lines of a counts file, in their order, and the trailer that proves that they are all there. They come in
 * pieces, and not at once: the last of them with the trailer. What no file can hold is left out, one source at a time.
 */
export class CountsLines {
  /** One sentence for each source, or text of one, that is not in the file. */
  readonly leftOut: string[] = []
  readonly #hash: Hash = createHash('sha256')
  #lines = 0
  /** Not handed on yet. */
  #text = ''
  /** Of the latest path. */
  #versions = { path: '', count: 0 }
  #contexts = new ContextNumbers([]);

  /**
   * The lines before the first record. Runs are sorted by id; a run that is there twice is written once.
   *
   * @param contexts as `orderedContexts` gives them
   * @throws TstraceError `TST_COUNTS_TOO_LARGE` for more runs or contexts than a file can hold; `TST_COUNTS_RUN` for a run that
   * none can
   */
  *head({ base, project, runs }: RunsHead, contexts: readonly LabelledContext[]): Generator<string, void> {
    const byId = new Map(runs.map((run) => [run.id, run]))
    if (byId.size > MOST_RUNS) throw tooMany(byId.size, 'runs', MOST_RUNS)
    if (contexts.length > MOST_CONTEXTS) throw tooMany(contexts.length, 'contexts', MOST_CONTEXTS)
    const names = contexts.reduce((sum, { context }) => sum + namesOf(context), 0)
    if (names > MOST_NAMES) throw tooMany(names, 'characters in names of tests', MOST_NAMES)
    refuseUnsoundRuns({ base, project, runs: [...byId.values()] })
    this.#contexts = new ContextNumbers(contexts)
    yield* this.#taken(`${COUNTS_FORMAT}\t${COUNTS_VERSION}\t${JSON.stringify({ project, base })}`)
    for (const id of [...byId.keys()].sort())
      yield* this.#taken(`run\t${JSON.stringify(byId.get(id), [...RUN_KEYS])}`)
    for (const line of contextLines(contexts, this.#contexts)) yield* this.#taken(line)
  }

  /** The texts of one path, as far as they are to be had; in front of its other records. */
  *texts(path: string, hashes: Iterable<string>, textOf: TextOf): Generator<string, void> {
    for (const hash of [...hashes].sort()) {
      const packed = textOf({ path, hash })
      const line = packed && textLine(path, hash, packed)
      if (line) yield* this.#taken(line)
    }
  }

  /** What was counted of one path under one label; both must come in code-point order. */
  *records({ path, label, sources, edges, recorded }: PathCounts): Generator<string, void> {
    const start = `${JSON.stringify(path)}\t${JSON.stringify(label)}`
    const rows = this.#written(path, sources)
      .map((source) => ({ source, hash: source.hash, sites: siteTableText(source.sites) }))
      .sort((a, b) => codePointOrder(a.hash, b.hash) || codePointOrder(a.sites, b.sites))
    const numbers = new LongText()
    for (const { source, hash, sites } of rows) {
      numbers.addNumbers(source.counts)
      const line = `source\t${start}\t${hash}\t[${numbers.take()}]\t${sites}`
      yield* this.#whole(line, path, this.#packed(recorded?.ofSource(source), label))
    }
    for (const { rows, text } of fullRows(edges))
      yield* this.#whole(
        `calls\t${start}\t[${text}]`,
        `A call into ${path}`,
        this.#packed(recorded?.ofEdges(path, rows), label),
      )
  }

  /** A record with its contexts; without them, or not at all, where that is too long. */
  *#whole(line: string, what: string, contexts: string): Generator<string, void> {
    const whole = contexts === '' ? line : `${line}\t${contexts}`
    const why = `its line would be longer than ${LONGEST_LINE} bytes. ${EXCLUDE}`
    if (!isTooLong(whole)) return yield* this.#taken(whole)
    if (isTooLong(line)) return void this.leftOut.push(leftOut(what, why))
    this.leftOut.push(leftOut(`Who ran ${what}`, why))
    yield* this.#taken(line)
  }

  /** '' where nothing is known of contexts. */
  #packed(counts: ContextCounts | undefined, label: string): string {
    if (!counts) return ''
    const { contexts, parts, rows } = counts.pack((key) => this.#contexts.of(label, key) as number)
    return rows.length === 0 ? '' : JSON.stringify([parts, rows, contexts])
  }

  /** The last line, and what comes before it. */
  end(): string {
    this.#hash.update(this.#text)
    return `${this.#text}end\t${this.#lines}\t${this.#hash.digest('hex')}\n`
  }

  *#taken(line: string): Generator<string, void> {
    this.#lines++
    this.#text += `${line}\n`
    if (this.#text.length < PIECE) return
    const text = this.#text
    this.#text = ''
    this.#hash.update(text)
    yield text
  }

  /** Those of the sources that a file can hold. */
  #written(path: string, sources: readonly SourceCounts[]): readonly SourceCounts[] {
    const written = sources.filter(({ sites }) => sites.counters <= MOST_COUNTERS)
    if (written.length < sources.length)
      this.leftOut.push(leftOut(path, `it has more than ${MOST_COUNTERS} counters. ${EXCLUDE}`))
    const before = this.#versions.path === path ? this.#versions.count : 0
    this.#versions = { path, count: before + written.length }
    const room = Math.max(0, MOST_VERSIONS - before)
    if (written.length <= room) return written
    for (const { hash } of written.slice(room))
      this.leftOut.push(
        leftOut(
          `The text ${hash} of ${path}`,
          `it was counted in more than ${MOST_VERSIONS} versions. Start with a new file.`,
        ),
      )
    return written.slice(0, room)
  }
}

/** Divides results by path and label, in code-point order. */
export function byPath(counted: LabelledResults): PathCounts[] {
  const all: (PathCounts & { readonly sources: SourceCounts[]; readonly edges: CallEdge[] })[] = []
  for (const [label, results] of counted) {
    const parts = new Map<string, (typeof all)[number]>()
    const partOf = (path: string): (typeof all)[number] => {
      const known = parts.get(path)
      if (known) return known
      const part = { path, label, sources: [], edges: [], recorded: results.recorded }
      parts.set(path, part)
      all.push(part)
      return part
    }
    for (const source of results.added()) partOf(source.path).sources.push(source)
    for (const edge of results.edges()) partOf(edge.callee.path).edges.push(edge)
  }
  return all.sort((a, b) => codePointOrder(a.path, b.path) || codePointOrder(a.label, b.label))
}

/** Name of the callee, path and name of the caller, calls, resumptions. */
export type CallRow = readonly [string, string, string, number, number]

/** The rows of calls in their order, as many at a time as stand in a line. */
function* fullRows(edges: readonly CallEdge[]): Generator<{ text: string; rows: CallEdge[] }, void> {
  const byName = new Map<string, CallEdge[]>()
  for (const edge of edges) {
    const { name } = edge.callee
    const known = byName.get(name)
    if (known) known.push(edge)
    else byName.set(name, [edge])
  }
  const texts = new Map<string, string>()
  /** Names and paths come again and again. */
  const quoted = (name: string): string => {
    const known = texts.get(name) ?? JSON.stringify(name)
    texts.set(name, known)
    return known
  }
  let text = ''
  let rows: CallEdge[] = []
  for (const name of [...byName.keys()].sort(codePointOrder))
    for (const edge of byName.get(name) as CallEdge[]) {
      if (text.length > FULL_LINE) {
        yield { text, rows }
        text = ''
        rows = []
      }
      const { caller, calls, resumptions } = edge
      const functions = `${quoted(name)},${quoted(caller.path)},${quoted(caller.name)}`
      text += `${text === '' ? '' : ','}[${functions},${calls},${resumptions}]`
      rows.push(edge)
    }
  if (text !== '') yield { text, rows }
}

/** By callee, then by caller, in code-point order; 0 for rows that are about the same pair. */
export function compareRows(a: CallRow, b: CallRow): number {
  return codePointOrder(a[0], b[0]) || codePointOrder(a[1], b[1]) || codePointOrder(a[2], b[2])
}

/** Asks what a reader asks. */
function refuseUnsoundRuns({ base, project, runs }: RunsHead): void {
  try {
    checkHeader({ base, project })
    for (const run of runs) checkRun(run, 'this run')
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    const message = `No counts file can name this run, and none was written: ${printable(error.message)}.`
    throw new TstraceError(
      'TST_COUNTS_RUN',
      `${message} Give it a shorter name, or one without such characters.`,
    )
  }
}

function tooMany(count: number, what: string, most: number): TstraceError {
  const message = `A counts file would have ${count} ${what}, and holds ${most} at most.`
  return new TstraceError('TST_COUNTS_TOO_LARGE', `${message} Start with a new file.`)
}

const EXCLUDE = 'Leave it out with `exclude` or `--exclude` to silence this.'

function leftOut(what: string, why: string): string {
  return `${printable(what)} cannot be in a counts file, and is left out there: ${why}`
}
