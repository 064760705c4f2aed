import { closest, distance } from 'fastest-levenshtein'

/** The known name that `unknown` most likely was meant to be; none when nothing is near. */
export function nearestName(unknown: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const written = unknown.toLowerCase()
  const byLowerCase = new Map(known.map((name) => [name.toLowerCase(), name]))
  const found = closest(written, [...byLowerCase.keys()])
  const tooFar = distance(written, found) > Math.max(2, written.length / 2)
  return tooFar ? undefined : byLowerCase.get(found)
}
