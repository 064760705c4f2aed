/** What stands for nothing: a segment without a source, one without a name. */
export const NOTHING = -1

/**
 * The mappings of a source map with one source, read into arrays of integers: as objects, the segments of a large source are
 * most of what combining maps leaves to the garbage collector, in whose heap they are kept by chance. Its arrays are used again by whoever
 * reads into it next. Lines and columns are 0-based.
 */
export class FlatMap {
  /** How many lines have segments, or have some behind them. */
  lines = 0
  /** Where the segments of each line begin, with one more for where the last ones end. */
  starts: Int32Array<ArrayBuffer> = new Int32Array(1024)
  columns: Int32Array<ArrayBuffer> = new Int32Array(4096)
  /** Each segment's place in the source; `NOTHING` for one that has none. */
  originLines: Int32Array<ArrayBuffer> = new Int32Array(4096)
  originColumns: Int32Array<ArrayBuffer> = new Int32Array(4096)
  /** `NOTHING` for a segment without a name. */
  names: Int32Array<ArrayBuffer> = new Int32Array(4096)
  #size = 0
  readonly #fields = new Int32Array(5)

  /** @returns whether they are as compilers write them: of one source, and in order */
  read(mappings: string): boolean {
    const fields = this.#fields.fill(0)
    this.lines = 0
    this.#size = 0
    this.#startLine()
    for (let at = 0; at < mappings.length; at++) {
      const code = mappings.charCodeAt(at)
      if (code === COMMA) continue
      if (code === SEMICOLON) {
        fields[0] = 0
        this.#startLine()
        continue
      }
      const before = fields[0] as number
      let count = 0
      for (; at < mappings.length; count++) {
        const end = count < 5 ? this.#readNumber(mappings, at, count) : NOTHING
        if (end < 0) return false
        at = end
        const next = mappings.charCodeAt(at)
        if (next === COMMA || next === SEMICOLON || at >= mappings.length) break
      }
      at--
      const isFirst = this.#size === this.starts[this.lines - 1]
      if ((!isFirst && (fields[0] as number) < before) || fields[1] !== 0 || count === 1 || count === 2)
        return false
      this.#add(count)
    }
    this.starts[this.lines] = this.#size
    return true
  }

  /** The segment that speaks of a place: the last one up to there on its line, the first of several that begin right there. */
  find(line: number, column: number): number {
    if (line >= this.lines) return NOTHING
    const first = this.starts[line] as number
    let low = first
    let high = this.starts[line + 1] as number
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.columns[middle] as number) <= column) low = middle + 1
      else high = middle
    }
    let found = low - 1
    if (found < first) return NOTHING
    if (this.columns[found] === column) while (found > first && this.columns[found - 1] === column) found--
    return found
  }

  #startLine(): void {
    if (this.lines + 1 >= this.starts.length) this.starts = twice(this.starts)
    this.starts[this.lines++] = this.#size
  }

  /** @returns offset behind it, or `NOTHING` where there is no number */
  #readNumber(mappings: string, from: number, field: number): number {
    let value = 0
    let shift = 0
    for (let at = from; at < mappings.length; at++) {
      const code = mappings.charCodeAt(at)
      const digit = code < 128 ? (DIGITS[code] as number) : NO_DIGIT
      if (digit === NO_DIGIT) return NOTHING
      value |= (digit & 31) << shift
      shift += 5
      if (digit & 32) continue
      const rest = value >>> 1
      this.#fields[field] = (this.#fields[field] as number) + (value & 1 ? -rest : rest)
      return at + 1
    }
    return NOTHING
  }

  /** @param last index of the last field that the segment has */
  #add(last: number): void {
    const at = this.#size++
    if (at >= this.columns.length) this.#grow()
    const fields = this.#fields
    this.columns[at] = fields[0] as number
    this.originLines[at] = last === 0 ? NOTHING : (fields[2] as number)
    this.originColumns[at] = fields[3] as number
    this.names[at] = last === 4 ? (fields[4] as number) : NOTHING
  }

  #grow(): void {
    this.columns = twice(this.columns)
    this.originLines = twice(this.originLines)
    this.originColumns = twice(this.originColumns)
    this.names = twice(this.names)
  }
}

function twice(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}

const COMMA = 44
const SEMICOLON = 59
const NO_DIGIT = 64
const DIGITS = new Uint8Array(128).fill(NO_DIGIT)
for (const [value, digit] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  DIGITS[digit.charCodeAt(0)] = value
