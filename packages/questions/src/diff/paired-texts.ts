import { codePointOrder } from '@tstrace/results/internal'
import type { CountedText } from './counted-text.ts'
import type { Paired } from './paired-lines.ts'

/** Texts of one source in two recordings, or a text that only one has. */
export interface PairedTexts {
  readonly pairs: readonly Paired<CountedText>[]
  /** Paths of sources of which a recording has several texts, so that nobody knows which is which. */
  readonly several: readonly string[]
}

/** What says of texts how alike their functions are. */
export type Likeness = (before: CountedText, after: CountedText) => number

/**
 * Which texts are of the same source: those of one path, then those that went to another path as they are, then those that
 * have most of their functions in common.
 *
 * @param likeness from 0 to 1, of texts that are only in one recording
 */
export function pairedTexts(
  before: readonly CountedText[],
  after: readonly CountedText[],
  likeness: Likeness,
): PairedTexts {
  const left = { before: new Set(before), after: new Set(after) }
  const pairs: Paired<CountedText>[] = []
  const pair = (one: CountedText, other: CountedText): void => {
    left.before.delete(one)
    left.after.delete(other)
    pairs.push({ before: one, after: other })
  }
  pairByKey(left, ({ hash, path }) => `${hash} ${path}`, pair)
  const several = pairByPath(left, pair)
  pairByKey(left, ({ hash }) => hash, pair)
  pairAlike(left, likeness, pair)
  const alone = [
    ...[...left.before].map((text) => ({ before: text })),
    ...[...left.after].map((text) => ({ after: text })),
  ]
  const all = [...pairs, ...alone].sort((a, b) => codePointOrder(pathOf(a), pathOf(b)))
  return { pairs: all, several }
}

function pathOf({ after, before }: Paired<CountedText>): string {
  return (after ?? before)?.path ?? ''
}

interface Left {
  readonly before: Set<CountedText>
  readonly after: Set<CountedText>
}

type Pair = (before: CountedText, after: CountedText) => void

/** Those that are alone with their key on both sides. */
function pairByKey(left: Left, keyOf: (text: CountedText) => string, pair: Pair): void {
  const [ones, others] = [groupsOf(left.before, keyOf), groupsOf(left.after, keyOf)]
  for (const [key, [one, ...more]] of ones) {
    const [other, ...othersMore] = others.get(key) ?? []
    if (one && other && more.length + othersMore.length === 0) pair(one, other)
  }
}

function groupsOf(
  texts: Iterable<CountedText>,
  keyOf: (text: CountedText) => string,
): Map<string, CountedText[]> {
  const groups = new Map<string, CountedText[]>()
  for (const text of texts) groups.set(keyOf(text), [...(groups.get(keyOf(text)) ?? []), text])
  return groups
}

/** @returns paths of which there are several texts; they are taken out */
function pairByPath(left: Left, pair: Pair): string[] {
  const byPath = ({ path }: CountedText): string => path
  const known = new Set([...left.before].map(byPath))
  const common = new Set([...left.after].map(byPath).filter((path) => known.has(path)))
  pairByKey(left, byPath, pair)
  const several: string[] = []
  for (const path of common) {
    const own = [...left.before, ...left.after].filter((text) => text.path === path)
    if (own.length > 0) several.push(path)
    for (const text of own) {
      left.before.delete(text)
      left.after.delete(text)
    }
  }
  return several
}

/** More than half of the functions, and more than any other text has. */
function pairAlike(left: Left, likeness: Likeness, pair: Pair): void {
  const [before, after] = [[...left.before], [...left.after]]
  // So many that it is no renaming any more, and would take its time.
  if (before.length * after.length > MOST_COMPARED) return
  const found = before
    .flatMap((one) => after.map((other) => ({ one, other, likeness: likeness(one, other) })))
    .filter((pair) => pair.likeness > 1 / 2)
    .sort((a, b) => b.likeness - a.likeness)
  for (const { one, other } of found) if (left.before.has(one) && left.after.has(other)) pair(one, other)
}

const MOST_COMPARED = 10_000
