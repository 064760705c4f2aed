/**
 * What the instrumenter found in one source file: the places that count, the functions, the branches.
 * The table and an array of counts with `counters` numbers are all that a report needs.
 */
export interface SiteTable {
  /** How many counters the file has; counter numbers run from 0 to `counters - 1`. */
  readonly counters: number
  /** Everything that starts on a line and counts, in source order. Several may start on one line. */
  readonly lines: readonly LineSite[]
  /** Every function with a body, in source order. The first is the module itself, `<module>`. */
  readonly functions: readonly FunctionSite[]
  /** Every place where execution takes one of several ways; empty unless branches were asked for. */
  readonly branches: readonly BranchSite[]
}

/** The site table of a source, as emitted code carries it where nobody could make it again. */
export interface KnownTable {
  readonly sites: SiteTable
  /** Of the text whose sites these are. */
  readonly hash: string
  /**
   * Where the code that ran numbers its functions otherwise: for each of its numbers the place in the table's functions,
   * -1 for none.
   */
  readonly functions?: readonly number[]
}

/** A place in a source text. */
export interface Place {
  /** 1-based. */
  readonly line: number
  /** 0-based, in UTF-16 code units. */
  readonly column: number
}

/** Something that starts on a line; the line's number is the largest among its sites. */
export interface LineSite extends Place {
  /** The site's count is the sum of these counters (most sites have one, some loops more). */
  readonly counters: readonly number[]
  /** The row of the listing rules it follows (`docs/reference/listing.md`). */
  readonly rule: string
  /** True where `#pragma NO COVER` stands on the line: shown when it ran, never marked missing. */
  readonly pragma?: true
}

/** A function with a body. */
export interface FunctionSite extends Place {
  /** Unique in the file: `recurse`, `Parser.parse`, `get size`, `outer.inner`, `<module>`, `it("adds")`, `map(…)`, `<anonymous:12>`. */
  readonly name: string
  /** Where the body ends. */
  readonly end: Place
  /** The counter that says how often the body was entered. */
  readonly counter: number
}

/** A place where execution takes one of several ways, in the terms of Istanbul's branch map. */
export interface BranchSite extends Place {
  readonly kind: 'if' | 'cond-expr' | 'binary-expr' | 'switch' | 'default-arg'
  readonly end: Place
  readonly arms: readonly BranchArm[]
}

export interface BranchArm extends Place {
  readonly end: Place
  readonly counter: number
}
