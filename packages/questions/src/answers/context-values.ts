import type { KeptCounts } from '@tstrace/results/internal'

/** Something of each context, found by its key once: rows name contexts a hundred thousand times, by their numbers. */
export class ContextValues<Value> {
  readonly #find: (key: string) => Value
  #keys: readonly string[] = []
  #values: (Value | undefined)[] = []

  constructor(find: (key: string) => Value) {
    this.#find = find
  }

  /** By the number that a context has in some counts. What is given holds until the next counts come. */
  of({ keys }: KeptCounts): (context: number) => Value {
    if (keys !== this.#keys) {
      this.#keys = keys
      this.#values = new Array(keys.length)
    }
    return this.#at
  }

  readonly #at = (context: number): Value => {
    const known = this.#values[context]
    if (known !== undefined) return known
    const value = this.#find(this.#keys[context] as string)
    this.#values[context] = value
    return value
  }
}
