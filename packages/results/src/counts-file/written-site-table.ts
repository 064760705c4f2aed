import type { BranchSite } from '../results/site-table.ts'

/*
 * Most site tables in files are as `siteTableText` has written them. That is found out byte by byte, since nobody who adds up counts
 * needs an object for each line and function.
 */

const [RULES, LINES, FUNCTIONS, BRANCHES] = ['{"rules":', ',"lines":', ',"functions":', ',"branches":'].map(
  (text) => Buffer.from(text),
) as [Buffer, Buffer, Buffer, Buffer]

const KINDS = (
  ['if', 'cond-expr', 'binary-expr', 'switch', 'default-arg'] satisfies BranchSite['kind'][]
).map((kind) => Buffer.from(`"${kind}"`))

const [QUOTE, COMMA, ZERO, NINE, OPEN, BACKSLASH, CLOSE, END] = [34, 44, 48, 57, 91, 92, 93, 125]
const [SPACE, DELETE] = [32, 127]

/** Whether bytes are a sound site table of so many counters, and just what `siteTableText` writes for it. */
export function isWrittenSiteTable(bytes: Buffer, counters: number): boolean {
  return new TableScanner(bytes, counters).isTable()
}

/** Each method says whether what it is named after comes next, and is behind it then. */
class TableScanner {
  readonly #bytes: Buffer
  readonly #counters: number
  readonly #rules = new Set<string>()
  /** Rules are in the order in which lines have them. */
  #usedRules = 0
  #at = 0

  constructor(bytes: Buffer, counters: number) {
    this.#bytes = bytes
    this.#counters = counters
  }

  isTable(): boolean {
    return (
      this.#bytesOf(RULES) &&
      this.#list(() => this.#rule()) &&
      this.#bytesOf(LINES) &&
      this.#list(() => this.#line()) &&
      this.#usedRules === this.#rules.size &&
      this.#bytesOf(FUNCTIONS) &&
      this.#list(() => this.#byte(OPEN) && this.#text() && this.#byte(COMMA) && this.#countedSpan()) &&
      this.#bytesOf(BRANCHES) &&
      this.#list(() => this.#branch()) &&
      this.#byte(END) &&
      this.#at === this.#bytes.length
    )
  }

  #list(item: () => boolean): boolean {
    if (!this.#byte(OPEN)) return false
    if (this.#byte(CLOSE)) return true
    do if (!item()) return false
    while (this.#byte(COMMA))
    return this.#byte(CLOSE)
  }

  #rule(): boolean {
    const start = this.#at
    if (!this.#text()) return false
    const rules = this.#rules.size
    return this.#rules.add(this.#bytes.toString('utf8', start, this.#at)).size > rules
  }

  #line(): boolean {
    if (!this.#byte(OPEN) || !this.#place() || !this.#byte(COMMA)) return false
    const rule = this.#number()
    if (rule < 0 || rule > this.#usedRules || rule >= this.#rules.size) return false
    if (rule === this.#usedRules) this.#usedRules++
    // The mark of a pragma, and no more than that.
    if (!this.#byte(COMMA) || !(this.#byte(ZERO) || this.#byte(ZERO + 1))) return false
    while (this.#byte(COMMA)) if (!this.#counter()) return false
    return this.#byte(CLOSE)
  }

  #branch(): boolean {
    return (
      this.#byte(OPEN) &&
      KINDS.some((kind) => this.#bytesOf(kind)) &&
      this.#byte(COMMA) &&
      this.#place() &&
      this.#byte(COMMA) &&
      this.#place() &&
      this.#byte(COMMA) &&
      this.#list(() => this.#byte(OPEN) && this.#countedSpan()) &&
      this.#byte(CLOSE)
    )
  }

  /** What functions and arms of branches end with. */
  #countedSpan(): boolean {
    return (
      this.#place() &&
      this.#byte(COMMA) &&
      this.#place() &&
      this.#byte(COMMA) &&
      this.#counter() &&
      this.#byte(CLOSE)
    )
  }

  #place(): boolean {
    return this.#number() >= 1 && this.#byte(COMMA) && this.#number() >= 0
  }

  #counter(): boolean {
    const counter = this.#number()
    return counter >= 0 && counter < this.#counters
  }

  /** A whole number; -1 where there is none. */
  #number(): number {
    const start = this.#at
    let value = 0
    let byte = this.#bytes[start] as number
    while (byte >= ZERO && byte <= NINE) {
      value = value * 10 + (byte - ZERO)
      byte = this.#bytes[++this.#at] as number
    }
    const isSound = this.#at === start + 1 || (this.#at > start && this.#bytes[start] !== ZERO)
    return isSound && value <= Number.MAX_SAFE_INTEGER ? value : -1
  }

  #text(): boolean {
    const start = this.#at
    if (!this.#byte(QUOTE)) return false
    let isPlain = true
    let byte = this.#bytes[this.#at] as number
    while (byte !== QUOTE) {
      if (!(byte >= SPACE)) return false
      if (byte === BACKSLASH) this.#at++
      if (byte === BACKSLASH || byte >= DELETE) isPlain = false
      byte = this.#bytes[++this.#at] as number
    }
    this.#at++
    return isPlain || isWrittenText(this.#bytes.toString('utf8', start, this.#at))
  }

  #byte(byte: number): boolean {
    if (this.#bytes[this.#at] !== byte) return false
    this.#at++
    return true
  }

  #bytesOf(some: Buffer): boolean {
    for (let at = 0; at < some.length; at++) if (this.#bytes[this.#at + at] !== some[at]) return false
    this.#at += some.length
    return true
  }
}

/** What is escaped can be written in several ways. */
function isWrittenText(json: string): boolean {
  try {
    return JSON.stringify(JSON.parse(json)) === json
  } catch {
    return false
  }
}
