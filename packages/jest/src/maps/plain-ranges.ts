import { type InsertionKind, isEmittedName } from '@tstrace/instrument/worker'

/** A stretch of a text that V8 has counted. */
export interface V8Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

/** A function as `Profiler.takePreciseCoverage` reports it: its own range, then those of its blocks. */
export interface V8Function {
  readonly functionName: string
  readonly ranges: readonly V8Range[]
  readonly isBlockCoverage: boolean
}

/** Text that was put in, by its place in the text as it was. */
export interface Insertion {
  readonly at: number
  readonly text: string
  readonly kind: InsertionKind
}

/** What V8 makes of inserted text: nothing of its own, or the end of a jump, or the end of a wait. */
type Meaning = 'nothing' | 'jump' | 'wait'

const MEANINGS: Readonly<Record<InsertionKind, Meaning>> = {
  counter: 'nothing',
  calls: 'nothing',
  line: 'nothing',
  helper: 'nothing',
  // What follows a jump ends in front of `finally`, and does in front of the function's bracket without it.
  guard: 'jump',
  // What follows an `await` or `yield` starts behind it.
  suspension: 'wait',
}

/** Text that was put in: offset in the text as it was, how long it is, and what V8 makes of it. */
export type Piece = readonly [at: number, length: number, meaning: Meaning]

/**
 * The pieces that insertions are, neighbours of the same meaning in one; the last is as long as the length of the new text
 * says.
 */
export function piecesOf(
  insertions: readonly Insertion[],
  length: { readonly before: number; readonly after: number },
): Piece[] {
  const pieces: [at: number, length: number, meaning: Meaning][] = []
  let missing = length.after - length.before
  for (const { at, text, kind } of insertions) {
    const last = pieces.at(-1)
    if (last?.[0] === at && last[2] === MEANINGS[kind]) last[1] += text.length
    else pieces.push([at, text.length, MEANINGS[kind]])
    missing -= text.length
  }
  const last = pieces.at(-1)
  if (last) last[1] += missing
  return pieces
}

/**
 * What V8 would have reported of a text without what was put into it. Functions that stand in that are left out, and ranges
 * are put together as V8 does it, where something of ours stood between them.
 *
 * @param functions by rising start, outer ones first
 */
export function plainRanges(functions: readonly V8Function[], text: PlainText): V8Function[] {
  return functions.flatMap((one) => {
    const [own, ...blocks] = one.ranges
    if (!own || text.isOurs(own)) return []
    const outer = text.range(own)
    const inner = blocks.map((block) => text.block(block, outer))
    // From an assignment of ours around it.
    const functionName = isEmittedName(one.functionName) ? '' : one.functionName
    return [{ ...one, functionName, ranges: [outer, ...joined(outer, inner)] }]
  })
}

/** All that was put in at one place. */
interface Inserted {
  /** Offset in the text as it was. */
  readonly at: number
  /** Offsets in the text with all pieces. */
  readonly start: number
  readonly end: number
  /** What V8 makes of its beginning. */
  readonly meaning: Meaning
}

/** Offsets in a text that has pieces put in, and in the text without. */
export class PlainText {
  readonly #code: string
  readonly #before: number
  readonly #inserted: readonly Inserted[]
  /** Where a wait ends, in the text with all pieces. */
  readonly #waits: ReadonlySet<number>
  #plain: string | undefined

  /**
   * @param code the text with all pieces
   * @param pieces by rising offset
   * @param before length of what stands in front of the text when V8 counts
   */
  constructor(code: string, pieces: readonly Piece[], before: number) {
    this.#code = code
    this.#before = before
    const inserted: Inserted[] = []
    const waits = new Set<number>()
    let sum = 0
    for (const [at, length, meaning] of pieces) {
      const start = at + sum
      sum += length
      const end = at + sum
      const last = inserted.at(-1)
      if (last?.at === at) inserted[inserted.length - 1] = { ...last, end }
      else inserted.push({ at, start, end, meaning })
      if (meaning === 'wait') waits.add(end)
    }
    this.#inserted = inserted
    this.#waits = waits
  }

  /** The text without the pieces. */
  get plain(): string {
    this.#plain ??= this.#withoutPieces()
    return this.#plain
  }

