import { distance } from 'fastest-levenshtein'

/** A name is near when fewer of its letters than these are wrong: of five one, of eight three. */
const TOO_MANY = 0.4

/** Where as many letters are there as were meant, all of them were replaced, which is how other words differ: of six two. */
const TOO_MANY_REPLACED = 0.3

/** Characters of what somebody has typed. With nothing longer is compared: that takes the longer the longer both are. */
const LONGEST = 256

/** The known name that `unknown` most likely was meant to be; none when nothing is near. */
export function nearestName(unknown: string, known: readonly string[]): string | undefined {
  if (unknown.length > LONGEST) return undefined
  const written = essence(unknown)
  let least = TOO_MANY
  let nearest: string | undefined
  for (const name of known) {
    const meant = essence(name)
    const longer = Math.max(written.length, meant.length)
    // Of many names most are far from it, which their lengths say, or what is there without letters that changed places.
    if (Math.abs(written.length - meant.length) / longer >= least) continue
    const plain = distance(written, meant)
    if ((plain - 1) / longer >= least) continue
    const share = Math.min(plain, ...swapped(written).map((other) => 1 + distance(other, meant))) / longer
    if (share >= least || (written.length === meant.length && share >= TOO_MANY_REPLACED)) continue
    least = share
    nearest = name
  }
  return nearest
}

/** Names differ neither by case nor by what stands between words or in front of them. */
function essence(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

/** A text with two letters that have changed places, in all ways: that is one mistake. */
function swapped(text: string): readonly string[] {
  return [...text].slice(1).map((_, before) => {
    const at = before + 1
    return `${text.slice(0, at - 1)}${text[at]}${text[at - 1]}${text.slice(at + 1)}`
  })
}
