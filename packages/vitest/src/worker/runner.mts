/*
 * The test runner of projects whose contexts are told apart by test, or whose test files share processes: the project's own, or
 * Vitest's, and what it is told goes to whoever counts. It is bundled into one file, and evaluated where the tests are.
 */
import * as vitest from 'vitest'
import { beginningRunner } from './beginning-runner.mts'
import { followedRunner, type RunnerClass } from './follow-tests.mts'
import { ORDERS_KEY, type WorkerOrders } from './worker-orders.ts'

/** Before Vitest 4.1; it must not be there to be found in later ones. */
const EARLIER = 'vitest/runners'

const ordersNow = (): WorkerOrders => (vitest.inject as (key: string) => WorkerOrders)(ORDERS_KEY)
const { beginsInRunner, contexts, runner } = ordersNow()
const { TestRunner } = vitest as { TestRunner?: RunnerClass }

async function importedRunner(): Promise<RunnerClass> {
  if (runner !== undefined) return (await import(/* @vite-ignore */ runner)).default
  return (await import(/* @vite-ignore */ EARLIER)).VitestTestRunner
}

function around(own: RunnerClass): RunnerClass {
  const beginning = beginsInRunner ? beginningRunner(own, ordersNow) : own
  return contexts ? followedRunner(process, beginning) : beginning
}

// Vitest waits for a promise; code that waits does not compile for each target that a project may have.
const traced: RunnerClass | Promise<RunnerClass> =
  runner === undefined && TestRunner ? around(TestRunner) : importedRunner().then(around)

export default traced
