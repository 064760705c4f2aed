/*
 * Arrays of numbers by the thousand. Each of its own would have memory of its own, which costs more to get, and to give back, than
 * what is done with it: they are cut from large ones, each place of which is given once.
 */

const CHUNK = 2 ** 16

type Numbers = Float64Array | Int32Array | Uint32Array

class Room<Kind extends Numbers> {
  readonly #make: (length: number) => Kind
  #chunk: Kind
  #start = 0

  constructor(make: (length: number) => Kind) {
    this.#make = make
    this.#chunk = make(0)
  }

  /** @returns zeros; the rest of the chunk that they are in is given to others */
  take(length: number): Kind {
    if (length > this.#chunk.length - this.#start) {
      this.#chunk = this.#make(Math.max(CHUNK, length))
      this.#start = 0
    }
    const start = this.#start
    this.#start += length
    return this.#chunk.subarray(start, start + length) as Kind
  }
}

const [floats, integers, unsigned] = [
  new Room((length) => new Float64Array(length)),
  new Room((length) => new Int32Array(length)),
  new Room((length) => new Uint32Array(length)),
]

/** As `new Float64Array`. */
export function roomyFloat64Array(length: number): Float64Array {
  return floats.take(length)
}

/** As `new Int32Array`. */
export function roomyInt32Array(length: number): Int32Array {
  return integers.take(length)
}

/** As `new Uint32Array`. */
export function roomyUint32Array(length: number): Uint32Array {
  return unsigned.take(length)
}
