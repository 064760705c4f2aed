/** What is wrong with a value read from outside, and where in it. */
export class Damage extends Error {
  constructor(where: string, problem: string) {
    super(`${where} ${problem}`)
    this.name = 'Damage'
  }
}

/** A value read from outside with known keys and unknown contents. */
export type Fields<Key extends string> = { readonly [key in Key]: unknown }

/** The value as an object with exactly these keys. */
export function fieldsOf<Key extends string>(
  value: unknown,
  where: string,
  keys: readonly Key[],
): Fields<Key> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Damage(where, 'is not an object')
  for (const key of keys)
    if (!Object.hasOwn(value, key)) throw new Damage(where, `has no ${JSON.stringify(key)}`)
  const unknown = Object.keys(value).find((key) => !(keys as readonly string[]).includes(key))
  if (unknown !== undefined) throw new Damage(where, `has an unknown key ${JSON.stringify(unknown)}`)
  return value as Fields<Key>
}

export function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Damage(where, 'is not a list')
  return value
}

export function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new Damage(where, `is not text but ${shown(value)}`)
  return value
}

/** The value as a count: a whole number from 0 to 2^53 - 1. */
export function countOf(value: unknown, where: string): number {
  if (!isWhole(value, 0)) throw new Damage(where, `is ${shown(value)}, not a whole number from 0 to 2^53 - 1`)
  return value + 0
}

export function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least
}

/** A value for a message: short, on one line. */
export function shown(value: unknown): string {
  const text = textFor(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function textFor(value: unknown): string {
  if (typeof value === 'number') return String(value)
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    // What can be read need not be nested so little that it can be written.
    return 'something nested very deeply'
  }
}
