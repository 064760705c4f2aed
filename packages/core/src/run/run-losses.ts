import type { TestFilePlace } from '../collect/context-sums.ts'

/** What is missing from the counts, as sentences; of earlier runs what their test files have not counted again since. */
export class RunLosses {
  /** With the key of the test file that lacks something, or ''. */
  readonly #now = new Map<string, string>()
  readonly #earlier = new Map<string, string>()

  /** @param place of the test file that lacks something, where that is known */
  add(loss: string, place?: TestFilePlace): void {
    this.#now.set(loss, place && place.testFile !== '' ? keyOfTest(place) : '')
  }

  get list(): readonly string[] {
    return [...new Set([...this.#earlier.keys(), ...this.#now.keys()])]
  }

  clear(): void {
    this.#now.clear()
  }

  /** Another run begins. */
  beginRun(): void {
    for (const [loss, test] of this.#now) if (test !== '') this.#earlier.set(loss, test)
    this.#now.clear()
  }

  /** @param ran keys of the test files that have run again */
  settle(ran: { has(key: string): boolean }): void {
    for (const [loss, test] of this.#earlier) if (ran.has(test)) this.#earlier.delete(loss)
  }
}

export function keyOfTest({ project, testFile }: TestFilePlace): string {
  return JSON.stringify([project, testFile])
}
