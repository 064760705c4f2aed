/**
 * A map with methods of its own, which stay what they are when a test replaces or watches those of `Map`. Modules have to
 * be loaded before the test for it.
 */
export class OwnMap<Key, Value> extends Map<Key, Value> {
  // The one of the language makes an array of its arguments and iterates that, in Node.js 20 at least.
  // biome-ignore lint/complexity/noUselessConstructor: see above
  constructor() {
    super()
  }
}

for (const name of ['get', 'set', 'has', 'delete', 'size', 'clear', 'forEach'] as const) {
  const method = Object.getOwnPropertyDescriptor(Map.prototype, name)
  if (method) Object.defineProperty(OwnMap.prototype, name, method)
}
