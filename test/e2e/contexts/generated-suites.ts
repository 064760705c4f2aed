import { join } from 'node:path'
import fc from 'fast-check'
import { type Context, CoverageResults } from 'tstrace'
import { expect } from 'vitest'
import { IS_WHOLE } from '../matrix.ts'

/** What happens in a hook or a test, one thing after the other; each but `throw` calls a function of its own. */
type Action = 'call' | 'microtask' | 'sleep' | 'all' | 'late' | 'throw' | 'throw at first'

interface TestPlan {
  readonly type: 'test'
  readonly title: string
  readonly how: 'plain' | 'concurrent' | 'skip' | 'todo' | 'failing' | 'each' | 'hangs' | 'again' | 'fixture'
  readonly actions: readonly Action[]
}

interface DescribePlan {
  readonly type: 'describe'
  readonly title: string
  readonly isSkipped: boolean
  readonly beforeAll: readonly Action[]
  readonly beforeEach: readonly Action[]
  readonly aroundEach: readonly Action[]
  readonly afterEach: readonly Action[]
  readonly afterAll: readonly Action[]
  readonly children: readonly (TestPlan | DescribePlan)[]
}

/** A test file: its describe is the file itself. */
export type SuitePlan = DescribePlan

const HOOKS = ['beforeAll', 'beforeEach', 'aroundEach', 'afterEach', 'afterAll'] as const

export interface Kind {
  /** Nothing depends on time: neither tests at the same time nor timers. */
  readonly isSerial?: boolean
}

function arbitraryPlan({ isSerial = false }: Kind): fc.Arbitrary<SuitePlan> {
  const quiet: Action[] = ['call', 'microtask', 'all']
  const inHooks = fc.oneof(
    {
      weight: 9,
      arbitrary: fc.constantFrom<Action>(...quiet, ...(isSerial ? [] : (['sleep', 'late'] as const))),
    },
    { weight: 1, arbitrary: fc.constant<Action>('throw') },
  )
  const inTests = fc.oneof(
    { weight: 4, arbitrary: inHooks },
    { weight: 1, arbitrary: fc.constant<Action>('throw at first') },
  )
  const hook = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Action[]>([]) },
    { weight: 1, arbitrary: fc.array(inHooks, { minLength: 1, maxLength: 2 }) },
  )
  const title = fc.constantFrom('adds', 'a > b', '__proto__', '"quoted" \\ `$' + '{1}`')
  const plan: fc.Arbitrary<TestPlan> = fc.record({
    type: fc.constant('test'),
    title,
    how: fc.constantFrom<TestPlan['how']>(
      ...(['plain', 'plain', 'skip', 'todo', 'failing', 'each', 'again', 'fixture'] as const),
      ...(isSerial ? [] : (['concurrent', 'concurrent', 'concurrent', 'hangs'] as const)),
    ),
    actions: fc.array(inTests, { minLength: 1, maxLength: 4 }),
  })
  const { describe } = fc.letrec<{ describe: DescribePlan }>((tie) => ({
    describe: fc.record({
      type: fc.constant('describe'),
      title,
      isSkipped: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
      beforeAll: hook,
      beforeEach: hook,
      aroundEach: hook,
      afterEach: hook,
      afterAll: hook,
      children: fc.array(fc.oneof({ depthSize: 'small', maxDepth: 2 }, plan, plan, tie('describe')), {
        minLength: 1,
        maxLength: 5,
      }),
    }),
  }))
  // A file without a test is an error of the runner.
  const last: TestPlan = { type: 'test', title: 'last', how: 'plain', actions: ['call'] }
  return describe.map((file) => ({ ...file, isSkipped: false, children: [...file.children, last] }))
}

/** The same suites for the same seed. */
export function suitesOf(count: number, kind: Kind & { readonly seed: number }): SuitePlan[] {
  return fc.sample(arbitraryPlan(kind), { numRuns: count, seed: kind.seed })
}

export type Runner = 'Vitest' | 'Jest'

/** Where a function may have been called. */
type Owner =
  | { readonly in: 'anything' }
  | { readonly in: 'import' }
  | {
      readonly in: 'test' | 'hooks' | 'tests of'
      readonly titles: readonly string[]
      readonly isEach?: boolean
    }

