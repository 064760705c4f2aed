import { useMemo } from 'preact/hooks'
import { functionAt, type OpenedSource } from './opened-source.ts'
import { type Keys, useKeys } from './use-keys.ts'

interface SourceKeys {
  readonly source: OpenedSource
  /** 0 for none. */
  readonly line: number
  readonly show: (line: number) => void
  readonly turn: (name: string) => void
}

/** What keys do in a source. */
export function useSourceKeys({ line, show, source, turn }: SourceKeys): void {
  const byHeat = useMemo(() => hottestFirst(source), [source])
  const counting = useMemo(() => [...source.counts.keys()], [source])
  const go = (next: number | undefined): void => {
    if (next !== undefined) show(next)
  }
  const at = byHeat.indexOf(line)
  const keys: Keys = {
    j: () => go(source.missing.find((other) => other > line) ?? source.missing[0]),
    k: () => go(source.missing.findLast((other) => other < line) ?? source.missing.at(-1)),
    ']': () => go(byHeat[at < 0 ? 0 : Math.min(at + 1, byHeat.length - 1)]),
    '[': () => go(byHeat[Math.max(at - 1, 0)]),
    ArrowDown: () => go(counting.find((other) => other > line)),
    ArrowUp: () => go(counting.findLast((other) => other < line)),
    z: () => {
      const around = functionAt(source, line)
      if (around) turn(around.name)
    },
    Escape: line > 0 ? () => show(0) : undefined,
  }
  useKeys(keys)
}

/** Lines that ran, the hottest first. */
function hottestFirst({ counts }: OpenedSource): number[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, one], [b, other]) => other - one || a - b)
    .map(([line]) => line)
}
