import type { CoverageResults, FunctionSite, LineSite, SourceCounts, SourceVersion } from '@tstrace/results'

/** What of a function's own stands on a line, in one recording. */
export interface Unit {
  /** 1-based. */
  readonly line: number
  /** Place among the functions of the text. */
  readonly owner: number
  /** Place among the lines of that function. */
  readonly place: number
  /** That of the first site. */
  readonly rule: string
  /** Whether it is never missing. */
  readonly pragma: boolean
  /** Of each site in source order how often execution arrived there. */
  readonly numbers: readonly number[]
}

/** A text with what was counted in it, taken apart only where somebody looks. */
export class CountedText implements SourceVersion {
  readonly path: string
  readonly hash: string
  /** One for each site table that was used. */
  readonly #entries: readonly [SourceCounts, ...SourceCounts[]]
  #starts: Map<number, number[]> | undefined
  #units: readonly Unit[] | undefined

  constructor(entries: readonly [SourceCounts, ...SourceCounts[]]) {
    this.path = entries[0].path
    this.hash = entries[0].hash
    this.#entries = entries
  }

  get functions(): readonly FunctionSite[] {
    return this.#entries[0].sites.functions
  }

  /** Places of the functions that start on a line, but for the module. */
  startingOn(line: number): readonly number[] {
    if (!this.#starts) {
      this.#starts = new Map()
      for (const [index, site] of this.functions.entries())
        if (index > 0) {
          const known = this.#starts.get(site.line)
          if (known) known.push(index)
          else this.#starts.set(site.line, [index])
        }
    }
    return this.#starts.get(line) ?? []
  }

  /** How often a function was called, by its place in the table. */
  callsOf(index: number): number {
    return this.#entries.reduce(
      (sum, { counts, sites }) => sum + (counts[sites.functions[index]?.counter ?? -1] ?? 0),
      0,
    )
  }

  /** Whether nothing differs at all. */
  isAlike(other: CountedText): boolean {
    const [[own, ...more], [others, ...othersMore]] = [this.#entries, other.#entries]
    if (more.length + othersMore.length > 0 || this.hash !== other.hash) return false
    return (
      own.counts.length === others.counts.length &&
      own.counts.every((count, counter) => count === others.counts[counter])
    )
  }

  /** The lines of each function, in source order. */
  units(): readonly Unit[] {
    this.#units ??= this.#makeUnits()
    return this.#units
  }

  #makeUnits(): Unit[] {
    const [{ sites }, ...others] = this.#entries
    // Branches have counters of their own, but no lines.
    const counted = [
      this.#entries[0],
      ...others.filter((one) => one.sites.lines.length === sites.lines.length),
    ]
    const numberAt = (at: number): number =>
      counted.reduce((sum, source) => sum + countOf(source, source.sites.lines[at] as LineSite), 0)
    const order = sites.lines.map((_, at) => at).sort((a, b) => comparePlaces(sites.lines[a], sites.lines[b]))
    const owners = new Owners(sites.functions)
    const units: (Unit & { readonly numbers: number[] })[] = []
    const lasts: (typeof units)[number][] = []
    for (const at of order) {
      const site = sites.lines[at] as LineSite
      const owner = owners.of(site)
      // Sites are in their order, so that those of one line of a function follow each other among its own.
      const last = lasts[owner]
      if (last?.line === site.line) last.numbers.push(numberAt(at))
      else {
        const { line, pragma = false, rule } = site
        const unit = {
          line,
          owner,
          place: (last?.place ?? -1) + 1,
          rule,
          pragma,
          numbers: [numberAt(at)],
        }
        lasts[owner] = unit
        units.push(unit)
      }
    }
    return units
  }
}

/** The texts of results, sorted by path and hash. */
export function countedTexts(results: CoverageResults): CountedText[] {
  const texts: [SourceCounts, ...SourceCounts[]][] = []
  for (const source of results.sources()) {
    const last = texts.at(-1)
    if (last?.[0].path === source.path && last[0].hash === source.hash) last.push(source)
    else texts.push([source])
  }
  return texts.map((entries) => new CountedText(entries))
}

/** The number of a line of one function, as listings have it. */
export function numberOf({ numbers }: Unit): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0)
}

function countOf({ counts }: SourceCounts, { counters }: LineSite): number {
  return counters.reduce((sum, counter) => sum + (counts[counter] ?? 0), 0)
}

type Placed = { readonly line: number; readonly column: number }

/** Says of places, which come in their order, in which function's body they are; of its start it is what is around. */
class Owners {
  readonly #functions: readonly FunctionSite[]
  readonly #around = [0]
  #next = 1

  constructor(functions: readonly FunctionSite[]) {
    this.#functions = functions
  }

  of(place: Placed): number {
    for (let site = this.#functions[this.#next]; site; site = this.#functions[++this.#next]) {
      if (comparePlaces(site, place) >= 0) break
      this.#leave(site)
      this.#around.push(this.#next)
    }
    this.#leave(place)
    return this.#around.at(-1) as number
  }

  #leave(place: Placed): void {
    const around = this.#around
    while (around.length > 1 && comparePlaces(place, this.#functions[around.at(-1) as number]?.end) >= 0)
      around.pop()
  }
}

function comparePlaces(a: Placed | undefined, b: Placed | undefined): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
}
