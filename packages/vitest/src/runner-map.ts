import { NOTHING, type RawMap, TracedMappings } from '@tstrace/instrument/maps'
import { type ReplacedCall, type RunnerPiece, runnerPieces } from './runner-pieces.ts'

/** A module, and what Vite has made of it for its runner. */
export interface RunnerTexts {
  readonly module: string
  readonly output: string
}

/**
 * The source map of a module's text for Vite's runner, the same as Vite makes.
 *
 * @param map of the module
 * @returns undefined where Vite has to make it
 */
export function runnerMap(
  { module, output }: RunnerTexts,
  map: RawMap,
  call: ReplacedCall,
): RawMap | undefined {
  const pieces = runnerPieces(module, output, call)
  const traced = pieces && TracedMappings.through(map)
  if (!traced) return undefined
  const writer = new RunnerMappings({ module, output }, traced)
  pieces.forEach((piece, index) => {
    writer.add(piece, pieces[index + 1]?.at ?? output.length)
  })
  return traced.finish()
}

class RunnerMappings {
  readonly #module: string
  readonly #output: string
  readonly #traced: TracedMappings
  /** Where each line of the module begins. */
  readonly #starts: readonly number[]
  /** In `output`. */
  readonly #place = { line: 0, column: 0 }

  constructor({ module, output }: RunnerTexts, traced: TracedMappings) {
    this.#module = module
    this.#output = output
    this.#traced = traced
    this.#starts = lineStarts(module)
  }

  add({ at, from, kind }: RunnerPiece, end: number): void {
    if (kind === 'copied') {
      this.#copy(from, from + end - at)
      return
    }
    const line = this.#lineOf(from)
    const output = this.#output
    for (let start = at; start < end; ) {
      if (kind === 'replaced') this.#mapTo(line, from)
      const newline = output.indexOf('\n', start)
      const isBroken = newline >= 0 && newline < end
      const next = isBroken ? newline + 1 : end
      if (isBroken) this.#place.line++
      this.#place.column = isBroken ? 0 : this.#place.column + next - start
      start = next
    }
  }

  #copy(start: number, end: number): void {
    const place = this.#place
    let line = this.#lineOf(start)
    for (let from = start; from < end; line++) {
      const next = this.#starts[line + 1] ?? this.#module.length + 1
      const to = Math.min(end, next - 1)
      if (from < to) this.#copyPart(line, from, to)
      place.column += to - from
      from = next
      if (next > end) return
      place.line++
      place.column = 0
    }
  }

  /** On one line: its first character leads somewhere, and so does each one at which Vite looks and a segment begins. */
  #copyPart(line: number, from: number, to: number): void {
    const { inner } = this.#traced
    const start = this.#starts[line] as number
    this.#mapTo(line, from)
    if (line >= inner.lines) return
    const place = this.#place
    const columnBefore = place.column
    const last = inner.starts[line + 1] as number
    let next = inner.find(line, from - start)
    const first = inner.starts[line] as number
    if (next === NOTHING) next = first
    let before = from
    for (; next < last; next++) {
      const column = inner.columns[next] as number
      // Of several at the same place, Vite finds the first there and the last behind it.
      const isAgain = next > first && inner.columns[next - 1] === column
      const at = this.#boundary(start + column + (isAgain ? 1 : 0))
      if (at >= to) break
      if (at <= before) continue
      before = at
      place.column = columnBefore + at - from
      this.#mapTo(line, at)
    }
    place.column = columnBefore
  }

  #mapTo(line: number, from: number): void {
    this.#traced.add(this.#place, this.#traced.inner.find(line, from - (this.#starts[line] as number)))
  }

  /** Vite looks where a word begins, and at whatever is no part of one. */
  #boundary(from: number): number {
    const module = this.#module
    let at = from
    while (at > 0 && isWord(module, at) && isWord(module, at - 1)) at++
    return at
  }

  #lineOf(from: number): number {
    const starts = this.#starts
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= from) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  )
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
