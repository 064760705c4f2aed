/**
 * A map with methods of its own, which stay what they are when a test replaces or watches those of `Map`. Modules have to
 * be loaded before the test for it.
 */
export class OwnMap<Key, Value> extends Map<Key, Value> {}

for (const name of ['get', 'set', 'has', 'size', 'clear', 'forEach'] as const) {
  const method = Object.getOwnPropertyDescriptor(Map.prototype, name)
  if (method) Object.defineProperty(OwnMap.prototype, name, method)
}
