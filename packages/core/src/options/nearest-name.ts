import { distance } from 'fastest-levenshtein'

/** A name is near when fewer of its letters than these are wrong: of five one, of eight three. */
const TOO_MANY = 0.4

/** The known name that `unknown` most likely was meant to be; none when nothing is near. */
export function nearestName(unknown: string, known: readonly string[]): string | undefined {
  const written = essence(unknown)
  let least = TOO_MANY
  let nearest: string | undefined
  for (const name of known) {
    const meant = essence(name)
    const share = mistakes(written, meant) / Math.max(written.length, meant.length)
    if (share >= least) continue
    least = share
    nearest = name
  }
  return nearest
}

/** Names differ neither by case nor by what stands between words or in front of them. */
function essence(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

/** Letters to be put in, taken out or replaced; two that changed places are one mistake. */
function mistakes(written: string, meant: string): number {
  const swapped = [...written].flatMap((_, at) => (at === 0 ? [] : withSwapped(written, at)))
  return Math.min(distance(written, meant), ...swapped.map((other) => 1 + distance(other, meant)))
}

function withSwapped(text: string, at: number): string {
  return `${text.slice(0, at - 1)}${text[at]}${text[at - 1]}${text.slice(at + 1)}`
}
