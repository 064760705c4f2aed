import type { BegunTest, RunningContexts } from '@tstrace/core/worker'
import type { TestState } from '@tstrace/results'

/** A test, or what holds tests; a file has itself as `file`. */
interface Task {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly mode: string
  readonly concurrent?: boolean
  /** The test is expected to fail. */
  readonly fails?: boolean
  readonly file: Task
  readonly suite?: Task
  readonly tasks?: readonly Task[]
  readonly location?: { readonly line: number }
  readonly result?: { readonly state?: string; readonly pending?: boolean }
}

interface Attempt {
  readonly retry: number
  readonly repeats: number
}

/** What is told of tests to a runner of Vitest. */
interface Runner {
  onBeforeCollect?(paths: unknown): unknown
  onBeforeRunSuite?(suite: Task): unknown
  onAfterRunSuite?(suite: Task): unknown
  onBeforeRunTask?(test: Task): unknown
  onBeforeTryTask?(test: Task, attempt: Attempt): unknown
  onTaskFinished?(test: Task): unknown
  onAfterRetryTask?(test: Task, attempt: Attempt): unknown
  onAfterRunTask?(test: Task): unknown
  onAfterRunFiles?(files: unknown): unknown
}

/** A class of test runners, as the option `runner` of Vitest names one. */
export interface RunnerClass {
  new (...given: never[]): Runner
  readonly prototype: Runner
}

// Taken before a test can replace it.
const { apply } = Reflect

const KEY: unique symbol = Symbol.for('tstrace.contexts')

/** Where it stands who is followed: what runs tests and what counts them are evaluated apart. */
export type FollowedPlace = object & { [KEY]?: Followed | undefined }

interface Followed {
  readonly contexts: RunningContexts
  /** Tests that are at it, in the order in which they began. */
  readonly tests: RunningTest[]
  /** By the id of a test, which of those with the same titles it is; by titles, how many have them so far. */
  readonly indexes: Record<string, number>
  readonly same: Record<string, number>
}

type Said = Exclude<keyof Runner, 'onBeforeCollect' | 'onAfterRunFiles'>
type Told = (task: Task, attempt: Attempt) => unknown
type Tell = (followed: Followed, task: Task, attempt: Attempt) => void

interface RunningTest {
  readonly task: Task
  readonly index: number
  attempt: Attempt
  state: TestState
}

/** Has the runners that look at a place say from now on what is running; undefined ends that. */
export function followTests(place: FollowedPlace, contexts: RunningContexts | undefined): void {
  const value: Followed | undefined = contexts && {
    contexts,
    tests: [],
    indexes: { __proto__: null } as never,
    same: { __proto__: null } as never,
  }
  Object.defineProperty(place, KEY, { value, configurable: true, writable: true })
}

/** @returns a class of runners that do what those of `Base` do, and say what is running to whoever follows them at a place. */
export function followedRunner(place: FollowedPlace, Base: RunnerClass): RunnerClass {
  return class extends Base {
    constructor(...given: never[]) {
      super(...given)
      followRunner(place, this)
    }
  }
}

/*
 * Runs between the user's tests: no method that a test can replace. What the runner itself does comes behind the beginning of
 * a test and in front of its end, and what it returns is returned, so that no promise more settles.
 */

/** Has a runner say what is running to whoever follows it at a place. On the runner itself: its class may have methods as fields. */
export function followRunner(place: FollowedPlace, runner: object): void {
  const methods: Partial<Record<Said, Told>> = runner
  const say = (method: Said, isOwnFirst: boolean, tell: Tell): void => {
    const own = methods[method]
    methods[method] = (...given) => {
      const followed = place[KEY]
      if (followed && !isOwnFirst) tell(followed, given[0], given[1])
      const done = own && apply(own, runner, given)
      if (followed && isOwnFirst) tell(followed, given[0], given[1])
      return done
    }
  }
  say('onBeforeRunSuite', true, beginSuite)
  say('onAfterRunSuite', false, endSuite)
  say('onBeforeRunTask', true, beginTest)
  say('onBeforeTryTask', false, beginAttempt)
  say('onTaskFinished', false, note)
  say('onAfterRetryTask', false, endAttempt)
  say('onAfterRunTask', false, endTest)
}

function willRun({ mode, result }: Task): boolean {
  return (mode === 'run' || mode === 'queued') && result?.state !== 'fail'
}

