import type { SourceCounts } from '@tstrace/results'
import { isSameText } from '@tstrace/results/internal'

/** One text of a source, with its counts; several where it was counted with different site tables. */
export interface CountedText {
  readonly path: string
  readonly hash: string
  readonly counted: readonly SourceCounts[]
}

/** @param sources by path and hash, as results have them */
export function countedTexts(sources: readonly SourceCounts[]): CountedText[] {
  const texts: (CountedText & { counted: SourceCounts[] })[] = []
  for (const source of sources) {
    const last = texts.at(-1)
    if (last && isSameText(last, source)) last.counted.push(source)
    else texts.push({ path: source.path, hash: source.hash, counted: [source] })
  }
  return texts
}
