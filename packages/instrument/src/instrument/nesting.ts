import type { Language } from '../source-file/source-kind.ts'

/*
 * The parser, which is native, has no limit of its own: code that nests deeply enough ends the whole process, and sooner in
 * threads, whose stacks are smaller. Anything can nest: brackets, `a => a => …`, `a ? b : c ? d : …`, `new new …`, `A<B<C<…`.
 * So what may stand around something is added up: what of a statement has been read, and of all those that it is in.
 */

/**
 * How much there may be, in the units below. Each kind alone reaches it at a quarter to three quarters of what ends a process
 * in a thread with the usual stack of 4 MB (notes/emitted-code.md).
 */
const MOST = 30_000
const BRACKET = 30
const ANGLE = 15
const ARROW = 12
const WORD = 8
const QUESTION = 7
const ASSIGNMENT = 6
const LABEL = 4
const OPERATOR = 2

const TEXTS = /\/\/[^\n]*|\/\*.*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gs

/** Whether a text may have more in each other than can be parsed. */
export function isNestedTooDeeply(source: string, language: Language): boolean {
  if (!hasEnough(source)) return false
  if (!new Nesting(source, language).isDeep()) return false
  // What looks like code in literals and comments is none, and a long file may have much of it.
  const bare = source.replaceAll(TEXTS, (text) => (text.startsWith('/') ? ' ' : ' 0 '))
  return new Nesting(bare, language).isDeep()
}

/** Whether there is so much in a text that it could be too deep if each were in the one before: of most there is not. */
function hasEnough(source: string): boolean {
  let weight = 0
  let isInWord = false
  for (let at = 0; at < source.length && weight <= MOST; at++) {
    const code = source.charCodeAt(at)
    const isWord = kindOf(code) === PART_OF_WORD
    if (!isWord) weight += weights[code] as number
    else if (!isInWord) weight += WORD
    isInWord = isWord
  }
  return weight > MOST
}

/** Words behind which a new line begins no statement, words with which none begins, and those whose bracket is a head. */
const leading = wordSet(
  'abstract as asserts async await case delete do else export extends in infer instanceof is keyof new of readonly return satisfies throw typeof unique void yield',
)
const joining = wordSet('as else extends implements in instanceof is of satisfies')
const heads = wordSet('for if while with')

/** What goes on behind a semicolon, from `lastIndex` on. */
const otherwise = /\s*else\b/y

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

/** What of a statement, or of an item in a list, has been read at one level of brackets. */
interface Level {
  chain: number
  /** What `chain` was behind the latest head: what stands between it and its `else` is around nothing behind that. */
  head: number
  /** `<` without their `>`. */
  types: number
  /** `<` without their `</` or `/>`. */
  tags: number
  /** Whether the bracket is the head of `if` or a loop, behind which the statement goes on. */
  isHead: boolean
}

/** What was read last: a word, what may end an expression, the head of a statement that goes on, or anything else. */
const SIGN = 0
const WORD_END = 1
const END = 2
const HEAD = 3

class Nesting {
  readonly #source: string
  /** What a `<` weighs, where it begins types and where it begins a tag. */
  readonly #type: number
  readonly #tag: number
  /** Of the levels outside of this one, and of their brackets. */
  #outside = 0
  #level: Level = newLevel()
  readonly #levels: Level[] = []
  /** Levels that have been left, for those that are entered next. */
  readonly #free: Level[] = []
  #last = SIGN
  /** Where the last word is. */
  #word = 0
  #wordEnd = 0

  constructor(source: string, language: Language) {
    this.#source = source
    this.#type = language.startsWith('ts') ? ANGLE : 0
    this.#tag = language === 'ts' ? 0 : ANGLE
  }

