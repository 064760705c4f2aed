import { type Context, contextKey, type TestContext } from '@tstrace/results'
import { testsOf } from './attempts.ts'

/** What can run outside of tests. */
export const OUTSIDE = ['import', 'hooks', 'late'] as const

/** What a context says of everything that ran in it. */
export interface Role {
  /** The number of the unit that ran it; `SHARED` for what is nobody's, or of several. */
  readonly unit: number
  /** Bit `i` for `OUTSIDE[i]`, `INSIDE` for what a test may have run. */
  readonly bits: number
}

export const SHARED = -1

export const INSIDE: number = 1 << OUTSIDE.length

/** Tests, whatever became of their attempts; test files where no more was recorded; contexts with a name. */
export interface Units {
  /** Of each its last attempt, or its only context. */
  readonly list: readonly Context[]
  /** By key of the context. */
  readonly roles: ReadonlyMap<string, Role>
  /** Those that ran at the same time as others. */
  readonly overlapping: ReadonlySet<Context>
  /** Those of which every attempt was skipped. */
  readonly skipped: ReadonlySet<Context>
}

/** Numbers what can have run something alone. */
export function unitsOf(contexts: readonly Context[]): Units {
  const tests = testsOf(contexts)
  const single = contexts.filter(({ kind }) => kind === 'file' || kind === 'named')
  const last = tests.map((attempts) => attempts.at(-1) as TestContext)
  const list = [...last, ...single]
  const numbers = new Map<string, number>()
  for (const [number, attempts] of [...tests, ...single.map((context) => [context])].entries())
    for (const context of attempts) numbers.set(contextKey(context), number)
  const skipped = tests.flatMap((attempts, number) =>
    attempts.every(({ state }) => state === 'skipped') ? [list[number] as Context] : [],
  )
  const roles = new Map<string, Role>()
  for (const [key, unit] of numbers) roles.set(key, { unit, bits: INSIDE })
  for (const context of contexts)
    if (!numbers.has(contextKey(context))) roles.set(contextKey(context), roleOf(context))
  const members = contexts.flatMap((context) => (context.kind === 'overlap' ? context.members : []))
  const shared = members.filter(({ kind }) => kind === 'test')
  return {
    list,
    roles,
    overlapping: new Set(shared.map((test) => list[numbers.get(contextKey(test)) as number] as Context)),
    skipped: new Set(skipped),
  }
}

/** Of what is no unit. */
function roleOf(context: Context): Role {
  switch (context.kind) {
    case 'import':
    case 'hooks':
    case 'late':
      return { unit: SHARED, bits: 1 << OUTSIDE.indexOf(context.kind) }
    default: {
      const isHooks = context.kind === 'overlap' && context.members.every(({ kind }) => kind === 'hooks')
      return { unit: SHARED, bits: isHooks ? 1 << OUTSIDE.indexOf('hooks') : INSIDE }
    }
  }
}
