import type { Context, FunctionReference, OverlapContext, SourceVersion } from '@tstrace/results'
import type { Answer } from '../answers/answer.ts'
import { textsOf } from '../answers/line-range.ts'
import { type About, aboutOf } from '../recording/about.ts'
import { linesOfText } from '../recording/lines-of-text.ts'
import { type ChangedFunction, callOrder } from './call-order.ts'
import { type EdgePair, type FunctionNames, isChanged, pairedEdges } from './changed-calls.ts'
import { type Compared, type Counts as Compares, compare, type LinePair, type Unmatched } from './compared.ts'
import {
  type Counts,
  type DiffEdge,
  type DiffFunction,
  type DiffLines,
  divided,
  edgesInOrder,
  functionKey,
  inOrder,
  numbersOf,
  rangesOf,
} from './diff-rows.ts'
import { countsOf, type DiffSide } from './diff-side.ts'
import { type FirstDifference, firstDifference } from './first-difference.ts'
import type { GateResult } from './gate-result.ts'
import { dividedLines, Noise, namesIn } from './noise.ts'
import type { OwnedLine } from './paired-units.ts'

/** What ran differently in two recordings, or in two tests. */
export interface DiffAnswer extends Answer {
  readonly question: 'diff'
  /** The recording that is compared with that of `about`. */
  readonly before: About
  /** What is compared, where that is not everything that ran. */
  readonly contexts?: { readonly before: readonly Context[]; readonly after: readonly Context[] }
  /** Groups of which these are only a part: what ran there is left out. */
  readonly groups?: readonly OverlapContext[]
  readonly total: DiffTotal
  /** Where execution parts; not there where no line differs. */
  readonly first?: FirstDifference
  /** Lines that ran in only one of them. In all lists that comes first where execution parts, then what follows along the calls. */
  readonly rows: readonly DiffLines[]
  /** Lines that ran in both, but not as often. */
  readonly changed: List<DiffLines>
  readonly edges: List<DiffEdge>
  /** Lines that never ran in the second, and ran in the first or were not there; none where tests are compared. */
  readonly newMissing: List<DiffLines>
  /** Sources whose lines could not be compared. */
  readonly unmatched: List<Unmatched>
  /** Whether calls are compared, which takes some in both. */
  readonly calls: boolean
  /** Where a side has several runs: how many each has, and what differs among them, which is in no other list. */
  readonly noise?: List<DiffLines> & { readonly runs: Counts }
  readonly noiseEdges?: List<DiffEdge>
  /** What became of conditions, where there were some. */
  readonly gates?: List<GateResult>
}

interface List<Row> {
  readonly rows: readonly Row[]
}

/** How many lines, and calls from one function to another. */
export interface DiffTotal {
  readonly onlyBefore: number
  readonly onlyAfter: number
  readonly changed: number
  readonly edges: number
  readonly newMissing: number
}

export interface DiffAsked {
  readonly before: DiffSide
  readonly after: DiffSide
  readonly groups?: readonly OverlapContext[]
}

/** An answer, and what of both recordings it is made of. */
export interface Comparison {
  readonly answer: DiffAnswer
  /** Every text, with that of the other recording that is of the same source. */
  readonly texts: Compared['texts']
  /** Every line that differs, in the order of the answer, with the numbers that it has there. */
  readonly lines: readonly (LinePair & { readonly counts: Counts })[]
  readonly newMissing: readonly LinePair[]
  /** All calls of functions, those that do not differ, too; none where they are not compared. */
  readonly edges: readonly EdgePair[]
  /** Those of them that differ, in the order of the answer. */
  readonly changedEdges: readonly EdgePair[]
  /** How the keys of edges name a function. */
  readonly names: FunctionNames
  /** Both recordings; where a side has several, the first. */
  readonly before: Compares
  readonly after: Compares
}

/** Which lines ran in only one of two recordings, which not as often, and who called whom otherwise. */
export function answerDiff(asked: DiffAsked): DiffAnswer {
  return answerOf(asked, foundOf(asked))
}

/** The same, line by line. */
export function comparisonOf(asked: DiffAsked): Comparison {
  const found = foundOf(asked)
  return {
    answer: answerOf(asked, found),
    texts: found.compared.texts,
    lines: found.lines.map((pair) => ({ ...pair, counts: numbersOf(pair) })),
    newMissing: found.newMissing,
    edges: found.everyEdge,
    changedEdges: found.edges,
    names: found.names,
    ...found.sides,
  }
}

function foundOf({ after, before }: DiffAsked): Found {
  const all = differencesOf(countsOf(before), countsOf(after))
  // What a test does not run is no loss.
  return after.contexts ? { ...all, newMissing: [] } : all
}

