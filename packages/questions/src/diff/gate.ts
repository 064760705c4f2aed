import { TstraceError } from '@tstrace/results/errors'

/** A condition on numbers, as `calls(src.parse.*) > +5%`. */
export interface Gate {
  /** As it was given. */
  readonly text: string
  readonly measure: (typeof MEASURES)[number]
  /** Which functions are meant; `*` for all. */
  readonly pattern: string
  readonly operator: (typeof OPERATORS)[number]
  readonly amount: Amount
  /** Whether every test is measured by itself. */
  readonly perTest: boolean
}

export interface Amount {
  readonly value: number
  /** `number` as it stands there; `more` on top of what it was; `percent` of what it was, on top of that. */
  readonly kind: 'number' | 'more' | 'percent'
}

/** What can be measured: those of functions, then differences. */
const MEASURES = ['calls', 'count', 'lines', 'edges', 'new-missing'] as const

// The longer first.
const OPERATORS = ['>=', '<=', '==', '!=', '>', '<'] as const

/**
 * Reads a condition.
 *
 * @throws TstraceError `TST_GATE` for what is none, with the place where it goes wrong
 */
export function readGate(text: string): Gate {
  return new GateReader(text).read()
}

class GateReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): Gate {
    const measure = this.#measure()
    const isOfFunctions = measure === 'calls' || measure === 'count'
    const pattern = this.#pattern() ?? '*'
    if (this.#isAtEnd() && !isOfFunctions)
      return {
        text: this.#text,
        measure,
        pattern,
        operator: '>',
        amount: { value: 0, kind: 'number' },
        perTest: false,
      }
    const operator = this.#oneOf(OPERATORS, `a comparison (${[...OPERATORS].sort().join(', ')})`)
    const amount = this.#amount(isOfFunctions)
    const perTest = this.#perTest(isOfFunctions)
    if (!this.#isAtEnd()) throw this.#wrong('the end, or "per test"')
    return { text: this.#text, measure, pattern, operator, amount, perTest }
  }

  #measure(): Gate['measure'] {
    return this.#oneOf(MEASURES, `one of ${MEASURES.join(', ')}`)
  }

  #oneOf<Word extends string>(words: readonly Word[], expected: string): Word {
    this.#skipBlanks()
    const found = words.find((word) => this.#text.startsWith(word, this.#at))
    if (found === undefined) throw this.#wrong(expected)
    this.#at += found.length
    return found
  }

  /** Names of functions may have brackets in them, each with the other. */
  #pattern(): string | undefined {
    this.#skipBlanks()
    if (this.#text[this.#at] !== '(') return undefined
    const start = this.#at + 1
    let open = 0
    for (; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '(') open++
      if (this.#text[this.#at] === ')') open--
      if (open === 0) break
    }
    if (open > 0) throw this.#wrong('")"')
    const pattern = this.#text.slice(start, this.#at++).trim()
    if (pattern !== '') return pattern
    this.#at = start
    throw this.#wrong('the name of a function, a source, or a pattern as src.parse.*')
  }

  #amount(isOfFunctions: boolean): Amount {
    this.#skipBlanks()
    const [all, sign, digits, percent] = /^([+-]?)(\d+(?:\.\d+)?)(%?)/.exec(this.#text.slice(this.#at)) ?? []
    if (all === undefined) throw this.#wrong(isOfFunctions ? 'a number, as 12, +3 or +5%' : 'a number')
    if (!isOfFunctions && (sign || percent))
      throw this.#wrong('a number without sign or %: it is of what differs already')
    if (percent && !sign)
      throw this.#wrong(`a sign in front of ${digits}%: +${digits}% is so much more than before`)
    this.#at += all.length
    const value = Number(`${sign}${digits}`)
    return { value, kind: percent ? 'percent' : sign ? 'more' : 'number' }
  }

  #perTest(isOfFunctions: boolean): boolean {
    this.#skipBlanks()
    const [found] = /^per\s+test\b/.exec(this.#text.slice(this.#at)) ?? []
    if (found === undefined) return false
    if (!isOfFunctions) throw this.#wrong('the end: only calls and count are known per test')
    this.#at += found.length
    return true
  }

  #isAtEnd(): boolean {
    this.#skipBlanks()
    return this.#at === this.#text.length
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #wrong(expected: string): TstraceError {
    const place = `at character ${this.#at + 1}`
    return new TstraceError(
      'TST_GATE',
      `The condition "${this.#text}" goes wrong ${place}: expected ${expected}.`,
      {
        below: [`  ${this.#text}`, `  ${' '.repeat(this.#at)}^`],
      },
    )
  }
}
