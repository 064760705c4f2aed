import { type Context, contextKey } from '@tstrace/results'
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

/** Tests, whatever became of their attempts, and in whatever project; test files where no more was recorded; contexts with a name. */
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
  const single = contexts.filter(({ kind }) => kind === 'file' || kind === 'named')
  const units = withTwins([...testsOf(contexts), ...single.map((context) => [context])])
  const list = units.map(shownOf)
  const numbers = new Map<string, number>()
  for (const [number, own] of units.entries())
    for (const context of own) numbers.set(contextKey(context), number)
  const skipped = list.filter((_, number) => (units[number] ?? []).every(isSkipped))
  const roles = new Map<string, Role>()
  for (const [key, unit] of numbers) roles.set(key, { unit, bits: INSIDE })
  for (const context of contexts) {
    if (context.kind === 'test' || context.kind === 'file' || context.kind === 'named') continue
    roles.set(contextKey(context), roleOf(context))
  }
  const members = contexts.flatMap((context) => (context.kind === 'overlap' ? context.members : []))
  const shared = members.filter(({ kind }) => kind === 'test')
  return {
    list,
    roles,
    overlapping: new Set(shared.map((test) => list[numbers.get(contextKey(test)) as number] as Context)),
    skipped: new Set(skipped),
  }
}

/** The same test, or test file, in several projects is one: what the others ran it ran itself. */
function withTwins(units: readonly (readonly Context[])[]): readonly (readonly Context[])[] {
  const projects = new Set(units.map(([first]) => (first && 'project' in first ? first.project : '')))
  if (projects.size < 2) return units
  const joined = new Map<string, Context[]>()
  for (const unit of units) {
    const key = twinKey(unit[0] as Context)
    const known = joined.get(key)
    if (known) known.push(...unit)
    else joined.set(key, [...unit])
  }
  return [...joined.values()]
}

function twinKey(context: Context): string {
  if (context.kind !== 'test') return contextKey('project' in context ? { ...context, project: '' } : context)
  const { file, index, titles } = context
  return JSON.stringify([file, index, ...titles])
}

/** What stands for a unit: its last attempt, of no project where it is of several. */
function shownOf(unit: readonly Context[]): Context {
  const last = unit.at(-1) as Context
  if (!('project' in last)) return last
  const isOfOne = unit.every((context) => 'project' in context && context.project === last.project)
  return isOfOne ? last : { ...last, project: '' }
}

function isSkipped(context: Context): boolean {
  return context.kind === 'test' && context.state === 'skipped'
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
