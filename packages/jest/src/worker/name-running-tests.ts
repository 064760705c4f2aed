import type { TestLines } from '@tstrace/core/live'
import { stateOf } from '@tstrace/instrument/runtime'
import type { Environment, TestEvent, TestsState } from '../jest-versions.ts'
import { hasEvents, titlesOf } from './follow-tests.ts'

/**
 * Puts the name of each test in front of its lines. Where the environment has a handler for events ours is around it; where
 * it has none there is one now, and one more promise to settle between a test and its hooks.
 *
 * @param testRunner absolute path of what runs the tests
 */
export function nameRunningTests(environment: Environment, testRunner: string, lines: TestLines): void {
  if (!hasEvents(testRunner)) return nameByExpect(environment, lines)
  const { handleTestEvent } = environment
  environment.handleTestEvent = function (event: TestEvent, state: TestsState) {
    if (event.name === 'test_start' && event.test) lines.begin(titlesOf(event.test))
    return handleTestEvent?.call(this, event, state)
  }
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
