import type { Context, TestContext } from '@tstrace/results'
import { testsOf } from './attempts.ts'

/** How tests ended, each of them one attempt: the one that decided. */
export interface Verdicts {
  readonly failed: readonly TestContext[]
  readonly passed: readonly TestContext[]
  /** Tests that failed, and passed when they were tried again. */
  readonly flaky: number
  /** Tests of whose end nothing was heard. */
  readonly unfinished: number
}

/** What became of every test. One that is repeated fails if it fails once; one that is retried, if the last attempt does. */
export function verdictsOf(contexts: readonly Context[]): Verdicts {
  const failed: TestContext[] = []
  const passed: TestContext[] = []
  let [flaky, unfinished] = [0, 0]
  for (const all of testsOf(contexts)) {
    const last = all.length === 1 ? all : lastOf(all)
    const inState = (state: string): TestContext | undefined => last.findLast((one) => one.state === state)
    const [bad, good] = [inState('failed'), inState('passed')]
    if (bad) failed.push(bad)
    else if (inState('unfinished')) unfinished++
    else if (good && all.some(({ state }) => state === 'failed')) flaky++
    else if (good) passed.push(good)
  }
  return { failed, passed, flaky, unfinished }
}

/** Those of each repeat that nothing followed. Several runs may each have one. */
function lastOf(attempts: readonly TestContext[]): readonly TestContext[] {
  const retries = new Map<number, number>()
  for (const { repeat, retry } of attempts) retries.set(repeat, Math.max(retry, retries.get(repeat) ?? 0))
  return attempts.filter(({ repeat, retry }) => retry === retries.get(repeat))
}
