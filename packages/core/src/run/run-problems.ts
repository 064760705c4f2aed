import { messageOf, sentenceOf } from '@tstrace/results/errors'

/** What went wrong around a test run, as sentences: nothing of it may change the outcome of the tests. */
export class RunProblems {
  readonly #said = new Set<string>()

  /** In the order in which they came. */
  get list(): readonly string[] {
    return [...this.#said]
  }

  /** What is there already is not said again: something may go wrong after each test file. */
  add(problems: readonly string[]): void {
    for (const problem of problems) this.#said.add(problem)
  }

  clear(): void {
    this.#said.clear()
  }

  /** Does something; an error is a problem, and gives undefined. */
  async attempt<Value>(action: () => Value | Promise<Value>): Promise<Value | undefined> {
    try {
      return await action()
    } catch (error) {
      this.#note(error)
      return undefined
    }
  }

  /** The same, at once. */
  attemptNow<Value>(action: () => Value): Value | undefined {
    try {
      return action()
    } catch (error) {
      this.#note(error)
      return undefined
    }
  }

  /** Our own errors say what to do, and the system's what is wrong; of others it has to be known where they come from. */
  #note(error: unknown): void {
    if (!(error instanceof Error)) return this.add([messageOf(error)])
    const saysAll = error.name === 'TstraceError' || 'syscall' in error
    this.add([saysAll ? sentenceOf(error) : error.stack || error.message])
  }
}
