import { type Context, contextKey, type TestContext } from '@tstrace/results'
import { attempts } from './attempts.ts'

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
  const tests = attempts(contexts)
  const single = contexts.filter(({ kind }) => kind === 'file' || kind === 'named')
  const all = [...tests, ...single]
  const numbers = new Map<string, number>()
  const list: Context[] = []
  for (const context of all) {
    const number = numbers.get(unitKey(context)) ?? numbers.size
    numbers.set(unitKey(context), number)
    list[number] = context
  }
  const last = (context: Context): Context => list[numbers.get(unitKey(context)) as number] as Context
  const ran = new Set(tests.filter(({ state }) => state !== 'skipped').map(last))
  const members = contexts.flatMap((context) => (context.kind === 'overlap' ? context.members : []))
  return {
    list,
    roles: new Map(contexts.map((context) => [contextKey(context), roleOf(context, numbers)])),
    overlapping: new Set(members.filter(({ kind }) => kind === 'test').map(last)),
    skipped: new Set(tests.map(last).filter((test) => !ran.has(test))),
  }
}

function roleOf(context: Context, numbers: ReadonlyMap<string, number>): Role {
  switch (context.kind) {
    case 'import':
    case 'hooks':
    case 'late':
      return { unit: SHARED, bits: 1 << OUTSIDE.indexOf(context.kind) }
    case 'overlap': {
      const isHooks = context.members.every(({ kind }) => kind === 'hooks')
      return { unit: SHARED, bits: isHooks ? 1 << OUTSIDE.indexOf('hooks') : INSIDE }
    }
    default:
      return { unit: numbers.get(unitKey(context)) as number, bits: INSIDE }
  }
}

/** The same text for attempts at one test. */
function unitKey(context: Context): string {
  if (context.kind !== 'test') return contextKey(context)
  const { file, index, kind, project, titles }: TestContext = context
  return JSON.stringify([kind, project, file, titles, index])
}
