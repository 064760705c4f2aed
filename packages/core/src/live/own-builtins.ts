/*
 * What is called here is taken when our half is loaded, before the program can replace it.
 */
const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys, setPrototypeOf } =
  Reflect

/** What belongs to the language, and what Node adds that the guest and the parser use. */
const NAMES = [
  ...[
    'Object',
    'Function',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'RegExp',
    'Date',
    'Error',
  ],
  ...[
    'SyntaxError',
    'TypeError',
    'RangeError',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'Promise',
    'Proxy',
  ],
  ...['Reflect', 'Math', 'JSON', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Atomics', 'WebAssembly'],
  ...['Int8Array', 'Uint8Array', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array'],
  ...['Float64Array', 'BigInt64Array', 'BigUint64Array', 'Uint8ClampedArray', 'FinalizationRegistry'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'decodeURIComponent', 'encodeURIComponent', 'decodeURI'],
  ...['encodeURI', 'Buffer', 'URL', 'URLSearchParams', 'TextDecoder', 'TextEncoder', 'process', 'globalThis'],
]

interface Property {
  readonly owner: object
  readonly key: PropertyKey
  readonly descriptor: PropertyDescriptor
}

/** Does something at once with the builtins as they were, and gives what it gives. */
export type WithOwnBuiltins = <Result>(action: () => Result) => Result

/**
 * Keeps the builtins as they are now.
 *
 * @returns what does something at once with them, whatever the program has put in their place by then; afterwards they are
 * again what the program has made of them. What it has frozen stays as it is.
 */
export function ownBuiltins(): WithOwnBuiltins {
  const known: Property[] = []
  for (const owner of ownersOf()) for (const key of ownKeys(owner)) note(known, owner, key)
  for (const name of NAMES) note(known, globalThis, name)
  let isWithin = false
  return (action) => {
    // To look at all of them takes its time, and they are as they were.
    if (isWithin) return action()
    const changed: Property[] = []
    for (let at = 0; at < known.length; at++) {
      const { descriptor, key, owner } = known[at] as Property
      const now = getOwnPropertyDescriptor(owner, key)
      if (now && isSame(now, descriptor)) continue
      changed[changed.length] = { owner, key, descriptor: bare(now ?? {}) }
      defineProperty(owner, key, bare(descriptor))
    }
    isWithin = true
    try {
      return changed.length === 0 ? action() : restoring(changed, action)
    } finally {
      isWithin = false
    }
  }
}

function restoring<Result>(changed: readonly Property[], action: () => Result): Result {
  try {
    return action()
  } finally {
    for (let at = changed.length - 1; at >= 0; at--) {
      const { descriptor, key, owner } = changed[at] as Property
      if (descriptor.get || descriptor.set || 'value' in descriptor) defineProperty(owner, key, descriptor)
      else deleteProperty(owner, key)
    }
  }
}

function isSame(a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return a.value === b.value && a.get === b.get && a.set === b.set
}

/** What a descriptor lacks is looked for in its prototype, where a program may have put it. */
function bare(descriptor: PropertyDescriptor): PropertyDescriptor {
  setPrototypeOf(descriptor, null)
  return descriptor
}

function note(known: Property[], owner: object, key: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(owner, key)
  if (descriptor?.configurable) known[known.length] = { owner, key, descriptor }
}

/** Constructors and namespaces, their prototypes, and the prototypes of what only syntax and methods make. */
function ownersOf(): object[] {
  const found = new Set<object>()
  const add = (value: unknown): void => {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') found.add(value)
  }
  for (const name of NAMES) {
    if (name === 'process' || name === 'globalThis') continue
    const value = (globalThis as unknown as Record<string, { readonly prototype?: unknown } | undefined>)[
      name
    ]
    add(value)
    add(value?.prototype)
  }
  const iterators = [
    [].values(),
    new Map().values(),
    new Set().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/a/g),
  ]
  for (const iterator of iterators) for (const one of chainOf(iterator)) add(one)
  const functions: readonly unknown[] = [function* () {}, async () => {}, async function* () {}]
  for (const made of functions)
    for (const one of [...chainOf(made), ...chainOf((made as { prototype?: unknown }).prototype)]) add(one)
  for (const one of [Uint8Array, Uint8Array.prototype]) add(getPrototypeOf(one))
  return [...found]
}

function chainOf(value: unknown): object[] {
  const chain: object[] = []
  if (value === undefined) return chain
  for (let next = getPrototypeOf(value as object); next; next = getPrototypeOf(next)) chain.push(next)
  return chain
}
