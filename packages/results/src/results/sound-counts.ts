import { TstraceError } from '../errors.ts'
import { lineCounts, lineNumbers } from './line-numbers.ts'
import { type CallEdge, eventLoop, type FunctionReference, type SourceCounts } from './results-data.ts'
import { pathProblem } from './source-path.ts'

/*
 * What results can hold. Whoever adds something asks here, so that all that is there can be written, and read again.
 */

/** Of the text of a source; files of results have no other ones either. */
export function isHash(text: string): boolean {
  return /^[\w-]{1,128}$/.test(text)
}

/** @throws TstraceError `TST_RESULTS_PATH`, `TST_RESULTS_HASH` */
export function refuseUnsoundName({ hash, path }: Pick<SourceCounts, 'hash' | 'path'>): void {
  refusePath(path)
  if (isHash(hash)) return
  const message = `${JSON.stringify(hash)} is no hash of ${path}.`
  throw new TstraceError('TST_RESULTS_HASH', `${message} A hash has 1 to 128 letters, digits, "_" and "-".`)
}

/** @throws TstraceError `TST_RESULTS_PATH` */
export function refuseUnsoundFunctions({ callee, caller }: Pick<CallEdge, 'callee' | 'caller'>): void {
  refusePath(callee.path)
  if (!isEventLoop(caller)) refusePath(caller.path)
}

export function isEventLoop({ name, path }: FunctionReference): boolean {
  return path === eventLoop.path && name === eventLoop.name
}

function refusePath(path: string): void {
  const problem = pathProblem(path, true)
  if (problem === undefined) return
  const message = `Results cannot name the source ${JSON.stringify(path)}: the path ${problem}.`
  throw new TstraceError('TST_RESULTS_PATH', `${message} Paths are relative to the project root, with "/".`)
}

/**
 * Refuses counts that are not whole numbers, or add up to more than is exact: a wrong count is worse than none.
 *
 * @param sums what is there already of the same sites; undefined for nothing
 * @param others what was counted of the same text with other sites
 * @throws TstraceError `TST_COUNTS_TOO_LARGE`, naming source and line
 */
export function refuseInexact(
  source: SourceCounts,
  sums: Float64Array | undefined,
  others: readonly SourceCounts[],
): void {
  const { counts } = source
  let most = 0
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    const sum = count + (sums?.[i] ?? 0)
    if (!(count >= 0) || count !== Math.trunc(count) || sum > Number.MAX_SAFE_INTEGER)
      throw inexactCounter(source, i, sum)
    if (sum > most) most = sum
  }
  // A line adds up counters, and those of other sites.
  const bound = others.reduce(
    (sum, other) => sum + largest(other.counts) * other.counts.length,
    most * counts.length,
  )
  if (bound <= Number.MAX_SAFE_INTEGER) return
  const added = sums ? { ...source, counts: counts.map((count, i) => count + (sums[i] ?? 0)) } : source
  refuseInexactSums([added, ...others])
}

function largest(counts: Float64Array): number {
  return counts.reduce((most, count) => (count > most ? count : most), 0)
}

function refuseInexactSums(sources: readonly SourceCounts[]): void {
  const lines = new Map<number, number>()
  const functions = new Map<string, number>()
  for (const source of sources) {
    for (const [line, count] of lineCounts(lineNumbers([source]))) {
      const sum = count + (lines.get(line) ?? 0)
      if (sum > Number.MAX_SAFE_INTEGER) throw inexact(`${source.path}, line ${line}`, sum)
      lines.set(line, sum)
    }
    for (const { counter, line, name } of source.sites.functions) {
      const sum = (source.counts[counter] ?? 0) + (functions.get(name) ?? 0)
      if (sum > Number.MAX_SAFE_INTEGER) throw inexact(`${source.path}, line ${line}`, sum)
      functions.set(name, sum)
    }
  }
}

function inexactCounter({ path, sites }: SourceCounts, counter: number, sum: number): TstraceError {
  const line =
    sites.lines.find(({ counters }) => counters.includes(counter))?.line ??
    sites.functions.find((site) => site.counter === counter)?.line
  return inexact(line === undefined ? path : `${path}, line ${line}`, sum)
}

/** @param named source and line */
export function inexact(named: string, count: number): TstraceError {
  // A line break in a name must be none in the message.
  const where = JSON.stringify(named).slice(1, -1)
  const isLarge = count > Number.MAX_SAFE_INTEGER
  const message = isLarge
    ? `The counts of ${where} add up to more than 2^53 - 1, the largest number that is exact.`
    : `The counts of ${where} are no whole numbers: ${count}.`
  return new TstraceError(
    'TST_COUNTS_TOO_LARGE',
    `${message} Nothing of it was added; start with a new file.`,
  )
}
