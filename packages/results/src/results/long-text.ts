/** Bytes that a text has room for before it grows. */
const ROOM = 2 ** 16

const [ASCII, ZERO, COMMA] = [128, 48, 44]

/**
 * A text that is made of many short parts. It is put together as bytes: as so many strings it would be most of what the garbage
 * collector finds.
 */
export class LongText {
  #bytes = Buffer.allocUnsafeSlow(ROOM)
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
    const text = this.#bytes.toString('utf8', 0, this.#length)
    this.#length = 0
    return text
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
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
