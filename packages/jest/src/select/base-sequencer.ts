import { createRequire } from 'node:module'
import type { Test } from '../jest-versions.ts'
import { JEST } from '../reporter/base-reporter.ts'

/** What we use of the class that says in which order Jest runs test files, and of them all that others call. */
export interface JestSequencer {
  sort(tests: readonly Test[]): readonly Test[] | Promise<readonly Test[]>
}

/** The class of the Jest that runs: a dependency of a dependency of a dependency of `jest`. */
export const BaseSequencer: new (...given: unknown[]) => JestSequencer = ownBaseSequencer()

function ownBaseSequencer(): new () => JestSequencer {
  const core = createRequire(JEST).resolve('@jest/core')
  const config = createRequire(core).resolve('jest-config')
  const { default: Sequencer } = createRequire(config)('@jest/test-sequencer') as {
    default: new () => JestSequencer
  }
  return Sequencer
}
