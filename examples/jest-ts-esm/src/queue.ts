export class Queue<Item> {
  readonly #items: Item[] = []

  add(...items: readonly Item[]): this {
    for (const item of items) this.#items.push(item)
    return this
  }

  async *drain(): AsyncGenerator<Item> {
    while (this.#items.length > 0) {
      await Promise.resolve()
      yield this.#items.shift() as Item
    }
  }
}
