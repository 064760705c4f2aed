import type { CoverageResults, SourceCounts, SourceVersion } from '@tstrace/results'
import { isInFolder, type Target } from '../recording/target.ts'
import { ContextValues } from './context-values.ts'
import { countedTexts } from './counted-texts.ts'
import { Measure, type Ran } from './measure.ts'
import { contextsOf, ranInText } from './ran-in-text.ts'

/** Says by path whether a source is one that a target is in, or that is in it; without a target all are. */
export function isIn(target: Target | undefined): (path: string) => boolean {
  return (path) =>
    !target || (target.kind === 'folder' ? isInFolder(target.path, path) : path === target.path)
}

/** The sources that a target is in or that are in it, by path and hash; without a target all. */
export function sourcesIn(results: CoverageResults, target: Target | undefined): readonly SourceCounts[] {
  return results.sources().filter((source) => !target || isInTarget(source, target))
}

/** Whether a text is one that a target is in, or that is in it. */
export function isInTarget({ hash, path }: SourceVersion, target: Target): boolean {
  return isIn(target)(path) && (target.kind === 'folder' || hash === target.hash)
}

export interface WhatRan {
  readonly total: Ran
  /** By key of the context; those in which nothing of it ran are not there. */
  readonly byContext: ReadonlyMap<string, Ran>
  /** How many lines of the target can run. */
  readonly executable: number
}

/** How much of a target ran in all, and in each context. */
export function whatRan(results: CoverageResults, sources: readonly SourceCounts[], target: Target): WhatRan {
  let total: Ran = NOTHING
  let executable = 0
  const sums = new Map<string, { count: number; lines: number }>()
  const sumOfContext = (key: string): { count: number; lines: number } => {
    const sum = sums.get(key) ?? { count: 0, lines: 0 }
    sums.set(key, sum)
    return sum
  }
  const sumsOfContexts = new ContextValues(sumOfContext)
  for (const { counted } of countedTexts(sources)) {
    const [source, ...others] = counted
    if (!source) continue
    if (others.length > 0) {
      const ran = ranInText(counted, target)
      total = sumOf(total, ran)
      executable += ran.executable
      for (const key of contextsOf(results, counted)) {
        const { count, lines } = ranInText(results.recorded.sourcesIn(counted, key), target)
        if (count > 0) Object.assign(sumOfContext(key), sumOf(sumOfContext(key), { count, lines }))
      }
      continue
    }
    const measure = new Measure(source, target)
    measure.whole(source.counts)
    total = sumOf(total, measure)
    executable += measure.executable
    const kept = results.recorded.ofSource(source)?.kept()
    if (!kept) continue
    const sumOfNumber = sumsOfContexts.of(kept)
    const addContext = (context: number): void => {
      const sum = sumOfNumber(context)
      sum.count += measure.count
      sum.lines += measure.lines
    }
    for (let row = 0; row < kept.rows; row++) {
      measure.row(kept.countsOf(row))
      if (measure.count > 0) kept.visitContexts(row, addContext)
    }
  }
  return { total, byContext: new Map([...sums].filter(([, { count }]) => count > 0)), executable }
}

/** The last line above some lines that can run, and the first below. */
export function nearestIn(sources: readonly SourceCounts[], target: Target): readonly number[] {
  if (target.kind !== 'lines') return []
  const lines = sources.flatMap(({ sites }) => sites.lines.map(({ line }) => line)).sort((a, b) => a - b)
  const above = lines.findLast((line) => line < target.from)
  const below = lines.find((line) => line > target.to)
  return [above, below].filter((line) => line !== undefined)
}

export const NOTHING: Ran = { count: 0, lines: 0 }

export function sumOf(a: Ran, b: Ran): Ran {
  return { count: a.count + b.count, lines: a.lines + b.lines }
}
