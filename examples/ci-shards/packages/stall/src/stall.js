class Stall {
  #fruits = []

  add(...fruits) {
    for (const fruit of fruits) {
      this.#fruits.push(fruit)
    }
    return this
  }

  sell() {
    return this.#fruits.shift() ?? this.close()
  }

  close() {
    return 'sold out'
  }
}

module.exports = { Stall }
