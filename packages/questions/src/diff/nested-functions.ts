import type { FunctionSite } from '@tstrace/results'
import type { Placed } from './paired-functions.ts'
import { plainName } from './plain-name.ts'
import type { ReadText } from './read-text.ts'

/** A function that may be one in the other recording. */
export interface Candidate {
  readonly placed: Placed
  readonly site: FunctionSite
  /** Its name without what is around it. */
  readonly name: string
  readonly read: ReadText
  readonly nested: NestedFunctions
}

/** What the functions of a text are in. */
export class NestedFunctions {
  readonly #below = new Map<number, Candidate[]>()
  readonly module: Placed
  readonly all: readonly Candidate[]

  constructor(read: ReadText) {
    const { counted } = read
    const around = [0]
    const { functions } = counted
    this.module = { text: counted, index: 0 }
    this.all = functions.slice(1).map((site, at) => {
      const index = at + 1
      while (around.length > 1 && !isIn(site, functions[around.at(-1) as number])) around.pop()
      const outer = around.at(-1) as number
      around.push(index)
      const prefix = outer === 0 ? '' : `${functions[outer]?.name}.`
      const own = site.name.startsWith(prefix) ? site.name.slice(prefix.length) : site.name
      const placed = { text: counted, index }
      const candidate = { placed, site, name: plainName(own), read, nested: this }
      const known = this.#below.get(outer)
      if (known) known.push(candidate)
      else this.#below.set(outer, [candidate])
      return candidate
    })
  }

  /** The functions that are in one, and in no other in that. */
  below(index: number): readonly Candidate[] {
    return this.#below.get(index) ?? []
  }
}

function isIn(site: FunctionSite, outer: FunctionSite | undefined): boolean {
  const end = outer?.end
  return end !== undefined && (site.line < end.line || (site.line === end.line && site.column < end.column))
}
