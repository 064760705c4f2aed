import { stateOf, type TestLines } from '@tstrace/core/worker'
import type { Environment, RunningTest, TestEvent } from '../jest-versions.ts'

/**
 * Puts the name of each test in front of its lines. Where the environment has a handler for events ours is around it; where
 * it has none there is one now, and one more promise to settle between a test and its hooks.
 *
 * @param testRunner absolute path of what runs the tests
 */
export function nameRunningTests(environment: Environment, testRunner: string, lines: TestLines): void {
  if (testRunner.includes('jest-jasmine2')) return nameByExpect(environment, lines)
  const { handleTestEvent } = environment
  environment.handleTestEvent = function (event: TestEvent, state: unknown) {
    if (event.name === 'test_start' && event.test) lines.begin(namesOf(event.test))
    return handleTestEvent?.call(this, event, state)
  }
}

/** The names of the blocks around a test, without the one around all, then its own. */
function namesOf({ name, parent }: RunningTest): readonly string[] {
  return parent?.parent ? [...namesOf(parent), name] : [name]
}

/** Where `expect` keeps what it knows, the name of the running test for one. */
const EXPECT = Symbol.for('$$jest-matchers-object')

/** A runner without events: the name is looked for whenever a line is shown. */
function nameByExpect({ global }: Environment, lines: TestLines): void {
  const state = stateOf(global)
  if (!state) return
  const realm: { [EXPECT]?: { readonly state?: { readonly currentTestName?: string } } } = global
  let last: string | undefined
  const look = (): void => {
    const name = realm[EXPECT]?.state?.currentTestName
    if (name !== undefined && name !== last) lines.begin([name])
    last = name
  }
  state.live = (path) => {
    const { enter, line } = lines.live(path)
    return {
      line: (number) => {
        look()
        line(number)
      },
      enter: (name) => {
        look()
        enter(name)
      },
    }
  }
}
