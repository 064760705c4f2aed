import type { CallEdge, CoverageResults, FunctionReference } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { functionPattern } from '@tstrace/results/internal'
import { refuseWithoutTests } from '../recording/refuse-without-contexts.ts'
import type { DiffAnswer } from './answer-diff.ts'
import { countsOf, type DiffSide } from './diff-side.ts'
import type { Gate } from './gate.ts'
import type { GateKind, GateResult } from './gate-result.ts'
import { countsByTest, countsTogether, hasFunction } from './measured.ts'

/** What conditions are about. */
export interface Measured {
  /** Undefined where there is nothing to compare with. */
  readonly before?: DiffSide | undefined
  readonly after: DiffSide
  readonly diff?: DiffAnswer | undefined
}

/** The pattern of a condition that names nothing. */
const EVERYTHING = '*'

/** The function of what stands outside of all. */
const TOP_LEVEL = '<module>'

/**
 * Whether conditions hold. Of sides with several runs one fails if it does so for every pair of runs.
 *
 * @throws TstraceError `TST_GATE_UNKNOWN` for a pattern that means no function, or what could not be compared; `TST_NO_CALLS` for
 * calls that were not recorded; `TST_NO_BASELINE` for what has to be compared where there is nothing to compare with;
 * `TST_NO_CONTEXTS` for tests that were not told apart
 */
export function checkGate(gate: Gate, kind: GateKind, measured: Measured): GateResult {
  if (gate.measure === 'edges' || isOfLines(gate.measure)) return checkDifferences(gate, kind, measured)
  const { after, before } = measured
  if (gate.perTest) for (const recording of after.recordings) refuseWithoutTests(recording)
  const isCompared = gate.amount.kind !== 'number'
  if (isCompared && !before) throw noBaseline(gate)
  const others = before && isCompared ? resultsOf(before) : [undefined]
  const pairs = resultsOf(after).flatMap((one) => others.map((other) => ({ after: one, before: other })))
  refuseUnknown(gate, measured, pairs.flatMap(Object.values<CoverageResults | undefined>))
  const results = pairs.map((pair) => checkPair(gate, kind, pair))
  return results.find(({ failed }) => !failed) ?? (results[0] as GateResult)
}

function resultsOf(side: DiffSide): CoverageResults[] {
  return countsOf(side).map(({ results }) => results)
}

interface Pair {
  readonly before: CoverageResults | undefined
  readonly after: CoverageResults
}

function checkPair(gate: Gate, kind: GateKind, { after, before }: Pair): GateResult {
  const base = { gate: gate.text, kind }
  if (!gate.perTest) {
    const numbers = {
      ...(before && { before: countsTogether(before, gate) }),
      after: countsTogether(after, gate),
    }
    return { ...base, ...numbers, failed: isFailing(gate, kind, numbers) }
  }
  const known = before && countsByTest(before, gate)
  const tests = [...countsByTest(after, gate)].map(([key, { context, count }]) => ({
    context,
    ...(known && { before: known.get(key)?.count ?? 0 }),
    after: count,
  }))
  const sorted = tests.sort((a, b) => b.after - a.after)
  const failing = sorted.filter((test) => isFailing(gate, kind, test))
  const { context: _, ...worst } = failing[0] ?? sorted[0] ?? { context: undefined, after: 0 }
  return { ...base, ...worst, failed: failing.length > 0, tests: failing }
}

function checkDifferences(gate: Gate, kind: GateKind, measured: Measured): GateResult {
  const { after: side, before, diff } = measured
  if (!diff) throw noBaseline(gate)
  if (gate.measure === 'edges' && !diff.calls) throw withoutCalls(gate)
  if (gate.pattern !== EVERYTHING)
    refuseUnknown(gate, measured, [side, ...(before ? [before] : [])].flatMap(resultsOf))
  const after = differencesIn(diff, gate)
  const failed = isFailing(gate, kind, { after })
  if (!failed && gate.measure !== 'edges') refuseUnmatched(gate, diff)
  return { gate: gate.text, kind, after, failed }
}

