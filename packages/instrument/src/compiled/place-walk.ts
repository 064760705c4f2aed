import type { FunctionSite, LineSite, Place, SiteTable } from '@tstrace/results'

/** Where in a text execution is, as far as its counters tell. */
export interface Surroundings {
  /** Number of the functions around a place, from the module to the innermost. */
  readonly functions: readonly number[]
  /** What says how often a place ran: the statement it is in, or else the arm or the function. */
  readonly counters: readonly number[]
  /** What says how often the innermost function was made: that of what is around it. */
  readonly around: readonly number[]
}

interface Region {
  readonly start: Place
  readonly end: Place
  /** Undefined for the arm of a branch. */
  readonly index?: number
  /** Of what began last in it. */
  counters: readonly number[]
}

/** Goes through a text with counters from its beginning to its end, and says what is around each place. */
export class PlaceWalk {
  readonly #regions: readonly Region[]
  readonly #statements: readonly LineSite[]
  readonly #open: Region[] = []
  #region = 0
  #statement = 0

  constructor({ branches, functions, lines }: SiteTable) {
    const regions: Region[] = functions.map((site, index) => ({ ...regionOf(site), index }))
    for (const { arms } of branches) regions.push(...arms.map(regionOf))
    this.#regions = regions.sort((a, b) => compared(a.start, b.start) || compared(b.end, a.end))
    this.#statements = lines.filter(({ rule }) => rule !== 'definition').sort(compared)
  }

  /** @param place not in front of that of the call before */
  at(place: Place): Surroundings {
    for (;;) {
      const region = this.#regions[this.#region]
      const statement = this.#statements[this.#statement]
      const isRegion = region && compared(region.start, place) <= 0
      const isStatement = statement && compared(statement, place) <= 0
      if (isRegion && !(isStatement && compared(statement, region.start) < 0)) {
        this.#closeBefore(region.start)
        this.#open.push(region)
        this.#region++
      } else if (isStatement) {
        this.#closeBefore(statement)
        const around = this.#open.at(-1)
        if (around) around.counters = statement.counters
        this.#statement++
      } else break
    }
    this.#closeBefore(place)
    const innermost = this.#open.findLastIndex(({ index }) => index !== undefined)
    return {
      functions: this.#open.flatMap(({ index }) => index ?? []),
      counters: this.#open.at(-1)?.counters ?? [],
      around: this.#open[innermost - 1]?.counters ?? [],
    }
  }

  #closeBefore(place: Place): void {
    for (let last = this.#open.at(-1); last && compared(last.end, place) <= 0; last = this.#open.at(-1)) {
      // A module has nothing behind it.
      if (this.#open.length === 1) return
      this.#open.pop()
    }
  }
}

function regionOf({ column, counter, end, line }: Omit<FunctionSite, 'name'>): Region {
  return { start: { line, column }, end, counters: [counter] }
}

function compared(one: Place, other: Place): number {
  return one.line - other.line || one.column - other.column
}