  isDeep(): boolean {
    const source = this.#source
    let isNewLine = false
    for (let at = 0; at < source.length; at++) {
      const code = source.charCodeAt(at)
      const kind = kindOf(code)
      if (kind === BLANK) {
        if (code === NEW_LINE) isNewLine = true
        continue
      }
      if (kind === PART_OF_WORD) {
        const start = at
        while (kindOf(source.charCodeAt(at + 1)) === PART_OF_WORD) at++
        if (this.#last !== SIGN) this.#addWord(start, at + 1, isNewLine)
        this.#last = WORD_END
        this.#word = start
        this.#wordEnd = at + 1
      } else at += this.#addSign(at, code)
      isNewLine = false
      if (this.#outside + this.#level.chain > MOST) return true
    }
    return false
  }

  /** A word behind a word, an end or a head. */
  #addWord(start: number, end: number, isNewLine: boolean): void {
    const source = this.#source
    const mayBegin = this.#last !== HEAD && (isNewLine || source.charCodeAt(start - 1) === CLOSE_BLOCK)
    const goesOn =
      !mayBegin ||
      (this.#last === WORD_END && leading.has(source.slice(this.#word, this.#wordEnd))) ||
      joining.has(source.slice(start, end))
    if (!goesOn) this.#endStatement()
    else if (source.slice(start, end) === 'else') this.#level.chain = this.#level.head
    else this.#level.chain += WORD
  }

  /** @returns how many more characters belong to it */
  #addSign(at: number, code: number): number {
    const source = this.#source
    const last = this.#last
    this.#last = SIGN
    switch (code) {
      case OPEN:
      case OPEN_LIST:
      case OPEN_BLOCK:
        if (last !== SIGN) this.#level.chain += OPERATOR
        this.#open(code === OPEN && last === WORD_END && heads.has(source.slice(this.#word, this.#wordEnd)))
        return 0
      case CLOSE:
      case CLOSE_LIST:
      case CLOSE_BLOCK:
        this.#last = this.#level.isHead ? HEAD : END
        this.#close()
        return 0
      case SEMICOLON:
        otherwise.lastIndex = at + 1
        if (!otherwise.test(source)) this.#endStatement()
        return 0
      case COMMA:
        this.#level.chain = 0
        this.#level.tags = 0
        return 0
      case QUOTE:
      case APOSTROPHE:
      case BACKTICK:
        if (last !== SIGN) this.#level.chain += OPERATOR
        this.#last = END
        return 0
      case LESS:
      case GREATER:
        this.#level.chain += OPERATOR
        if (code === GREATER) this.#last = END
        this.#addAngle(at, code)
        return 0
      default:
        return this.#addOperator(code, source.charCodeAt(at + 1))
    }
  }

  #open(isHead: boolean): void {
    this.#outside += BRACKET + this.#sizeOf(this.#level)
    this.#levels.push(this.#level)
    this.#level = this.#free.pop() ?? newLevel()
    this.#level.isHead = isHead
  }

  #close(): void {
    const outer = this.#levels.pop()
    if (!outer) return
    if (this.#level.isHead) outer.head = outer.chain
    this.#free.push(cleared(this.#level))
    this.#level = outer
    this.#outside -= BRACKET + this.#sizeOf(outer)
  }

  #addAngle(at: number, code: number): void {
    const level = this.#level
    const source = this.#source
    if (code === GREATER) {
      level.types = Math.max(0, level.types - 1)
      if (source.charCodeAt(at - 1) === SLASH) level.tags = Math.max(0, level.tags - 1)
    } else if (source.charCodeAt(at + 1) === SLASH) level.tags = Math.max(0, level.tags - 1)
    else {
      level.types++
      // Right behind a word it compares, or begins types.
      if (this.#wordEnd !== at) level.tags++
      if (this.#outside + this.#sizeOf(level) > MOST) level.chain += MOST
    }
  }

  #addOperator(code: number, next: number): number {
    const level = this.#level
    if (code === EQUALS) {
      const isPair = next === EQUALS || next === GREATER
      level.chain += next === GREATER ? ARROW : isPair ? OPERATOR : ASSIGNMENT
      return isPair ? 1 : 0
    }
    const isTwice = code === QUESTION_MARK && next === QUESTION_MARK
    const isLonely = code === QUESTION_MARK && next !== DOT && !isTwice
    level.chain += isLonely ? QUESTION : code === COLON ? LABEL : OPERATOR
    return isTwice ? 1 : 0
  }

  #endStatement(): void {
    const level = this.#level
    level.chain = 0
    level.types = 0
    level.tags = 0
  }

  #sizeOf({ chain, tags, types }: Level): number {
    return chain + Math.max(this.#type * types, this.#tag * tags)
  }
}

function newLevel(): Level {
  return { chain: 0, head: 0, types: 0, tags: 0, isHead: false }
}

function cleared(level: Level): Level {
  level.chain = 0
  level.head = 0
  level.types = 0
  level.tags = 0
  return level
}

const NEW_LINE = 10
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, OPEN_BLOCK, CLOSE_BLOCK] = [40, 41, 91, 93, 123, 125]
const [QUOTE, APOSTROPHE, BACKTICK] = [34, 39, 96]
const [COMMA, DOT, SLASH, COLON, SEMICOLON] = [44, 46, 47, 58, 59]
const [LESS, EQUALS, GREATER, QUESTION_MARK] = [60, 61, 62, 63]

const BLANK = 0
const PART_OF_WORD = 1
const MARK = 2

const kinds = new Uint8Array(128).map((_, code) => {
  if (code <= 32) return BLANK
  return /[\w$#@\\]/.test(String.fromCharCode(code)) ? PART_OF_WORD : MARK
})

const opening: readonly number[] = [OPEN, OPEN_LIST, OPEN_BLOCK]
const ending: readonly number[] = [CLOSE, CLOSE_LIST, CLOSE_BLOCK, COMMA, SEMICOLON]

/** The most that a sign adds to what is around another, wherever it stands. */
const weights = kinds.map((kind, code) => {
  if (kind !== MARK || ending.includes(code)) return 0
  if (opening.includes(code)) return BRACKET + OPERATOR
  if (code === LESS) return ANGLE + OPERATOR
  if (code === EQUALS) return ARROW
  if (code === QUESTION_MARK) return QUESTION
  return code === COLON ? LABEL : OPERATOR
})

/** Behind the end of a text there is none. */
function kindOf(code: number): number {
  return code < 128 ? (kinds[code] as number) : code > 0 ? PART_OF_WORD : BLANK
}
