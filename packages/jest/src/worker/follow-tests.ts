import { createRequire } from 'node:module'
import type { BegunTest, RunningContexts } from '@tstrace/core/worker'
import type { TestState } from '@tstrace/results'
import type {
  Environment,
  RunningTest,
  TestBlock,
  TestEvent,
  TestHook,
  TestsState,
} from '../jest-versions.ts'

/** Whether a test runner tells the environment what happens. */
export function hasEvents(testRunner: string): boolean {
  return !testRunner.includes('jest-jasmine2')
}

/**
 * Says which test is running by the events of the test runner. Where the environment has a handler for them ours is around
 * it; where it has none there is one now, and one more promise to settle between a test and its hooks.
 *
 * @param testRunner absolute path of what runs the tests
 */
export function followTests(environment: Environment, testRunner: string, contexts: RunningContexts): void {
  const { handleTestEvent } = environment
  const followed = new FollowedTests(contexts, startsEarly(testRunner))
  environment.handleTestEvent = function (event: TestEvent, state: TestsState) {
    followed.handle(event, state)
    return handleTestEvent?.call(this, event, state)
  }
}

/** Whether the bodies of concurrent tests begin before their events, as they do before Jest 30.2. */
function startsEarly(testRunner: string): boolean {
  try {
    const { version }: { version: string } = createRequire(testRunner)('jest-circus/package.json')
    const [major = 0, minor = 0] = version.split('.').map(Number)
    return major < 30 || (major === 30 && minor < 2)
  } catch {
    return false
  }
}

/**
 * Where bodies of concurrent tests begin before their events, they say themselves when they begin and end: a test is at it
 * while its body runs, and once more between its events, in its hooks. Hooks of describes may run meanwhile, too.
 */
class FollowedTests {
  readonly #contexts: RunningContexts
  readonly #startsEarly: boolean
  /** How tests have ended whose bodies say themselves when they end. */
  readonly #states = new Map<RunningTest, TestState>()

  constructor(contexts: RunningContexts, startsEarly: boolean) {
    this.#contexts = contexts
    this.#startsEarly = startsEarly
  }

  handle({ describeBlock, hook, name, test }: TestEvent, { rootDescribeBlock }: TestsState): void {
    if (name === 'run_start' && this.#startsEarly) this.#wrapConcurrent(rootDescribeBlock)
    if (describeBlock && name === 'run_describe_start')
      this.#contexts.beginHooks(describeBlock, titlesOf(describeBlock), describeBlock.parent)
    if (describeBlock && name === 'run_describe_finish') this.#contexts.end(describeBlock)
    if (hook && !test && this.#startsEarly) this.#handleHook(name, hook)
    if (!test) return
    if (name === 'test_started') this.#contexts.beginTest(test, begunTest(test), test.parent)
    if (name !== 'test_done') return
    const state = test.errors.length > 0 ? 'failed' : 'passed'
    this.#states.set(test, state)
    this.#contexts.endTest(test, state)
  }

  #handleHook(name: string, hook: TestHook): void {
    if (name !== 'hook_start') this.#contexts.end(hook)
    else if (hook.type.endsWith('All')) this.#contexts.beginHooks(hook, titlesOf(hook.parent))
  }

  #wrapConcurrent(block: TestBlock): void {
    for (const child of block.children) {
      if (child.type === 'describeBlock') this.#wrapConcurrent(child)
      else if (child.concurrent && child.fn) this.#wrap(child, child.fn)
    }
  }

  #wrap(test: RunningTest, body: NonNullable<RunningTest['fn']>): void {
    const { failing } = test
    const own = {}
    const begin = (): void => this.#contexts.beginTest(own, begunTest(test), test.parent)
    // Hooks fail a test, too, and may have ended it before its body ends.
    const end = (hasThrown: boolean): void =>
      this.#contexts.endTest(
        own,
        this.#states.get(test) ?? (hasThrown === Boolean(failing) ? 'passed' : 'failed'),
      )
    test.fn = function (...given) {
      begin()
      let made: unknown
      try {
        made = body.apply(this, given)
      } catch (error) {
        end(true)
        throw error
      }
      if (isPromise(made))
        made.then(
          () => end(false),
          () => end(true),
        )
      else end(false)
      return made
    }
  }
}

/** Of whatever realm. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}

function begunTest(test: RunningTest): BegunTest {
  const { invocations } = test
  return {
    titles: titlesOf(test),
    index: indexOf(test),
    retry: Math.max(0, invocations - 1),
    repeat: 0,
    line: 0,
  }
}

/** The titles of the blocks around a test or block, outermost first and without that around all, then its own. */
export function titlesOf({ name, parent }: TestBlock | RunningTest): readonly string[] {
  return parent ? [...titlesOf(parent), name] : []
}

/** How many tests with the same titles are in front of a test in its file. */
function indexOf(test: RunningTest): number {
  const titles = JSON.stringify(titlesOf(test))
  const tests = testsIn(rootOf(test.parent))
  return tests.slice(0, tests.indexOf(test)).filter((other) => JSON.stringify(titlesOf(other)) === titles)
    .length
}

function rootOf(block: TestBlock): TestBlock {
  return block.parent ? rootOf(block.parent) : block
}

function testsIn({ children }: TestBlock): RunningTest[] {
  return children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)))
}
