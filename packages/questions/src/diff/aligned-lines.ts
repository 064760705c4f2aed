import { diffArrays } from 'diff'
import { linesOfText } from '../recording/lines-of-text.ts'

/** So many lines that are the same in both texts, then so many that only the first has, then those that only the second has. */
export type AlignedRun = readonly [same: number, before: number, after: number]

/** Two texts beside each other: which lines stand in both, whatever blanks are around them. */
export function alignedLines(before: string, after: string): AlignedRun[] {
  const runs: [same: number, before: number, after: number][] = []
  for (const { added, count, removed } of diffArrays(trimmed(before), trimmed(after))) {
    const last = runs.at(-1)
    if (!added && !removed) runs.push([count, 0, 0])
    else if (last) last[added ? 2 : 1] += count
    else runs.push(added ? [0, 0, count] : [0, count, 0])
  }
  return runs
}

/** The break behind the last line begins no further one. */
function trimmed(text: string): string[] {
  const lines = linesOfText(text).map((line) => line.trim())
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}
