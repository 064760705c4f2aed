import type { About } from '@tstrace/questions'
import { reservations, runsText, testsSummary } from '@tstrace/questions/diff'
import type { Context, CoverageResults, SourceVersion } from '@tstrace/results'
import type {
  ComparedFirst,
  ComparedSide,
  ComparedSource,
  ComparedText,
  ComparisonData,
} from '../comparison-data.ts'
import { type ComparisonMaterial, pairOf, type SourcePair, signedLine } from './comparison-material.ts'
import { numbersOf } from './source-numbers.ts'

/** @param hasContexts whether it is told which tests ran a line */
export function comparisonData(material: ComparisonMaterial, hasContexts: boolean): ComparisonData {
  const { comparison, sources } = material
  const { answer } = comparison
  const first = firstOf(material)
  return {
    sides: [sideOf(answer.before, answer.contexts?.before), sideOf(answer.about, answer.contexts?.after)],
    total: answer.total,
    ...(first && { first }),
    hasCalls: answer.calls,
    hasContexts,
    notes: reservations(answer, true).filter(Boolean),
    sources: sources.map((source) => sourceOf(source, comparison)),
  }
}

function sideOf({ file, runs }: About, contexts: readonly Context[] | undefined): ComparedSide {
  return {
    file,
    tests: contexts ? testsSummary(contexts) : '',
    run: runsText(runs),
    losses: runs
      .map((run) => run.losses)
      .filter(Boolean)
      .join(' '),
  }
}

function firstOf({ comparison, placeOf }: ComparisonMaterial): ComparedFirst | undefined {
  const { first } = comparison.answer
  const [line] = comparison.lines
  const owner = (line?.after ?? line?.before)?.owner
  if (!first || !line || !owner) return undefined
  return {
    source: placeOf(owner.text),
    line: signedLine(line),
    function: first.function,
    calls: first.calls,
    lines: first.lines.map(({ counts, text = '' }) => ({ counts, text })),
  }
}

function sourceOf(source: SourcePair, { after, before }: ComparisonMaterial['comparison']): ComparedSource {
  const texts = pairOf(
    (side) => source[side] && textOf(source[side], (side === 'before' ? before : after).results),
  )
  // A line that went to another source is told where it is now.
  const own = source.lines.filter(
    (line) => (line.after ?? line.before)?.owner.text === source[line.after ? 'after' : 'before'],
  )
  const [most] = own.map(({ counts }) => counts).sort((a, b) => distanceOf(b) - distanceOf(a))
  return {
    texts,
    onlyBefore: own.filter(({ counts }) => counts[1] === 0).length,
    onlyAfter: own.filter(({ counts }) => counts[0] === 0).length,
    changed: own.filter(({ counts }) => counts[0] > 0 && counts[1] > 0).length,
    newMissing: source.newMissing,
    ...(most && { most }),
  }
}

/** How far apart two numbers are, by their factor. */
function distanceOf([before, after]: readonly [number, number]): number {
  if (before === 0 || after === 0) return 1e6 + Math.max(before, after)
  return Math.abs(Math.log(after / before))
}

function textOf({ hash, path }: SourceVersion, results: CoverageResults): ComparedText {
  const { count, lines, missing } = numbersOf(results, { path, hash })
  return { path, hash, lines, missing, count }
}
