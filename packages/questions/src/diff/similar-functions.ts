import type { TextPart } from '@tstrace/instrument/syntax'
import type { FunctionSite } from '@tstrace/results'
import { diffArrays } from 'diff'
import type { PairedFunctions, Placed } from './paired-functions.ts'
import type { Paired } from './paired-lines.ts'
import type { ReadText } from './read-text.ts'

/**
 * Finds the functions of changed texts again: by their bodies, by where their lines went, by their names; functions in functions
 * where those are that they are in. What is left may have moved anywhere.
 */
export function pairSimilar(texts: readonly Paired<ReadText>[], functions: PairedFunctions): void {
  const pairing = new Pairing(functions)
  const left: Scope = { before: [], after: [] }
  const scopes: Scope[] = []
  for (const { after, before } of texts) {
    const [one, other] = [before && new Nested(before), after && new Nested(after)]
    left.before.push(...(one?.all ?? []))
    left.after.push(...(other?.all ?? []))
    if (one && other) {
      functions.add(one.module, other.module)
      scopes.push({
        before: one.below(0),
        after: other.below(0),
        moved: movedLines(before?.lines, after?.lines),
      })
    } else scopes.push({ before: one?.below(0) ?? [], after: other?.below(0) ?? [] })
  }
  pairing.pairAll(scopes)
  pairing.pairAll([left])
}

/** A function that may be one in the other recording. */
interface Candidate {
  readonly placed: Placed
  readonly site: FunctionSite
  /** Its name without what is around it. */
  readonly name: string
  readonly part: TextPart | undefined
  readonly nested: Nested
}

/** Functions among which others are looked for. */
interface Scope {
  readonly before: Candidate[]
  readonly after: Candidate[]
  /** Where lines of the first text are in the second; undefined where that is not known. */
  readonly moved?: ReadonlyMap<number, number> | undefined
}

class Pairing {
  readonly #functions: PairedFunctions

  constructor(functions: PairedFunctions) {
    this.#functions = functions
  }

  /** What is in functions that are found is looked for in these. */
  pairAll(scopes: readonly Scope[]): void {
    for (let level = scopes; level.length > 0; ) level = this.#pairLevel(level)
  }

  #pairLevel(scopes: readonly Scope[]): Scope[] {
    const inside: Scope[] = []
    const everywhere: Scope = {
      before: scopes.flatMap(({ before }) => before),
      after: scopes.flatMap(({ after }) => after),
    }
    const within = (keys: readonly Key[], isUnique = false): void => {
      for (const scope of scopes) this.#pair(scope, { keys, isUnique }, inside)
    }
    const across = (keys: readonly Key[]): void => this.#pair(everywhere, { keys, isUnique: true }, inside)
    within([nameOf, bodyOf, lineOf])
    within([nameOf, bodyOf])
    across([nameOf, bodyOf])
    within([bodyOf], true)
    // What is short may well be the same by chance.
    across([longBodyOf])
    within([nameOf, lineOf])
    within([nameOf])
    return inside
  }

  /** @param by.isUnique whether a key is worth nothing that several have; or else they go together in their order */
  #pair(
    scope: Scope,
    by: { readonly keys: readonly Key[]; readonly isUnique: boolean },
    inside: Scope[],
  ): void {
    const { moved } = scope
    const left = scope.before.filter(({ placed }) => !this.#functions.after(placed))
    const otherLeft = scope.after.filter(({ placed }) => !this.#functions.before(placed))
    if (left.length === 0 || otherLeft.length === 0) return
    const others = groupsOf(
      otherLeft,
      keyOf(by.keys, (line) => line),
    )
    for (const [key, own] of groupsOf(
      left,
      keyOf(by.keys, (line) => moved?.get(line)),
    )) {
      const theirs = others.get(key) ?? []
      if (own.length !== theirs.length || (by.isUnique && own.length > 1)) continue
      for (const [at, one] of own.entries()) {
        const other = theirs[at] as Candidate
        this.#functions.add(one.placed, other.placed)
        const [before, after] = [one, other].map(({ nested, placed }) => nested.below(placed.index))
        if (before?.length && after?.length) inside.push({ before, after, moved })
      }
    }
  }
}

/** What the functions of a text are in. */
class Nested {
  readonly #below = new Map<number, Candidate[]>()
  readonly module: Placed
  readonly all: readonly Candidate[]

  constructor({ counted, parts }: ReadText) {
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
      const candidate = { placed, site, name: plainName(own), part: parts[index], nested: this }
      this.#below.set(outer, [...(this.#below.get(outer) ?? []), candidate])
      return candidate
    })
  }

  /** The functions that are in one, and in no other in that. */
  below(index: number): Candidate[] {
    return this.#below.get(index) ?? []
  }
}

function isIn(site: FunctionSite, outer: FunctionSite | undefined): boolean {
  const end = outer?.end
  return end !== undefined && (site.line < end.line || (site.line === end.line && site.column < end.column))
}

/** What functions have in common; undefined for what cannot be compared by it. */
type Key = (candidate: Candidate, lineOf: Lines) => string | undefined

/** A line as its number in the later text. */
type Lines = (line: number) => number | undefined

function keyOf(keys: readonly Key[], lines: Lines): (candidate: Candidate) => string | undefined {
  return (candidate) => {
    const parts = keys.map((key) => key(candidate, lines))
    return parts.includes(undefined) ? undefined : parts.join('\0')
  }
}

function groupsOf(
  candidates: readonly Candidate[],
  key: (candidate: Candidate) => string | undefined,
): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const own = key(candidate)
    if (own === undefined) continue
    const known = groups.get(own)
    if (known) known.push(candidate)
    else groups.set(own, [candidate])
  }
  return groups
}

function nameOf({ name }: Candidate): string {
  return name
}

function bodyOf({ part }: Candidate): string | undefined {
  return part?.own
}

function longBodyOf({ part }: Candidate): string | undefined {
  return part && part.end.line > part.line ? part.own : undefined
}

function lineOf({ site }: Candidate, lines: Lines): string | undefined {
  return lines(site.line)?.toString()
}

/** A function's name without the lines in it, which change when anything above it does. */
export function plainName(name: string): string {
  return name.replaceAll(/(?<=<(?:anonymous|class)):\d+(?=>)|(?::\d+)+(?=\.|$)/g, '')
}

/** Where the lines of a text are in another one. Undefined where one of them is not known. */
function movedLines(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): Map<number, number> | undefined {
  if (!before || !after) return undefined
  const isTurned = before.join('\n') > after.join('\n')
  const [one, other] = isTurned ? [after, before] : [before, after]
  const moved = new Map<number, number>()
  let [from, to] = [1, 1]
  for (const { added, count, removed } of diffArrays([...one], [...other])) {
    if (!(added || removed))
      for (let at = 0; at < count; at++)
        if (isTurned) moved.set(to + at, from + at)
        else moved.set(from + at, to + at)
    if (!added) from += count
    if (!removed) to += count
  }
  return moved
}
