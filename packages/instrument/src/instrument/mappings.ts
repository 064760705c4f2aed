const DIGITS = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const COMMA = 44
const SEMICOLON = 59
/** The digit of 0. */
const NOTHING = 65

/** Numbers from here on take more than one digit. */
const ONE_DIGIT = 16

/** A segment has at most this many characters: four numbers of seven digits, and what stands in front. */
const LONGEST = 32
/** What is written next, shared by all: nobody else's turn comes before a map is done. */
const bytes = Buffer.allocUnsafeSlow(16_384)

/**
 * The mappings of a source map with one source, encoded as they are written: an object for each token of a large source would
 * be most of what instrumenting leaves to the garbage collector. Lines and columns are 0-based.
 */
export class Mappings {
  #text = ''
  #length = 0
  #isFirstOfLine = true
  #place = 0
  #line = 0
  #column = 0

  /** Ends a line of the generated text. */
  endLine(): void {
    this.#byte(SEMICOLON)
    this.#isFirstOfLine = true
    this.#place = 0
  }

  /** From a column on, the text has no source. */
  addUnmapped(place: number): void {
    this.#begin(place)
  }

  /** From a column on, the text stands for a place in the source. */
  add(place: number, line: number, column: number): void {
    const step = place - this.#place
    // Most tokens are as far from the one in front as in the source, and near.
    if (line === this.#line && step === column - this.#column && step >= 0 && step < ONE_DIGIT) {
      if (this.#isFirstOfLine) this.#isFirstOfLine = false
      else this.#byte(COMMA)
      this.#addNear(DIGITS[step << 1] as number)
      this.#place = place
      this.#column = column
      return
    }
    this.#begin(place)
    this.#number(0)
    this.#number(line - this.#line)
    this.#number(column - this.#column)
    this.#line = line
    this.#column = column
  }

  #addNear(step: number): void {
    this.#write(step)
    this.#write(NOTHING)
    this.#write(NOTHING)
    this.#write(step)
  }

  /** All that was added. */
  finish(): string {
    this.#flush()
    return this.#text
  }

  #begin(place: number): void {
    if (!this.#isFirstOfLine) this.#byte(COMMA)
    this.#isFirstOfLine = false
    this.#number(place - this.#place)
    this.#place = place
  }

  /** Five bits a digit, the lowest first; the lowest bit of all is the sign. */
  #number(value: number): void {
    let rest = value < 0 ? (-value << 1) | 1 : value << 1
    do {
      const digit = rest & 31
      rest >>>= 5
      this.#write(DIGITS[rest > 0 ? digit | 32 : digit] as number)
    } while (rest > 0)
  }

  #byte(value: number): void {
    if (this.#length + LONGEST > bytes.length) this.#flush()
    this.#write(value)
  }

  #write(value: number): void {
    bytes[this.#length++] = value
  }

  #flush(): void {
    this.#text += bytes.toString('latin1', 0, this.#length)
    this.#length = 0
  }
}