export interface GeneratedSuite {
  /** Of the test file, from the root. */
  readonly path: string
  /** The file with the functions, from the root. */
  readonly source: string
  /** Of each path its text. */
  readonly files: Readonly<Record<string, string>>
  /** By name of a function. */
  readonly owners: ReadonlyMap<string, Owner>
}

/** Writes a suite for a runner. */
export function generate(plan: SuitePlan, number: number, runner: Runner): GeneratedSuite {
  const suite = new SuiteText(runner)
  const body = suite.describe(plan, [])
  const names = [...suite.owners.keys()]
  const source = `src/generated-${number}.ts`
  const path = `test/generated-${number}.test.ts`
  const head =
    runner === 'Vitest'
      ? "import * as vitest from 'vitest'\nconst { afterAll, afterEach, beforeAll, beforeEach, describe, it } = vitest\nconst aroundEach = (vitest as any).aroundEach ?? (() => {})"
      : "import { afterAll, afterEach, beforeAll, beforeEach, describe, it, jest } from '@jest/globals'"
  const retries = runner === 'Vitest' || !suite.isAgain ? '' : 'jest.retryTimes(2)\n'
  return {
    path,
    source,
    owners: suite.owners,
    files: {
      [source]: `function helper(name: string): string { return name }\n${names.map((name) => `export function ${name}() { return helper('${name}') }\n`).join('')}`,
      [path]: `${head}
import { ${names.join(', ')} } from '../${source}'
const sleep = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))
let runs = 0
${retries}${body}`,
    },
  }
}

class SuiteText {
  readonly owners = new Map<string, Owner>()
  isAgain = false
  readonly #isVitest: boolean

  constructor(runner: Runner) {
    this.#isVitest = runner === 'Vitest'
  }

