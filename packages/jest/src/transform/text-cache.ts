/**
 * What a transformer sees as Jest's cache of file texts. ts-jest takes the text of a file from there and not from what
 * it is given, and keeps the first such cache it gets for good, so there is one for the life of a worker; it writes into
 * it as well, and what Jest reads must stay the text on disk.
 */
class TextCache extends Map<string, string> {
  below: Map<string, string> = new Map()

  override get(path: string): string | undefined {
    return super.get(path) ?? this.below.get(path)
  }

  override has(path: string): boolean {
    return super.has(path) || this.below.has(path)
  }
}

const textCache = new TextCache()

/** @param below Jest's own cache. */
export function cacheOver(below: Map<string, string>): Map<string, string> {
  textCache.below = below
  return textCache
}

/** The text that transformers see in a file from now on; undefined for the one on disk. */
export function setText(path: string, text: string | undefined): void {
  if (text === undefined) textCache.delete(path)
  else textCache.set(path, text)
}