  #withoutPieces(): string {
    let from = 0
    const parts = this.#inserted.map(({ start, end }) => {
      const part = this.#code.slice(from, start)
      from = end
      return part
    })
    return parts.join('') + this.#code.slice(from)
  }

  /** Whether a range lies in what was put in. */
  isOurs({ startOffset, endOffset }: V8Range): boolean {
    const inserted = this.#insertedBefore(startOffset)
    return inserted !== undefined && endOffset - this.#before <= inserted.end
  }

  range({ startOffset, endOffset, count }: V8Range): V8Range {
    return { startOffset: this.#offset(startOffset), endOffset: this.#offset(endOffset), count }
  }

  /**
   * As `range`, in a function: what follows a jump ends with its function, in front of the bracket, and what follows an
   * `await` or `yield` starts behind the semicolon.
   */
  block(block: V8Range, own: V8Range): V8Range {
    const { startOffset, endOffset, count } = this.range(block)
    const endsEarly = endOffset === own.endOffset && this.#endsJump(block.endOffset)
    const isResumed = this.#waits.has(block.startOffset - this.#before)
    const [semicolon] = (isResumed && this.#semicolonBehind(block.startOffset)) || ['']
    return {
      startOffset: startOffset + semicolon.length,
      endOffset: endsEarly ? endOffset - 1 : endOffset,
      count,
    }
  }

  /** Blanks and a semicolon, where those are what follows what was put in at a place. */
  #semicolonBehind(offset: number): RegExpExecArray | null {
    const end = this.#insertedBefore(offset)?.end ?? 0
    return /^\s*;/.exec(this.#code.slice(end, end + 80))
  }

  /** Whether a place is in front of the block of a `finally` of ours. */
  #endsJump(offset: number): boolean {
    const inserted = this.#insertedBefore(offset)
    return inserted?.meaning === 'jump' && offset - this.#before < inserted.end
  }

  #offset(offset: number): number {
    const inserted = this.#insertedBefore(offset)
    if (!inserted) return offset
    return this.#before + inserted.at + Math.max(0, offset - this.#before - inserted.end)
  }

  /** What was put in last at an offset or before it. */
  #insertedBefore(offset: number): Inserted | undefined {
    let low = 0
    let high = this.#inserted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#inserted[middle] as Inserted).start <= offset - this.#before) low = middle + 1
      else high = middle
    }
    return this.#inserted[low - 1]
  }
}

interface Block {
  startOffset: number
  endOffset: number
  count: number
}

/** The order of the steps is V8's (`CollectBlockCoverageInternal` in `src/debug/debug-coverage.cc`). */
function joined(own: V8Range, blocks: readonly V8Range[]): V8Range[] {
  let list: Block[] = blocks.filter(isFilled).map((block) => ({ ...block }))
  list.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
  list = withoutDuplicates(list)
  list = withoutNested(own, list)
  list = withoutConsecutive(list)
  return withoutUncovered(own, list)
}

const isFilled = ({ startOffset, endOffset }: V8Range): boolean => startOffset < endOffset

function withoutDuplicates(list: readonly Block[]): Block[] {
  const kept: Block[] = []
  for (const block of list) {
    const last = kept.at(-1)
    if (last?.startOffset === block.startOffset && last.endOffset === block.endOffset) {
      last.count = Math.max(last.count, block.count)
    } else kept.push(block)
  }
  return kept
}

/** Without those that were counted as often as what they stand in. */
function withoutNested(own: V8Range, list: readonly Block[]): Block[] {
  return filtered(own, list, (block, parent) => block.count !== parent.count)
}

/** Without those that never ran in something that never ran. */
function withoutUncovered(own: V8Range, list: readonly Block[]): Block[] {
  return filtered(own, list, (block, parent) => block.count !== 0 || parent.count !== 0)
}

function filtered(
  own: V8Range,
  list: readonly Block[],
  keep: (block: V8Range, parent: V8Range) => boolean,
): Block[] {
  const parents: V8Range[] = [own]
  return list.filter((block) => {
    while (parents.length > 1 && (parents.at(-1) as V8Range).endOffset <= block.startOffset) parents.pop()
    if (!keep(block, parents.at(-1) as V8Range)) return false
    parents.push(block)
    return true
  })
}

/** One for neighbours that were counted as often, unless something stands in the first. */
function withoutConsecutive(list: readonly Block[]): Block[] {
  const kept: Block[] = []
  for (const block of list) {
    const last = kept.at(-1)
    if (last && last.endOffset === block.startOffset && last.count === block.count)
      last.endOffset = block.endOffset
    else kept.push(block)
  }
  return kept
}
