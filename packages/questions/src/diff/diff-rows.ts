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
  return names.keyOfPlaced(line.owner, side)
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

/** Lines by who ran them. */
interface Divided {
  readonly onlyInOne: readonly LinePair[]
  readonly inBoth: readonly LinePair[]
  /** How many of the former only the first recording ran. */
  readonly onlyBefore: number
}

export function divided(lines: readonly LinePair[]): Divided {
  const [onlyInOne, inBoth]: [LinePair[], LinePair[]] = [[], []]
  let onlyBefore = 0
  for (const pair of lines) {
    const [before, after] = numbersOf(pair)
    if (before === 0 || after === 0) onlyInOne.push(pair)
    else inBoth.push(pair)
    if (before !== 0 && after === 0) onlyBefore++
  }
  return { onlyInOne, inBoth, onlyBefore }
}

/** Lines by their functions, in the order of these, and in these as they stand in the text. */
export function inOrder(lines: readonly LinePair[], names: FunctionNames, places: Places): LinePair[] {
  const functions = new Map<string, LinePair[]>()
  for (const pair of lines) {
    const key = functionKey(pair, names)
    const known = functions.get(key)
    if (known) known.push(pair)
    else functions.set(key, [pair])
  }
  return [...functions]
    .sort(([a], [b]) => compareNumbers(places.get(a) ?? [], places.get(b) ?? []) || codePointOrder(a, b))
    .flatMap(([, own]) => own.sort((a, b) => lineOf(a) - lineOf(b)))
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
  const ranges: Range[] = []
  for (const pair of lines) {
    const counts = numbersOf(pair)
    const range = rangeBefore(ranges, pair, counts)
    if (range) {
      range.lines++
      range.last = pair
      range.counts = [Math.max(range.counts[0], counts[0]), Math.max(range.counts[1], counts[1])]
    } else ranges.push({ first: pair, last: pair, lines: 1, counts })
  }
  return ranges.map(rowOf)
}

interface Range {
  readonly first: LinePair
  last: LinePair
  lines: number
  counts: Counts
}

/** Lines of both texts, of the first only, of the second only. */
const SIDES = 3

/** The range that goes on with a line: lines of one text may stand between those of the other. */
function rangeBefore(ranges: readonly Range[], pair: LinePair, counts: Counts): Range | undefined {
  for (let at = ranges.length - 1; at >= Math.max(0, ranges.length - SIDES); at--) {
    const range = ranges[at] as Range
    if (isNext(range.last, pair) && isAlike(range.counts, counts)) return range
  }
  return undefined
}

function rowOf({ counts, first, last, lines }: Range): DiffLines {
  const { owner } = (first.after ?? first.before) as OwnedLine
  return {
    function: referenceTo(owner).name,
    ...(first.before && last.before && { before: placeOf(first.before, last.before) }),
    ...(first.after && last.after && { after: placeOf(first.after, last.after) }),
    lines,
    counts,
  }
}

function placeOf({ owner: { text }, unit }: OwnedLine, last: OwnedLine): DiffPlace {
  return { path: text.path, hash: text.hash, from: unit.line, to: last.unit.line }
}

/** Whether no line of the function that can run is between them. */
function isNext(last: LinePair, pair: LinePair): boolean {
  return isNextOn(last.before, pair.before) && isNextOn(last.after, pair.after)
}

function isNextOn(last: OwnedLine | undefined, line: OwnedLine | undefined): boolean {
  if (!last || !line) return last === line
  if (last.owner.text !== line.owner.text || last.owner.index !== line.owner.index) return false
  return last.unit.place + 1 === line.unit.place
}

function isAlike([before, after]: Counts, [otherBefore, otherAfter]: Counts): boolean {
  if (before === 0 || after === 0)
    return (before === 0) === (otherBefore === 0) && (after === 0) === (otherAfter === 0)
  return before === otherBefore && after === otherAfter
}
