import type { CoverageResults } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import { sourceCoverage } from './source-coverage.ts'
import { type Ran, totalOf } from './summary.ts'

/** How many percent of the lines have to have run, by the names of the options; 0 for any. */
export interface Thresholds {
  /** Of all sources together. */
  readonly failUnder: number
  /** Of each source. */
  readonly failUnderFile: number
}

interface Row extends Ran {
  readonly path: string
}

/**
 * Whether as much has run as was asked for. Numbers are compared as they are, not rounded, since what is rounded may look like
 * enough.
 *
 * @param keep says by path which sources count
 * @returns one sentence for each threshold that is not reached
 */
export function belowThresholds(
  results: CoverageResults,
  { failUnder, failUnderFile }: Thresholds,
  keep: (path: string) => boolean,
): string[] {
  if (failUnder === 0 && failUnderFile === 0) return []
  const rows = results
    .versions()
    .filter(({ path }) => keep(path) && !results.isIgnoredFilename(path))
    .map((version): Row => ({ path: version.path, ...sourceCoverage(results, version) }))
    .filter(({ lines }) => lines > 0)
  if (rows.length === 0) return [NOTHING]
  const total = totalOf(rows)
  const low = rows.filter((row) => isBelow(row, failUnderFile))
  return [
    ...(isBelow(total, failUnder)
      ? [`Of all lines ${shareText(total)} ran, less than the ${failUnder}% of failUnder.`]
      : []),
    ...(low.length > 0 ? [filesText(low, failUnderFile)] : []),
  ]
}

const NOTHING = 'Nothing was counted, so that no line is known to have run, as failUnder asks.'

function isBelow({ hits, lines }: Ran, percent: number): boolean {
  return hits * 100 < percent * lines
}

const MOST = 10

function filesText(rows: readonly Row[], percent: number): string {
  const lowestFirst = rows.toSorted(
    (a, b) => a.hits / a.lines - b.hits / b.lines || codePointOrder(a.path, b.path),
  )
  const named = lowestFirst.slice(0, MOST).map((row) => `${printable(row.path)} ${shareText(row)}`)
  const more = rows.length > MOST ? `, and ${rows.length - MOST} more` : ''
  const files = rows.length === 1 ? '1 source' : `${rows.length} sources`
  return `In ${files} less than the ${percent}% of failUnderFile ran: ${named.join(', ')}${more}.`
}

/** `83.33% (5 of 6)`: cut off, so that it never looks like more. */
function shareText({ hits, lines }: Ran): string {
  return `${Math.floor((10_000 * hits) / lines) / 100}% (${hits} of ${lines})`
}
