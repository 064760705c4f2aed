const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Reflect

/** What all typed arrays have from one place, and what Node asks those for that it writes. */
const OWNER: object = getPrototypeOf(Uint8Array.prototype) as object
const NAMES = ['length', 'buffer', 'byteLength', 'byteOffset'] as const
const ORIGINALS = NAMES.map((name) => bare(getOwnPropertyDescriptor(OWNER, name)))

/** What a descriptor lacks is looked for in its prototype, where a program may have put it. */
function bare(descriptor: PropertyDescriptor | undefined): PropertyDescriptor | undefined {
  if (descriptor) setPrototypeOf(descriptor, null)
  return descriptor
}

/**
 * Does something at once, and gives what it gives, while typed arrays have their lengths and buffers, whatever a program has
 * made of them by then; afterwards they are that again.
 */
export function withTypedArrays<Result>(action: () => Result): Result {
  const changed: (PropertyDescriptor | undefined)[] = []
  let isChanged = false
  for (let at = 0; at < NAMES.length; at++) {
    const now = getOwnPropertyDescriptor(OWNER, NAMES[at] as string)
    const original = ORIGINALS[at] as PropertyDescriptor
    if (now && now.get === original.get) continue
    isChanged = true
    changed[at] = bare(now) ?? MISSING
    defineProperty(OWNER, NAMES[at] as string, original)
  }
  if (!isChanged) return action()
  try {
    return action()
  } finally {
    for (let at = 0; at < NAMES.length; at++) {
      const before = changed[at]
      if (before === MISSING) deleteProperty(OWNER, NAMES[at] as string)
      else if (before) defineProperty(OWNER, NAMES[at] as string, before)
    }
  }
}

const MISSING: PropertyDescriptor = {}
