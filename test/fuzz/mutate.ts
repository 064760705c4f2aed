const WORDS = [
  'let',
  'a',
  'b',
  'await',
  'yield',
  '(',
  ')',
  '{',
  '}',
  ';',
  'function',
  'return',
  'class',
  '=>',
  ',',
  'of',
  '1',
]

/**
 * The tokens with one of them left out, doubled, exchanged, or put in: mostly no program any more. The first stays: a script
 * that begins with `await (` could be a module.
 */
export function mutated(tokens: readonly string[], change: number): string[] {
  const most = tokens.length - 1
  const at = 1 + (change % most)
  const rest = Math.floor(change / most)
  const word = WORDS[rest % WORDS.length] as string
  const token = tokens[at] as string
  const places: readonly (readonly string[])[] = [[], [token, token], [word], [word, token]]
  return [...tokens.slice(0, at), ...(places[rest % places.length] as string[]), ...tokens.slice(at + 1)]
}
