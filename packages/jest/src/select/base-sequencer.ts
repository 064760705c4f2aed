import { createRequire } from 'node:module'
import type { RunResults, Test } from '../jest-versions.ts'
import { JEST } from '../reporter/base-reporter.ts'

type Tests = readonly Test[] | Promise<readonly Test[]>

/** What Jest asks of whoever says which test files run, in which order. */
export interface JestSequencer {
  sort(tests: readonly Test[]): Tests
  shard(tests: readonly Test[], shard: { readonly shardIndex: number; readonly shardCount: number }): Tests
  allFailedTests(tests: readonly Test[]): Tests
  cacheResults(tests: readonly Test[], results: RunResults): void
}

/**
 * The one of the Jest that runs: a dependency of a dependency of a dependency of `jest`.
 *
 * @param given from Jest, since 30
 */
export function ownSequencer(given: unknown): JestSequencer {
  const core = createRequire(JEST).resolve('@jest/core')
  const config = createRequire(core).resolve('jest-config')
  const { default: Sequencer } = createRequire(config)('@jest/test-sequencer') as {
    default: new (given: unknown) => JestSequencer
  }
  return new Sequencer(given)
}
