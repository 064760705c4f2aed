import type { FunctionReference, SourceVersion } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import type { EdgePair, FunctionNames } from './changed-calls.ts'
import type { LinePair } from './compared.ts'
import { numberOf } from './counted-text.ts'
import type { Placed } from './paired-functions.ts'
import type { OwnedLine } from './paired-units.ts'

/** Lines that follow each other in a function and differ in the same way. */
export interface DiffLines {
  /** As the second recording names it, or the first where it is only there. */
  readonly function: string
  /** Where they are in the text of the first recording; not there where that does not have them. */
  readonly before?: DiffPlace
  /** The same of the second one. */
  readonly after?: DiffPlace
  /** How many of them can run. */
  readonly lines: number
  /** Of each of them, or the largest where they ran in only one recording. */
  readonly counts: Counts
}

export type Counts = readonly [before: number, after: number]

/** 1-based. */
export interface DiffPlace extends SourceVersion {
  readonly from: number
  readonly to: number
}

/** One function that calls another, and how often in each recording. */
export interface DiffEdge {
  readonly caller: DiffFunction
  readonly callee: DiffFunction
  readonly calls: Counts
  /** Of a suspended generator, which are no calls. */
  readonly resumptions: Counts
}

export interface DiffFunction extends FunctionReference {
  /** 1-based, where it starts; 0 where that is not known. */
  readonly line: number
}

/** Where a function comes among others. */
export type Places = ReadonlyMap<string, readonly number[]>

/** The function that a line is in, as in the keys of edges. */
export function functionKey({ after, before }: LinePair, names: FunctionNames): string {
  const [side, line] = after ? (['after', after] as const) : (['before', before as OwnedLine] as const)
  return names.keyOf(referenceTo(line.owner), side)
}

export function referenceTo({ index, text }: Placed): FunctionReference {
  return { path: text.path, name: text.functions[index]?.name ?? '' }
}

/** How often each recording ran a line: of several things on it, of the first that differs where the line's numbers do not. */
export function numbersOf({ after, before }: LinePair): Counts {
  const numbers: Counts = [before ? numberOf(before.unit) : 0, after ? numberOf(after.unit) : 0]
  if (numbers[0] !== numbers[1] || !before || !after) return numbers
  const at = before.unit.numbers.findIndex((number, place) => number !== after.unit.numbers[place])
  return at < 0 ? numbers : [before.unit.numbers[at] ?? 0, after.unit.numbers[at] ?? 0]
}

/** Whether only one recording ran it. */
export function isOnlyInOne(pair: LinePair): boolean {
  const [before, after] = numbersOf(pair)
  return before === 0 || after === 0
}

/** Lines by their functions, in the order of these, and in these as they stand in the text. */
export function inOrder(lines: readonly LinePair[], names: FunctionNames, places: Places): LinePair[] {
  const keyed = lines.map((pair) => ({ pair, key: functionKey(pair, names) }))
  return keyed
    .sort(
      (a, b) =>
        compareNumbers(places.get(a.key) ?? [], places.get(b.key) ?? []) ||
        codePointOrder(a.key, b.key) ||
        lineOf(a.pair) - lineOf(b.pair),
    )
    .map(({ pair }) => pair)
}

/** Edges by their callers, in the order of functions, and those of a caller by whom they lead to. */
export function edgesInOrder(edges: readonly EdgePair[], places: Places): EdgePair[] {
  const placeOf = (key: string): readonly number[] => places.get(key) ?? [Number.MAX_SAFE_INTEGER]
  return [...edges].sort(
    (a, b) =>
      compareNumbers(placeOf(a.callerKey), placeOf(b.callerKey)) ||
      codePointOrder(a.callerKey, b.callerKey) ||
      compareNumbers(placeOf(a.calleeKey), placeOf(b.calleeKey)) ||
      codePointOrder(a.calleeKey, b.calleeKey),
  )
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [at, number] of a.entries()) {
    const order = number - (b[at] ?? Number.MAX_SAFE_INTEGER)
    if (order !== 0) return order
  }
  return 0
}

function lineOf({ after, before }: LinePair): number {
  return (after ?? before)?.unit.line ?? 0
}

/** Lines that are next to each other in their function and differ alike, as one row each. They come in order. */
export function rangesOf(lines: readonly LinePair[]): DiffLines[] {
  const ranges: { row: DiffLines; last: LinePair }[] = []
  for (const pair of lines) {
    const row = rowOf(pair)
    // Lines of one text may stand between those of the other.
    const range = ranges.slice(-SIDES).findLast((one) => isNext(one.last, pair) && isAlike(one.row, row))
    if (range) Object.assign(range, { row: joined(range.row, row), last: pair })
    else ranges.push({ row, last: pair })
  }
  return ranges.map(({ row }) => row)
}

/** Lines of both texts, of the first only, of the second only. */
const SIDES = 3

function rowOf(pair: LinePair): DiffLines {
  const { after, before } = pair
  const line = (after ?? before) as OwnedLine
  return {
    function: referenceTo(line.owner).name,
    ...(before && { before: placeOf(before) }),
    ...(after && { after: placeOf(after) }),
    lines: 1,
    counts: numbersOf(pair),
  }
}

function placeOf({ owner: { text }, unit: { line } }: OwnedLine): DiffPlace {
  return { path: text.path, hash: text.hash, from: line, to: line }
}

/** Whether no line of the function that can run is between them. */
function isNext(last: LinePair, pair: LinePair): boolean {
  return isNextOn(last.before, pair.before) && isNextOn(last.after, pair.after)
}

function isNextOn(last: OwnedLine | undefined, line: OwnedLine | undefined): boolean {
  if (!last || !line) return last === line
  if (last.owner.text !== line.owner.text || last.owner.index !== line.owner.index) return false
  const own = last.owner.text.units().filter(({ owner }) => owner === last.owner.index)
  return own.indexOf(last.unit) + 1 === own.indexOf(line.unit)
}

function isAlike(one: DiffLines, other: DiffLines): boolean {
  const [before, after] = one.counts
  const [otherBefore, otherAfter] = other.counts
  if (before === 0 || after === 0)
    return (before === 0) === (otherBefore === 0) && (after === 0) === (otherAfter === 0)
  return before === otherBefore && after === otherAfter
}

function joined(one: DiffLines, other: DiffLines): DiffLines {
  const larger = (side: 0 | 1): number => Math.max(one.counts[side], other.counts[side])
  return {
    ...one,
    ...(one.before && other.before && { before: { ...one.before, to: other.before.to } }),
    ...(one.after && other.after && { after: { ...one.after, to: other.after.to } }),
    lines: one.lines + other.lines,
    counts: [larger(0), larger(1)],
  }
}
