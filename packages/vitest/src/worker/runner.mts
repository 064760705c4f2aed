/*
 * The test runner of projects whose contexts are told apart by test: the project's own, which says when a test or a describe
 * begins and ends. It is bundled into one file, and evaluated where the tests are.
 */
import * as vitest from 'vitest'
import { followedRunner, type RunnerClass } from './follow-tests.mts'
import { ORDERS_KEY, type WorkerOrders } from './worker-orders.ts'

/** Before Vitest 4.1; it must not be there to be found in later ones. */
const EARLIER = 'vitest/runners'

const { runner } = (vitest.inject as (key: string) => WorkerOrders)(ORDERS_KEY)

async function ownRunner(): Promise<RunnerClass> {
  if (runner !== undefined) return (await import(/* @vite-ignore */ runner)).default
  const { TestRunner } = vitest as { TestRunner?: RunnerClass }
  return TestRunner ?? (await import(/* @vite-ignore */ EARLIER)).VitestTestRunner
}

const followed: RunnerClass = followedRunner(process, await ownRunner())

export default followed