function answerOf({ after, before, groups = [] }: DiffAsked, found: Found): DiffAnswer {
  const { inBoth, onlyBefore, onlyInOne } = divided(found.lines)
  const [first] = found.lines
  return {
    question: 'diff',
    about: aboutSide(after, textsOn('after', found.lines)),
    before: aboutSide(before, textsOn('before', found.lines)),
    ...(before.contexts &&
      after.contexts && { contexts: { before: before.contexts, after: after.contexts } }),
    ...(groups.length > 0 && { groups }),
    total: {
      onlyBefore,
      onlyAfter: onlyInOne.length - onlyBefore,
      changed: inBoth.length,
      edges: found.edges.length,
      newMissing: found.newMissing.length,
    },
    ...(first && { first: firstOf(first, found) }),
    rows: rangesOf(onlyInOne),
    changed: { rows: rangesOf(inBoth) },
    edges: { rows: edgeRows(found.edges, found) },
    newMissing: { rows: rangesOf(found.newMissing) },
    unmatched: { rows: found.compared.unmatched },
    calls: found.hasCalls,
    ...(found.noise && {
      noise: { runs: found.noise.runs, rows: rangesOf(found.noise.lines) },
      noiseEdges: { rows: edgeRows(found.noise.edges, found) },
    }),
  }
}

/** What differs, in order. */
interface Found {
  readonly sides: { readonly before: Compares; readonly after: Compares }
  readonly compared: Compared
  readonly names: FunctionNames
  readonly lines: readonly LinePair[]
  readonly newMissing: readonly LinePair[]
  readonly edges: readonly EdgePair[]
  readonly everyEdge: readonly EdgePair[]
  readonly hasCalls: boolean
  readonly noise?: {
    readonly runs: Counts
    readonly lines: readonly LinePair[]
    readonly edges: readonly EdgePair[]
  }
}

type Runs = readonly [Compares, ...Compares[]]

function differencesOf(ones: Runs, others: Runs): Found {
  const [before, after] = [ones[0], others[0]]
  const compared = compare(before, after)
  const names = namesIn(compared)
  const [calls, otherCalls] = [before.results.edges(), after.results.edges()]
  const hasCalls = calls.length > 0 && otherCalls.length > 0
  const edges = hasCalls ? pairedEdges(calls, otherCalls, names) : []
  const noise = [new Noise(ones), new Noise(others)] as const
  const [isBefore, isAfter] = [noise[0].edgesOn('before', names), noise[1].edgesOn('after', names)]
  const isNoise = (edge: EdgePair): boolean => isBefore(edge) || isAfter(edge)
  const changed = edges.filter(isChanged)
  const lines = dividedLines(compared.lines, noise)
  const places = callOrder(changedFunctions(lines.kept, { compared, names }), edges)
  return {
    sides: { before, after },
    compared,
    names,
    lines: inOrder(lines.kept, names, places),
    newMissing: inOrder(compared.newMissing, names, places),
    edges: edgesInOrder(
      changed.filter((edge) => !isNoise(edge)),
      places,
    ),
    everyEdge: edges,
    hasCalls,
    ...(ones.length + others.length > 2 && {
      noise: {
        runs: [ones.length, others.length],
        lines: inOrder(lines.noise, names, places),
        edges: edgesInOrder(changed.filter(isNoise), places),
      },
    }),
  }
}

function changedFunctions(
  lines: readonly LinePair[],
  { compared, names }: Pick<Found, 'compared' | 'names'>,
): ChangedFunction[] {
  const changed = new Map<string, ChangedFunction>()
  for (const pair of lines) {
    const key = functionKey(pair, names)
    if (!changed.has(key)) changed.set(key, { key, calls: callsOf(pair, compared) })
  }
  return [...changed.values()]
}

/** Of the function that a line is in. */
function callsOf({ after, before }: LinePair, { functions }: Compared): Counts {
  const one = before?.owner ?? (after && functions.before(after.owner))
  const other = after?.owner ?? (before && functions.after(before.owner))
  return [one?.text.callsOf(one.index) ?? 0, other?.text.callsOf(other.index) ?? 0]
}

function firstOf(pair: LinePair, { compared, sides }: Found): FirstDifference {
  const text = pair.after ? sides.after.text : sides.before.text
  const linesOf = ({ owner }: OwnedLine): readonly string[] | undefined => {
    const found = text(owner.text)
    return found === undefined ? undefined : linesOfText(found)
  }
  return firstDifference(pair, callsOf(pair, compared), linesOf)
}

function textsOn(side: 'before' | 'after', lines: readonly LinePair[]): SourceVersion[] {
  const texts = new Set(lines.map((pair) => pair[side]?.owner.text))
  return textsOf([...texts].filter((text) => text !== undefined))
}

function aboutSide({ recordings: [first, ...others] }: DiffSide, texts: readonly SourceVersion[]): About {
  const file = [first, ...others].map((recording) => recording.file).join(' and ')
  const runs = [first, ...others].flatMap((recording) => recording.runs)
  return aboutOf({ ...first, file, runs }, texts)
}

function edgeRows(edges: readonly EdgePair[], { compared }: Found): DiffEdge[] {
  const lines = new Map<string, number>()
  const wanted = new Set(edges.flatMap(({ callee, caller }) => [callee.path, caller.path]))
  for (const { after, before } of compared.texts)
    for (const text of [before, after])
      if (text && wanted.has(text.path))
        for (const { line, name } of text.functions) lines.set(`${text.path}\0${name}`, line)
  const placed = ({ name, path }: FunctionReference): DiffFunction => ({
    path,
    name,
    line: lines.get(`${path}\0${name}`) ?? 0,
  })
  return edges.map(({ calls, callee, caller, resumptions }) => ({
    caller: placed(caller),
    callee: placed(callee),
    calls,
    resumptions,
  }))
}
