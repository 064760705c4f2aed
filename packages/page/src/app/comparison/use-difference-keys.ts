import { useMemo } from 'preact/hooks'
import { toSource } from '../route.ts'
import { useKeys } from '../use-keys.ts'
import type { ComparedPage, ListedPair } from './compared-page.ts'
import { distanceOf } from './difference.ts'
import { addressOf, type ComparedRow, type OpenedPair, rowAt } from './opened-pair.ts'

interface DifferenceKeys {
  readonly page: ComparedPage
  readonly listed: ListedPair
  readonly source: OpenedPair
  /** 0 for none. */
  readonly line: number
  readonly show: (line: number) => void
}

/** What keys do in a source of two recordings. */
export function useDifferenceKeys({ line, listed, page, show, source }: DifferenceKeys): void {
  const { differing, rows } = source
  const strongest = useMemo(() => strongestFirst(source), [source])
  const row = rowAt(source, line)
  const at = strongest.indexOf(row)
  const go = (next: number | undefined): void => {
    const found = next === undefined ? undefined : rows[next]
    if (found) show(addressOf(found))
  }
  /** At the end of a source, the next one in which something differs. */
  const turn = (step: 1 | -1): void => {
    const others = page.sources.filter(({ differing: count }) => count > 0)
    const place = others.findIndex((other) => other.place === listed.place)
    const next = others[place + step]
    if (next) location.assign(toSource(next.label))
  }
  useKeys({
    j: () => {
      const next = differing.find((other) => other > row)
      if (next === undefined) turn(1)
      else go(next)
    },
    k: () => {
      const next = row < 0 ? undefined : differing.findLast((other) => other < row)
      if (next === undefined) turn(-1)
      else go(next)
    },
    ']': () => go(strongest[at < 0 ? 0 : Math.min(at + 1, strongest.length - 1)]),
    '[': () => go(strongest[Math.max(at - 1, 0)]),
    ArrowDown: () => go(Math.min(row + 1, rows.length - 1)),
    ArrowUp: () => go(Math.max(row - 1, 0)),
    Escape: line !== 0 ? () => show(0) : undefined,
  })
}

function strongestFirst({ differing, rows }: OpenedPair): number[] {
  const distance = (place: number): number => {
    const [most] = (rows[place] as ComparedRow).differences
    return most ? distanceOf(most.counts) : 0
  }
  return [...differing].sort((a, b) => distance(b) - distance(a) || a - b)
}
