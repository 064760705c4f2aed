import { diffArrays } from 'diff'
import type { Unit } from './counted-text.ts'

/** A line of a function with what stands on it, without the blanks around it. */
export interface TextUnit {
  readonly unit: Unit
  readonly text: string
}

/** The same line in two texts, or a line that only one of them has. */
export interface Paired<Line> {
  readonly before?: Line
  readonly after?: Line
}

/**
 * Which lines of a function are the same in another text of it: those that stand there unchanged, in order or moved; then
 * those that were rewritten, where as much as half of their words is left. It is the same in both directions.
 */
export function pairedLines(before: readonly TextUnit[], after: readonly TextUnit[]): Paired<TextUnit>[] {
  const isTurned = isGreater(before, after)
  const [one, other] = isTurned ? [after, before] : [before, after]
  const pairs = pairedByText(hunksOf(one, other))
  return isTurned ? pairs.map(turned) : pairs
}

function turned({ after, before }: Paired<TextUnit>): Paired<TextUnit> {
  return { ...(after && { before: after }), ...(before && { after: before }) }
}

/** In an order of texts, so that it makes no difference which comes first. */
function isGreater(one: readonly TextUnit[], other: readonly TextUnit[]): boolean {
  const [a, b] = [one, other].map((lines) => lines.map(({ text }) => text).join('\n'))
  return (a as string) > (b as string)
}

/** Lines between two that stand in both texts, and those. */
interface Hunk {
  readonly before: TextUnit[]
  readonly after: TextUnit[]
  readonly same: boolean
}

function hunksOf(before: readonly TextUnit[], after: readonly TextUnit[]): Hunk[] {
  const hunks: Hunk[] = []
  let [from, to] = [0, 0]
  for (const { added, count, removed } of diffArrays(before.map(textOf), after.map(textOf))) {
    const taken = added ? [] : before.slice(from, from + count)
    const given = removed ? [] : after.slice(to, to + count)
    from += taken.length
    to += given.length
    const last = hunks.at(-1)
    const same = !(added || removed)
    if (last && !last.same && !same) {
      last.before.push(...taken)
      last.after.push(...given)
    } else hunks.push({ before: taken, after: given, same })
  }
  return hunks
}

function textOf({ text }: TextUnit): string {
  return text
}

function pairedByText(hunks: readonly Hunk[]): Paired<TextUnit>[] {
  const pairs: Paired<TextUnit>[] = []
  const left: { readonly before: Set<TextUnit>; readonly after: Set<TextUnit> } = {
    before: new Set(),
    after: new Set(),
  }
  const differing: Hunk[] = []
  for (const hunk of hunks) {
    const { after, before, same } = hunk
    if (same) pairs.push(...before.map((line, at) => ({ before: line, after: after[at] as TextUnit })))
    else {
      differing.push(hunk)
      for (const line of before) left.before.add(line)
      for (const line of after) left.after.add(line)
    }
  }
  const pair = (line: TextUnit, other: TextUnit): void => {
    left.before.delete(line)
    left.after.delete(other)
    pairs.push({ before: line, after: other })
  }
  pairMoved([...left.before], [...left.after], pair)
  for (const { after, before } of differing)
    pairRewritten(
      before.filter((line) => left.before.has(line)),
      after.filter((line) => left.after.has(line)),
      pair,
    )
  return [
    ...pairs,
    ...[...left.before].map((line) => ({ before: line })),
    ...[...left.after].map((line) => ({ after: line })),
  ]
}

type Pair = (line: TextUnit, other: TextUnit) => void

/** Of lines with the same text each goes with the one that has as many of them above it. */
function pairMoved(before: readonly TextUnit[], after: readonly TextUnit[], pair: Pair): void {
  const byText = new Map<string, TextUnit[]>()
  for (const line of after) byText.set(line.text, [...(byText.get(line.text) ?? []), line])
  for (const line of before) {
    const other = byText.get(line.text)?.shift()
    if (other) pair(line, other)
  }
}

/** Lines in the place of others; in order. */
function pairRewritten(before: readonly TextUnit[], after: readonly TextUnit[], pair: Pair): void {
  let from = 0
  for (const line of before) {
    const at = after.findIndex((other, place) => place >= from && isRewritten(line, other))
    if (at < 0) continue
    pair(line, after[at] as TextUnit)
    from = at + 1
  }
}

function isRewritten(line: TextUnit, other: TextUnit): boolean {
  if (line.unit.rule !== other.unit.rule) return false
  const [words, others] = [wordsOf(line.text), wordsOf(other.text)]
  const left = [...others]
  let common = 0
  for (const word of words) {
    const at = left.indexOf(word)
    if (at < 0) continue
    left.splice(at, 1)
    common++
  }
  return common * 4 >= words.length + others.length
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{ID_Continue}$]+/gu) ?? []
}
