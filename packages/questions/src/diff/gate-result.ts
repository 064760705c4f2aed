import type { Context } from '@tstrace/results'

/** What became of a condition. */
export interface GateResult {
  /** As it was given. */
  readonly gate: string
  /** `fail-on`: it must not hold; `expect`: it must. */
  readonly kind: GateKind
  readonly failed: boolean
  /** What was measured in both, with `per test` in the worst test; the first is absent where nothing before matters. */
  readonly before?: number
  readonly after: number
  /** Tests in which it was as it must not be, the largest number first; only with `per test`. */
  readonly tests?: readonly { readonly context: Context; readonly before?: number; readonly after: number }[]
}

export type GateKind = 'fail-on' | 'expect'
