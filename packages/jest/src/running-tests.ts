import type { TestLines } from '@tstrace/core/worker'
import type { Environment, RunningTest, TestEvent } from './jest-versions.ts'

/**
 * Puts the name of each test in front of its lines. Where the environment has a handler for events ours is around it; where
 * it has none there is one now, and one more promise to settle between a test and its hooks.
 */
export function nameRunningTests(environment: Environment, lines: TestLines): void {
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
