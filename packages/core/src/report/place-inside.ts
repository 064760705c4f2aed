/**
 * Where what belongs to a source stands in a folder that mirrors the sources: `../` goes, so that it stays inside, and of
 * a drive its letter is left.
 */
export function placeInside(path: string): string {
  return partsOf(path).join('/')
}

/** The names of folders and file that `placeInside` is made of. */
export function partsOf(path: string): string[] {
  const inside = path.replace(/^((?:\.\.\/)+[A-Za-z]):\//, '$1/')
  const parts = inside.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.length === 0 ? ['_'] : parts
}

/** Bytes that the name of a file or folder may have on most file systems. */
const LONGEST = 255

/**
 * A path whose parts no file system refuses for their length. Parts that are too long are cut, and end with a part of their
 * hash.
 *
 * @param path with `/`, without its end
 * @param end what it ends with, as `.cover`: that is never cut
 */
export function fittingPlace(path: string, end: string): string {
  if (path.length + end.length < LONGEST / 3) return path + end
  const parts = path.split('/')
  return parts.map((part, i) => fittingPart(part, i < parts.length - 1 ? '' : end)).join('/')
}

function fittingPart(part: string, end: string): string {
  if (Buffer.byteLength(part + end) <= LONGEST) return part + end
  const { createHash } = process.getBuiltinModule('node:crypto')
  const tag = `~${createHash('sha256').update(part).digest('hex').slice(0, 8)}${end}`
  const start = Buffer.from(part).subarray(0, LONGEST - Buffer.byteLength(tag))
  // Of a character that was cut, nothing is left.
  return start.toString('utf8').replace(/\uFFFD+$/, '') + tag
}

/** Upper and lower case are all that a file system may take for the same among these characters. */
function isPlain(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) > 126) return false
  return true
}

/** Equal for names that some file system takes for the same. */
export function folded(name: string): string {
  if (isPlain(name)) return name.toLowerCase()
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}
