import { sentenceOf } from '@tstrace/results/errors'
import { withoutLikes } from './untouched.ts'

/** What it costs when tracing cannot begin. */
export const UNTRACED = 'Nothing was traced.'

/** What went wrong around a test run, as sentences: nothing of it may change the outcome of the tests. */
export class RunProblems {
  readonly #said = new Set<string>()

  /** In the order in which they came; what is the same of many files is said once. */
  get list(): readonly string[] {
    return withoutLikes([...this.#said])
  }

  /** What is there already is not said again: something may go wrong after each test file. */
  add(problems: readonly string[]): void {
    for (const problem of problems) this.#said.add(problem)
  }

  clear(): void {
    this.#said.clear()
  }

  /**
   * Does something; an error is a problem, and gives undefined.
   *
   * @param cost a sentence to go with an error: what does not happen then. Default: none
   */
  async attempt<Value>(action: () => Value | Promise<Value>, cost = ''): Promise<Value | undefined> {
    try {
      return await action()
    } catch (error) {
      this.#note(error, cost)
      return undefined
    }
  }

  /** The same, at once. */
  attemptNow<Value>(action: () => Value, cost = ''): Value | undefined {
    try {
      return action()
    } catch (error) {
      this.#note(error, cost)
      return undefined
    }
  }

  /** Our own errors say what to do, and the system's what is wrong; of others it has to be known where they come from. */
  #note(error: unknown, cost: string): void {
    const saysAll = !(error instanceof Error) || error.name === 'TstraceError' || 'syscall' in error
    if (saysAll) return this.add([sentenceOf(error, cost)])
    this.add([[error.stack || error.message, cost].filter(Boolean).join('\n')])
  }
}
