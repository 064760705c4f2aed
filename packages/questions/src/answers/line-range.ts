import type { SourceVersion } from '@tstrace/results'

/** Executable lines next to each other, in one function. */
export interface LineRange {
  readonly path: string
  readonly hash: string
  /** `<module>` for what is in no function. */
  readonly function: string
  /** 1-based. */
  readonly from: number
  readonly to: number
  /** How many executable lines they are. */
  readonly lines: number
}

/**
 * The texts that something is in, each once, by path and hash.
 *
 * @param most how many at most, of the first that come. Default: all
 */
export function textsOf(
  ranges: readonly SourceVersion[],
  most: number = Number.POSITIVE_INFINITY,
): SourceVersion[] {
  const texts = new Map<string, SourceVersion>()
  for (const { hash, path } of ranges) {
    if (texts.size >= most) break
    texts.set(`${path}\0${hash}`, { path, hash })
  }
  return [...texts.values()].sort((a, b) => compare(a.path, b.path) || compare(a.hash, b.hash))
}

/** By path, hash and line. */
export function compareRanges(a: LineRange, b: LineRange): number {
  return compare(a.path, b.path) || compare(a.hash, b.hash) || a.from - b.from
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
