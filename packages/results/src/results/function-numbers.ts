import type { CallEdge, FunctionReference } from './results-data.ts'

/** More functions than memory has room for; two numbers below it are one that is exact. */
const MOST_FUNCTIONS = 2 ** 26

/** Numbers functions, so that a pair of them is found by one number: a text of two paths and two names is long, and made anew for each. */
export class FunctionNumbers {
  /** By path and name. */
  readonly #numbers = new Map<string, Map<string, number>>()
  #next = 0

  /** Another number for another pair. */
  ofPair({ callee, caller }: Pick<CallEdge, 'callee' | 'caller'>): number {
    return this.#of(callee) * MOST_FUNCTIONS + this.#of(caller)
  }

  #of({ name, path }: FunctionReference): number {
    const names = this.#numbers.get(path)
    const known = names?.get(name)
    if (known !== undefined) return known
    const number = this.#next++
    if (names) names.set(name, number)
    else this.#numbers.set(path, new Map([[name, number]]))
    return number
  }
}
