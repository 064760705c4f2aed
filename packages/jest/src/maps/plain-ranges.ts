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

/** Text that was put in: offset in the text as it was, and how long it is. */
export type Piece = readonly [at: number, length: number]

/** The pieces that insertions are, one for each place; those at the end of a text are as long as its new length says. */
export function piecesOf(
  insertions: readonly { readonly at: number; readonly text: string }[],
  length: { readonly before: number; readonly after: number },
): Piece[] {
  const lengths = new Map<number, number>()
  for (const { at, text } of insertions) lengths.set(at, (lengths.get(at) ?? 0) + text.length)
  lengths.delete(length.before)
  const others = [...lengths.values()].reduce((sum, one) => sum + one, 0)
  return [...lengths, [length.before, length.after - length.before - others]]
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
    const functionName = /^cov_[0-9a-f]+[a-z]?$/.test(one.functionName) ? '' : one.functionName
    return [{ ...one, functionName, ranges: [outer, ...joined(outer, inner)] }]
  })
}

/** Offsets in a text that has pieces put in, and in the text without. */
export class PlainText {
  readonly #code: string
  readonly #before: number
  readonly #pieces: readonly Piece[]
  /** Where each piece starts in the text with all of them. */
  readonly #starts: readonly number[]
  #plain: string | undefined

  /**
   * @param code the text with all pieces
   * @param pieces by rising offset, one for each place
   * @param before length of what stands in front of the text when V8 counts
   */
  constructor(code: string, pieces: readonly Piece[], before: number) {
    this.#code = code
    this.#before = before
    this.#pieces = pieces
    let sum = 0
    this.#starts = pieces.map(([at, length]) => {
      sum += length
      return at + sum - length
    })
  }

  /** The text without the pieces. */
  get plain(): string {
    this.#plain ??= this.#withoutPieces()
    return this.#plain
  }

  #withoutPieces(): string {
    let from = 0
    const parts = this.#pieces.map(([, length], place) => {
      const start = this.#starts[place] as number
      const part = this.#code.slice(from, start)
      from = start + length
      return part
    })
    return parts.join('') + this.#code.slice(from)
  }

  /** Whether a range lies in a piece. */
  isOurs({ startOffset, endOffset }: V8Range): boolean {
    const place = this.#pieceAt(startOffset)
    return place >= 0 && endOffset - this.#before <= this.#endOf(place)
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
    const endsEarly = endOffset === own.endOffset && this.#isAtFinally(block.endOffset)
    const isResumed = this.#code.startsWith('=-1)', block.startOffset - this.#before - 4)
    const [semicolon] = (isResumed && this.#semicolonAt(block.startOffset)) || ['']
    return {
      startOffset: startOffset + semicolon.length,
      endOffset: endsEarly ? endOffset - 1 : endOffset,
      count,
    }
  }

  /** Blanks and a semicolon, where those are what follows the piece at a place. */
  #semicolonAt(offset: number): RegExpExecArray | null {
    const end = this.#endOf(this.#pieceAt(offset))
    return /^\s*;/.exec(this.#code.slice(end, end + 80))
  }

  /** Whether a place is in front of the block of a `finally` of ours. */
  #isAtFinally(offset: number): boolean {
    const place = this.#pieceAt(offset)
    return (
      place >= 0 &&
      offset - this.#before < this.#endOf(place) &&
      this.#code.startsWith('finally{', this.#starts[place])
    )
  }

  #offset(offset: number): number {
    const place = this.#pieceAt(offset)
    if (place < 0) return offset
    const [at] = this.#pieces[place] as Piece
    return this.#before + at + Math.max(0, offset - this.#before - this.#endOf(place))
  }

  #endOf(place: number): number {
    return (this.#starts[place] as number) + (this.#pieces[place] as Piece)[1]
  }

  /** Number of the last piece that starts at an offset or before it; -1 where there is none. */
  #pieceAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] as number) <= offset - this.#before) low = middle + 1
      else high = middle
    }
    return low - 1
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
