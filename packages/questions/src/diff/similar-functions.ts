import { diffArrays } from 'diff'
import { type Candidate, NestedFunctions } from './nested-functions.ts'
import type { PairedFunctions } from './paired-functions.ts'
import type { Paired } from './paired-lines.ts'
import type { ReadText } from './read-text.ts'

/**
 * Finds the functions of changed texts again: by how they are written, by their bodies, by where their lines went, by their names; functions in functions
 * where those are that they are in. What is left may have moved anywhere.
 */
export function pairSimilar(texts: readonly Paired<ReadText>[], functions: PairedFunctions): void {
  const pairing = new Pairing(functions)
  const left = { before: [] as Candidate[], after: [] as Candidate[] }
  const scopes: Scope[] = []
  for (const { after, before } of texts) {
    const [one, other] = [before && new NestedFunctions(before), after && new NestedFunctions(after)]
    left.before.push(...(one?.all ?? []))
    left.after.push(...(other?.all ?? []))
    if (one && other) {
      functions.add(one.module, other.module)
      scopes.push({
        before: one.below(0),
        after: other.below(0),
        moved: new MovedLines(before?.lines, after?.lines),
      })
    } else scopes.push({ before: one?.below(0) ?? [], after: other?.below(0) ?? [] })
  }
  pairing.pairAll(scopes)
  pairing.pairAll([left])
}

/** Functions among which others are looked for. */
interface Scope {
  readonly before: readonly Candidate[]
  readonly after: readonly Candidate[]
  /** Where lines of the first text are in the second. */
  readonly moved?: MovedLines | undefined
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

  #pairLevel(all: readonly Scope[]): Scope[] {
    const inside: Scope[] = []
    const scopes = all
      .map((scope) => this.#withoutWritten(scope, inside))
      .filter(({ after, before }) => before.length + after.length > 0)
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

  /** Most functions stand in the other text as they are: nobody has to know what they are made of. */
  #withoutWritten(scope: Scope, inside: Scope[]): Scope {
    const [before, after] = [this.#left(scope.before, 'after'), this.#left(scope.after, 'before')]
    const key = keyOf([nameOf, writtenOf], (line) => line)
    const others = groupsOf(after, key)
    for (const [written, [one, ...more]] of groupsOf(before, key)) {
      const [other, ...othersMore] = others.get(written) ?? []
      if (one && other && more.length + othersMore.length === 0)
        this.#pairWritten(one, other, (one) => inside.push({ ...one, moved: scope.moved }))
    }
    return { ...scope, before: this.#left(before, 'after'), after: this.#left(after, 'before') }
  }

  #pairWritten(one: Candidate, other: Candidate, leave: (scope: Scope) => void): void {
    this.#functions.add(one.placed, other.placed)
    for (const { placed, read } of [one, other]) read.noteFound(placed.index)
    const [before, after] = [one, other].map(({ nested, placed }) => nested.below(placed.index)) as [
      readonly Candidate[],
      readonly Candidate[],
    ]
    if (before.length === after.length)
      for (const [at, inner] of before.entries()) this.#pairWritten(inner, after[at] as Candidate, leave)
    // The same text by another version's table.
    else leave({ before, after })
  }

  #left(candidates: readonly Candidate[], side: 'before' | 'after'): readonly Candidate[] {
    return candidates.filter(({ placed }) => !this.#functions[side](placed))
  }

  /** @param by.isUnique whether a key is worth nothing that several have; or else they go together in their order */
  #pair(
    scope: Scope,
    by: { readonly keys: readonly Key[]; readonly isUnique: boolean },
    inside: Scope[],
  ): void {
    const { moved } = scope
    const [left, otherLeft] = [this.#left(scope.before, 'after'), this.#left(scope.after, 'before')]
    if (left.length === 0 || otherLeft.length === 0) return
    const others = groupsOf(
      otherLeft,
      keyOf(by.keys, (line) => line),
    )
    for (const [key, own] of groupsOf(
      left,
      keyOf(by.keys, (line) => moved?.lineAfter(line)),
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

function writtenOf({ placed, read }: Candidate): string | undefined {
  return read.writtenAt(placed.index)
}

function bodyOf({ placed, read }: Candidate): string | undefined {
  return read.bodyOf(placed.index)
}

function longBodyOf({ placed, read, site }: Candidate): string | undefined {
  return site.end.line > site.line ? read.bodyOf(placed.index) : undefined
}

function lineOf({ site }: Candidate, lines: Lines): string | undefined {
  return lines(site.line)?.toString()
}

/** Where the lines of a text are in another one, which is found out only where somebody asks. */
class MovedLines {
  readonly #before: readonly string[] | undefined
  readonly #after: readonly string[] | undefined
  #moved: ReadonlyMap<number, number> | undefined

  constructor(before: readonly string[] | undefined, after: readonly string[] | undefined) {
    this.#before = before
    this.#after = after
  }

  /** Undefined for a line that is not there any more, and where one of the texts is not known. */
  lineAfter(line: number): number | undefined {
    this.#moved ??= this.#before && this.#after ? movedLines(this.#before, this.#after) : new Map()
    return this.#moved.get(line)
  }
}

function movedLines(before: readonly string[], after: readonly string[]): Map<number, number> {
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
