import { printable } from '@tstrace/results/printable'
import type { GatesAnswer } from '../diff/answer-gates.ts'
import type { GateResult } from '../diff/gate-result.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { contextName } from './context-name.ts'

/** What became of conditions, as lines below an answer. */
export function gatesText(gates: readonly GateResult[]): string[] {
  if (gates.length === 0) return []
  return ['', ...gates.flatMap((gate) => [gateText(gate), ...testsText(gate)])]
}

/** Conditions on a single recording. */
export function gatesAnswerText({ about, gates }: GatesAnswer): AnswerText {
  const [, ...lines] = gatesText(gates.rows)
  return { head: lines, rows: [], foot: aboutText(about) }
}

/** In one sentence. */
export function gateText(gate: GateResult): string {
  const { failed, gate: text, kind } = gate
  const must = kind === 'expect' ? 'must hold' : 'must not hold'
  return printable(
    `${failed ? 'Failed' : 'Passed'}: ${text}, which ${must}: ${numbersText(gate)}${gate.tests ? ' in a test' : ''}.`,
  )
}

/** `40 → 60 (+50%)`, or one number where nothing before matters. */
function numbersText({ after, before }: Pick<GateResult, 'after' | 'before'>): string {
  if (before === undefined) return String(after)
  const percent =
    before === 0 ? '' : ` (${after < before ? '' : '+'}${percentText((after - before) / before)})`
  return `${before} → ${after}${percent}`
}

function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`
}

/** So many tests are named. */
const SEVERAL = 3

/** Tests in which a condition was not as it must be, indented: the first of them, and how many more. */
export function testsText({ tests = [] }: GateResult): string[] {
  const more = tests.length > SEVERAL ? [`    … in ${tests.length - SEVERAL} more tests`] : []
  return [
    ...tests.slice(0, SEVERAL).map((test) => `    ${numbersText(test)} in ${contextName(test.context)}`),
    ...more,
  ]
}