function beginSuite({ contexts }: Followed, suite: Task): void {
  if (willRun(suite)) contexts.beginHooks(suite, titlesOf(suite), parentOf(suite))
}

function endSuite(followed: Followed, suite: Task): void {
  endSkipped(followed, suite)
  followed.contexts.end(suite)
}

function beginTest(followed: Followed, task: Task): void {
  if (!willRun(task)) return
  if (!task.concurrent) endSkipped(followed, parentOf(task))
  const attempt = { retry: 0, repeats: 0 }
  const test: RunningTest = { task, index: indexOf(followed, task), attempt, state: 'unfinished' }
  followed.tests[followed.tests.length] = test
  begin(followed, test)
}

function beginAttempt(followed: Followed, task: Task, { repeats, retry }: Attempt): void {
  const test = testOf(followed, task)
  if (!test || (test.attempt.retry === retry && test.attempt.repeats === repeats)) return
  followed.contexts.endTest(task, retry > 0 ? 'failed' : test.state)
  test.attempt = { retry, repeats }
  begin(followed, test)
}

function endAttempt(followed: Followed, task: Task): void {
  note(followed, task)
  if (isSkipped(task)) end(followed, task, 'skipped')
}

function endTest(followed: Followed, task: Task): void {
  const test = testOf(followed, task)
  if (test) end(followed, task, test.attempt.repeats > 0 ? test.state : stateOf(task, false))
}

function begin({ contexts }: Followed, { attempt, index, task }: RunningTest): void {
  const begun: BegunTest = {
    titles: titlesOf(task),
    index,
    retry: attempt.retry,
    repeat: attempt.repeats,
    line: task.location?.line ?? 0,
  }
  contexts.beginTest(task, begun, parentOf(task))
}

function end(followed: Followed, task: Task, state: TestState): void {
  followed.contexts.endTest(task, state)
  const { tests } = followed
  let left = 0
  for (let at = 0; at < tests.length; at++) {
    const test = tests[at] as RunningTest
    if (test.task !== task) tests[left++] = test
  }
  tests.length = left
}

/** A test that skips itself has no end of its own in some versions. */
function endSkipped(followed: Followed, suite: Task | undefined): void {
  for (let at = followed.tests.length - 1; at >= 0; at--) {
    const { task } = followed.tests[at] as RunningTest
    if (parentOf(task) === suite && isSkipped(task)) end(followed, task, 'skipped')
  }
}

/** Before hooks behind the test, which may still fail it. */
function note(followed: Followed, task: Task): void {
  const test = testOf(followed, task)
  if (test) test.state = stateOf(task, true)
}

/** @param isEarly before the runner has turned the state of a test around that is expected to fail */
function stateOf(task: Task, isEarly: boolean): TestState {
  if (isSkipped(task)) return 'skipped'
  const hasFailed = task.result?.state === 'fail'
  return hasFailed === Boolean(isEarly && task.fails) ? 'passed' : 'failed'
}

function isSkipped({ mode, result }: Task): boolean {
  return mode === 'skip' || result?.state === 'skip' || result?.pending === true
}

function testOf({ tests }: Followed, task: Task): RunningTest | undefined {
  for (let at = 0; at < tests.length; at++) if (tests[at]?.task === task) return tests[at]
  return undefined
}

/** The describe around a test or describe, or the file. */
function parentOf(task: Task): Task | undefined {
  return task === task.file ? undefined : (task.suite ?? task.file)
}

/** Outermost first, without that of the file. */
function titlesOf(task: Task): string[] {
  const parent = parentOf(task)
  if (!parent) return []
  const titles = titlesOf(parent)
  titles[titles.length] = task.name
  return titles
}

/** How many tests with the same titles are in front of a test in its file. */
function indexOf(followed: Followed, { file, id }: Task): number {
  if (followed.indexes[id] === undefined) numberTests(followed, file, '')
  return followed.indexes[id] ?? 0
}

/** Numbers the tests that have no number yet. */
function numberTests(followed: Followed, { tasks }: Task, around: string): void {
  const { indexes, same } = followed
  for (let at = 0; tasks && at < tasks.length; at++) {
    const task = tasks[at] as Task
    const titles = `${around}${task.name.length}:${task.name}`
    if (task.tasks) numberTests(followed, task, titles)
    else if (indexes[task.id] === undefined) {
      const index = same[titles] ?? 0
      indexes[task.id] = index
      same[titles] = index + 1
    }
  }
}