  describe(plan: DescribePlan, titles: readonly string[]): string {
    const parts = [`${this.#site({ in: 'import' })}()`]
    for (const hook of HOOKS) {
      const isOfTest = hook.endsWith('Each')
      const owner: Owner = { in: isOfTest ? 'tests of' : 'hooks', titles }
      if (plan[hook].length === 0 || (hook === 'aroundEach' && !this.#isVitest)) continue
      const code = this.#actions(plan[hook], owner)
      parts.push(
        hook === 'aroundEach'
          ? `aroundEach(async (runTest: () => Promise<void>) => {${this.#site(owner)}(); await runTest(); ${code}})`
          : `${hook}(async () => {${code}})`,
      )
    }
    for (const child of plan.children) {
      const below = [...titles, child.title]
      if (child.type === 'test') parts.push(this.#test(child, below))
      else {
        const name = child.isSkipped ? 'describe.skip' : 'describe'
        parts.push(`${name}(${JSON.stringify(child.title)}, () => {\n${this.describe(child, below)}\n})`)
      }
    }
    return parts.join('\n')
  }

  #test({ actions, how, title }: TestPlan, titles: readonly string[]): string {
    const isVitest = this.#isVitest
    const name = JSON.stringify(title)
    const own: Owner = { in: 'test', titles, isEach: how === 'each' }
    // What goes on when the time of a test is over belongs to whatever runs then.
    const owner: Owner = how === 'hangs' ? { in: 'anything' } : own
    if (how === 'todo') return `it.todo(${name})`
    const code = this.#actions(actions, owner)
    const body = `async () => {let attempt = ++runs; ${code}}`
    switch (how) {
      case 'plain':
        return `it(${name}, ${body})`
      case 'each':
        return `it.each([1, 2])(${JSON.stringify(`${title} %i`)}, ${body})`
      case 'failing':
        return `it.${isVitest ? 'fails' : 'failing'}(${name}, ${body})`
      case 'hangs': {
        const hanging = `async () => {${code}; await sleep(60); ${this.#site({ in: 'anything' })}()}`
        return isVitest ? `it(${name}, { timeout: 20 }, ${hanging})` : `it(${name}, ${hanging}, 20)`
      }
      case 'again':
        this.isAgain = true
        return isVitest ? `it(${name}, { retry: 1, repeats: 1 }, ${body})` : `it(${name}, ${body})`
      case 'fixture': {
        if (!isVitest) return `it(${name}, ${body})`
        const [before, after] = [this.#site(owner), this.#site(owner)]
        const fixture = `async ({}, use: (value: number) => Promise<void>) => {${before}(); await use(1); ${after}()}`
        const finished = `onTestFinished(() => {${this.#site(owner)}()})`
        return `it.extend({ fixture: ${fixture} })(${name}, async ({ fixture, onTestFinished }: any) => {${finished}; ${code}})`
      }
      default:
        return `it.${how}(${name}, ${body})`
    }
  }

  #site(owner: Owner): string {
    const name = `site${this.owners.size}`
    this.owners.set(name, owner)
    return name
  }

  #actions(actions: readonly Action[], owner: Owner): string {
    return actions.map((action) => this.#action(action, owner)).join('; ')
  }

  #action(action: Action, owner: Owner): string {
    const site = (): string => `${this.#site(owner)}()`
    switch (action) {
      case 'call':
        return site()
      case 'microtask':
        return `await null; ${site()}`
      case 'sleep':
        return `await sleep(3); ${site()}`
      case 'all':
        return `await Promise.all([(async () => {await null; ${site()}})(), (async () => {${site()}; await null; ${site()}})()])`
      case 'late':
        return `setTimeout(() => {${this.#site({ in: 'anything' })}()}, 2)`
      case 'throw':
        return `${site()}; if (runs >= 0) throw new Error('on purpose')`
      case 'throw at first':
        return `${site()}; if (++runs % 2 === 1) throw new Error('on purpose')`
    }
  }
}

/** Another one each time; it stands in the names of tests, and makes the same suites again as `SUITES_SEED`. */
export const SEED: number = Number(process.env.SUITES_SEED ?? Date.now() % 1e6)

/** Writes generated suites into a project. */
export function writeSuites(
  project: { write(path: string, text: string): void },
  runner: Runner,
  kind: Kind = {},
): GeneratedSuite[] {
  const plans = suitesOf(IS_WHOLE ? 60 : 5, { seed: SEED, ...kind })
  const suites = plans.map((plan, number) => generate(plan, number, runner))
  for (const { files } of suites) for (const [path, text] of Object.entries(files)) project.write(path, text)
  return suites
}

/** All of them ran, and each in its own contexts only. */
export function expectAllOwned(folder: string, suites: readonly GeneratedSuite[]): void {
  const results = new CoverageResults(join(folder, 'all.counts'), { root: folder })
  for (const suite of suites) {
    expect(results.paths()).toContain(suite.source)
    expectOwned(results, suite)
  }
}

/** Nothing of a suite is in a context that did not execute it. */
export function expectOwned(results: CoverageResults, suite: GeneratedSuite): void {
  const strangers = results.contexts().flatMap((context) => {
    const own = results.of(context)
    if (!own.paths().has(suite.source)) return []
    return own
      .functions(suite.source)
      .filter(({ calls, name }) => calls > 0 && !fits(suite, { name, context }))
      .map(({ name }) => ({ name, owner: suite.owners.get(name), context }))
  })
  expect(strangers, suite.files[suite.path]).toEqual([])
}

interface Called {
  readonly name: string
  readonly context: Context
}

function fits(suite: GeneratedSuite, { context, name }: Called): boolean {
  const owner = suite.owners.get(name)
  if (!owner || owner.in === 'anything') return true
  if (context.kind === 'overlap')
    return context.members.some((member) => fits(suite, { context: member, name }))
  if (context.kind === 'named' || context.file !== suite.path) return false
  if (owner.in === 'import') return context.kind === 'import'
  if (owner.in === 'hooks') return context.kind === 'hooks' && isSame(context.titles, owner.titles)
  if (owner.in === 'tests of') {
    return context.kind === 'test' && isSame(context.titles.slice(0, owner.titles.length), owner.titles)
  }
  if (context.kind !== 'test') return false
  const last = context.titles.at(-1) as string
  const title = owner.isEach ? last.replace(/ \d$/, '') : last
  return isSame([...context.titles.slice(0, -1), title], owner.titles)
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
