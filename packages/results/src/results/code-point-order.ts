/**
 * Compares two texts by code points, as Python compares strings; negative when `a` comes first.
 *
 * JavaScript's own order compares UTF-16 units, which puts characters above U+FFFF before
 * U+E000 to U+FFFF.
 */
export function codePointOrder(a: string, b: string): number {
  if (a === b) return 0
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Moves surrogates behind everything else, so that units compare like the code points they stand for. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
