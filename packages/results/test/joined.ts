/** Pieces of a text as one. */
export function joined(pieces: string | Iterable<string>): string {
  return [...pieces].join('')
}
