import { type EdgePair, FunctionNames, isChanged, pairedEdges } from './changed-calls.ts'
import { type Compared, type Counts, compare, type LinePair } from './compared.ts'
import type { CountedText } from './counted-text.ts'
import type { OwnedLine } from './paired-units.ts'

/** What differs among runs of one side, which are of the same texts. */
export class Noise {
  readonly #lines = new Set<string>()
  readonly #edges: Pick<EdgePair, 'caller' | 'callee'>[] = []

  /** @param runs the first is the one that is compared with the other side */
  constructor([first, ...others]: readonly [Counts, ...Counts[]]) {
    for (const other of others) this.#add(first, other)
  }

  hasLine(line: OwnedLine | undefined): boolean {
    return line !== undefined && this.#lines.has(placeOf(line))
  }

  /** Whether there was one run, or all were alike. */
  get hasNoLines(): boolean {
    return this.#lines.size === 0
  }

  /** Says of calls in two recordings whether they are among what differs; names are those of the recordings. */
  edgesOn(side: 'before' | 'after', names: FunctionNames): (edge: EdgePair) => boolean {
    const keyOf = (one: string, other: string): string => JSON.stringify([one, other])
    const keys = new Set(
      this.#edges.map(({ callee, caller }) => keyOf(names.keyOf(caller, side), names.keyOf(callee, side))),
    )
    return ({ calleeKey, callerKey }) => keys.has(keyOf(callerKey, calleeKey))
  }

  #add(first: Counts, other: Counts): void {
    const compared = compare(first, other)
    for (const { before, after } of compared.lines) this.#lines.add(placeOf((before ?? after) as OwnedLine))
    const names = namesIn(compared)
    for (const edge of pairedEdges(first.results.edges(), other.results.edges(), names))
      if (isChanged(edge)) this.#edges.push(edge)
  }
}

export function namesIn({ functions, texts }: Compared): FunctionNames {
  const all = texts.flatMap(({ after, before }) => [after, before].filter((text) => text !== undefined))
  return new FunctionNames(functions, all as readonly CountedText[])
}

/** Where a line is in its text, whatever run it is of. */
function placeOf({ owner: { index, text }, unit }: OwnedLine): string {
  return `${text.hash} ${text.path} ${unit.line} ${index}`
}

/** Lines without those that differ among runs of a side, and those. */
export function dividedLines(
  lines: readonly LinePair[],
  [before, after]: readonly [Noise, Noise],
): { readonly kept: readonly LinePair[]; readonly noise: readonly LinePair[] } {
  if (before.hasNoLines && after.hasNoLines) return { kept: lines, noise: [] }
  // A source that one run of a side has not loaded is no line of that one.
  const isNoise = (pair: LinePair): boolean =>
    [before, after].some((noise) => noise.hasLine(pair.before) || noise.hasLine(pair.after))
  return { kept: lines.filter((pair) => !isNoise(pair)), noise: lines.filter(isNoise) }
}
