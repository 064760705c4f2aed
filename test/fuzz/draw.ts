/*
 * Programs as lists of tokens, drawn at random. They call `log` to show what they do and `fuel` so that they end. Names
 * are few, so that what is declared twice, shadows, or is called before it exists, comes by itself.
 */

/** Gives a number from 0 to below the given one. */
export type Draw = (below: number) => number

/** What may stand at a place. */
export interface Place {
  readonly async: boolean
  readonly generator: boolean
  /** Whether `return` may stand there. */
  readonly returns: boolean
  readonly loop: boolean
  /** Whether statements of a script may be used that a module may not have. */
  readonly sloppy: boolean
  readonly depth: number
  /** What is drawn for a list of statements in it. */
  readonly statements: Rule
}

export type Tokens = readonly string[]
export type Rule = (draw: Draw, place: Place) => Tokens

/** The names that programs share. */
export const NAMES = ['a', 'b', 'c', '$', 'of', 'get', 'async', 'ü']

/** Tokens one after the other; of a text those between its blanks. */
export function code(...parts: readonly (string | Tokens)[]): Tokens {
  return parts.flatMap((part) => (typeof part === 'string' ? part.split(' ') : part))
}

export function pick<T>(draw: Draw, values: readonly T[]): T {
  return values[draw(values.length)] as T
}

export const name = (draw: Draw): string => pick(draw, NAMES)
/** A name that hardly any other declaration has: a second one would mostly be an error. */
export const ownName = (draw: Draw): string => `v${draw(1000)}`
export const deeper = (place: Place): Place => ({ ...place, depth: place.depth - 1 })

export function list(
  draw: Draw,
  rule: () => Tokens,
  { most, by = ',' }: { most: number; by?: string },
): string[] {
  const tokens: string[] = []
  for (let left = draw(most + 1); left > 0; left--) {
    if (tokens.length > 0) tokens.push(by)
    tokens.push(...rule())
  }
  return tokens
}
