/** True for equal JSON values; the order of keys does not matter. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => hasSame(a, b, key))
}

function hasSame(a: object, b: object, key: string): boolean {
  return Object.hasOwn(b, key) && isSameValue(a[key as keyof typeof a], b[key as keyof typeof b])
}
