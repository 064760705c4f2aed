import type { Answer } from '../answers/answer.ts'
import { aboutOf } from '../recording/about.ts'
import { checkGate } from './check-gates.ts'
import type { DiffSide } from './diff-side.ts'
import type { Gate } from './gate.ts'
import type { GateKind, GateResult } from './gate-result.ts'

/** What became of conditions on a single recording. */
export interface GatesAnswer extends Answer {
  readonly question: 'diff'
  /** There is nothing to compare with. */
  readonly rows: readonly []
  readonly gates: { readonly rows: readonly GateResult[] }
}

/** @throws TstraceError what `checkGate` throws */
export function answerGates(
  after: DiffSide,
  gates: readonly (readonly [gate: Gate, kind: GateKind])[],
): GatesAnswer {
  return {
    question: 'diff',
    about: aboutOf(after.recordings[0], []),
    rows: [],
    gates: { rows: gates.map(([gate, kind]) => checkGate(gate, kind, { after })) },
  }
}
