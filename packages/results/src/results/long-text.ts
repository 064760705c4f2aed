/** Bytes that a text has room for at first. */
const ROOM = 2 ** 16

// Pages in a browser, which have no `Buffer`, load this, too.
const NO_ROOM = new Uint8Array(0) as Buffer

/** The room of a text that was taken, for the next one. */
let spare = NO_ROOM

const [ASCII, ZERO, COMMA] = [128, 48, 44]

/**
 * A text that is made of many short parts. It is put together as bytes: as so many strings it would be most of what the garbage
 * collector finds.
 */
export class LongText {
  #bytes = NO_ROOM
  #length = 0

  /**
   * Adds a text, or a part of it.
   *
   * @param to the place behind its last character. Default: its end
   */
  add(text: string, from = 0, to: number = text.length): void {
    this.#makeRoom(to - from)
    const bytes = this.#bytes
    let length = this.#length
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at)
      if (code >= ASCII) return this.#addOther(text.slice(at, to), length)
      bytes[length++] = code
    }
    this.#length = length
  }

  /** Adds a part of the bytes of a text. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#makeRoom(to - from)
    for (let at = from; at < to; at++) this.#bytes[this.#length++] = bytes[at] as number
  }

  /** @param number a whole one from 0 to 2^53 - 1 */
  addNumber(number: number): void {
    let digits = 1
    for (let rest = number; rest >= 10; rest = Math.floor(rest / 10)) digits++
    this.#makeRoom(digits)
    this.#length += digits
    let rest = number
    for (let at = this.#length - 1; digits > 0; at--, digits--) {
      this.#bytes[at] = ZERO + (rest % 10)
      rest = Math.floor(rest / 10)
    }
  }

  /** Adds numbers with commas between them. */
  addNumbers(numbers: ArrayLike<number>): void {
    for (let at = 0; at < numbers.length; at++) {
      if (at > 0) this.#addByte(COMMA)
      this.addNumber(numbers[at] as number)
    }
  }

  /** All that was added since this was called last. */
  take(): string {
    const bytes = this.takeBytes()
    return bytes.toString('utf8')
  }

  /** As `take`, as the bytes of a file. They hold until anything is added to any text. */
  takeBytes(): Buffer {
    const bytes = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    if (this.#bytes.length > spare.length) spare = this.#bytes
    this.#bytes = NO_ROOM
    return bytes
  }

  #addByte(byte: number): void {
    this.#makeRoom(1)
    this.#bytes[this.#length++] = byte
  }

  #addOther(text: string, start: number): void {
    this.#length = start
    // No UTF-16 unit takes more than three bytes.
    this.#makeRoom(text.length * 3)
    this.#length += this.#bytes.write(text, start, 'utf8')
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger =
      needed <= spare.length ? spare : Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2, ROOM))
    if (larger === spare) spare = NO_ROOM
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
