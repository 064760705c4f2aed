import type { OpenedSource } from './opened-source.ts'

/** Names of the functions of which only the first line is shown. */
export type Folded = ReadonlySet<string>

/** The lines of a source that are shown. */
export interface ShownLines {
  /** 1-based lines, in order. */
  readonly lines: readonly number[]
  /** The place among them of a line, or of the function that it is folded into. */
  rowOf(line: number): number
  /** Of lines on which a function starts that has more lines: its name, and whether it is folded. */
  readonly folds: ReadonlyMap<
    number,
    { readonly name: string; readonly isFolded: boolean; readonly lines: number }
  >
}

/** @param line that is looked at: what it is in is not folded */
export function foldedLines({ functions, lines }: OpenedSource, folded: Folded, line: number): ShownLines {
  const hidden = new Uint8Array(lines.length + 2)
  const folds = new Map<number, { name: string; isFolded: boolean; lines: number }>()
  for (const { end, line: start, name } of functions) {
    if (end <= start) continue
    const isFolded = folded.has(name) && !(line > start && line <= end)
    if (!folds.has(start)) folds.set(start, { name, isFolded, lines: end - start })
    if (isFolded) hidden.fill(1, start + 1, end + 1)
  }
  const shown: number[] = []
  const rows = new Int32Array(lines.length + 2)
  for (let at = 1; at <= lines.length; at++) {
    if (!hidden[at]) shown.push(at)
    rows[at] = shown.length - 1
  }
  return { lines: shown, folds, rowOf: (at) => rows[Math.max(1, Math.min(at, lines.length))] ?? 0 }
}