/** What cannot be compared may differ: a condition must not pass because of it. */
function refuseUnmatched({ pattern, text }: Gate, { unmatched }: DiffAnswer): void {
  const isMeant = linesPattern(pattern)
  const one = unmatched.rows.find(({ path }) => isMeant({ path, name: TOP_LEVEL }))
  if (!one) return
  const message = `The condition "${text}" cannot be checked: the lines of ${one.path} could not be compared.`
  const advice = 'Leave the condition out to see why, or name other sources in it.'
  throw new TstraceError('TST_GATE_UNKNOWN', `${message} ${advice}`)
}

function refuseUnknown(
  gate: Gate,
  measured: Measured,
  results: readonly (CoverageResults | undefined)[],
): void {
  if (!results.some((one) => one && isKnown(one, gate))) throw unknownFunction(gate, measured)
}

function isKnown(results: CoverageResults, { measure, pattern }: Gate): boolean {
  if (hasFunction(results, pattern)) return true
  // Of functions in files that are not counted, as tests, only their calls are known.
  if (measure === 'edges') return results.edges().some(isCallOf(pattern))
  const isMeant = linesPattern(pattern)
  return isOfLines(measure) && results.sources().some(({ path }) => isMeant({ path, name: TOP_LEVEL }))
}

function isOfLines(measure: Gate['measure']): boolean {
  return measure === 'lines' || measure === 'new-missing'
}

function isCallOf(pattern: string): (edge: Pick<CallEdge, 'callee' | 'caller'>) => boolean {
  const isMeant = functionPattern(pattern)
  return ({ callee, caller }) => isMeant(callee) || isMeant(caller)
}

/** As `functionPattern`, and of a source or a folder the lines outside of functions, too. */
function linesPattern(pattern: string): (function_: FunctionReference) => boolean {
  const isMeant = functionPattern(pattern)
  return ({ name, path }) =>
    pattern === EVERYTHING || isMeant({ name, path }) || (name === TOP_LEVEL && isMeant({ name: '', path }))
}

function differencesIn({ changed, edges, newMissing, rows }: DiffAnswer, gate: Gate): number {
  if (gate.measure === 'edges') return edges.rows.filter(isCallOf(gate.pattern)).length
  const isMeant = linesPattern(gate.pattern)
  const lines = gate.measure === 'lines' ? [...rows, ...changed.rows] : newMissing.rows
  return lines
    .filter(({ after, before, function: name }) => isMeant({ path: (after ?? before)?.path ?? '', name }))
    .reduce((sum, row) => sum + row.lines, 0)
}

interface Numbers {
  readonly before?: number
  readonly after: number
}

function isFailing(gate: Gate, kind: GateKind, numbers: Numbers): boolean {
  return holds(gate, numbers) === (kind === 'fail-on')
}

function holds({ amount: { kind, value }, operator }: Gate, { after, before = 0 }: Numbers): boolean {
  const limit = kind === 'number' ? value : kind === 'more' ? before + value : before * (1 + value / 100)
  switch (operator) {
    case '>':
      return after > limit
    case '<':
      return after < limit
    case '>=':
      return after >= limit
    case '<=':
      return after <= limit
    case '==':
      return after === limit
    case '!=':
      return after !== limit
  }
}

function withoutCalls({ text }: Gate): TstraceError {
  const message = `The condition "${text}" is about calls, and not both recordings have some.`
  return new TstraceError('TST_NO_CALLS', `${message} Record both with the option trackcalls.`)
}

function noBaseline({ text }: Gate): TstraceError {
  const message = `The condition "${text}" compares with another recording, and there is none.`
  return new TstraceError('TST_NO_BASELINE', `${message} Name two: tstrace diff BEFORE AFTER.`)
}

function unknownFunction({ pattern, text }: Gate, { after }: Measured): TstraceError {
  const message = `No function in ${after.recordings[0].file} is meant by "${pattern}" in the condition "${text}".`
  const advice =
    'Name one as `parse`, `src/parse.ts:parse` or `src.parse.*`, a source, or a folder with its /.'
  return new TstraceError('TST_GATE_UNKNOWN', `${message} ${advice}`)
}
