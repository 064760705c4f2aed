import platform, { type PlatformPath } from 'node:path'

/**
 * The file that a Vite module id stands for; undefined for what is no file as it is on disk. Vite adds `?v=` and `?t=`
 * for its caches, and `?import`; every other query asks for something made of the file. As a URL, a file outside of
 * Vite's root has `/@fs/` in front.
 *
 * @param style the rules for paths: those of this platform unless given
 */
export function modulePath(id: string, style: PlatformPath = platform): string | undefined {
  const [given = '', query] = id.split('?', 2)
  const file = given.replace(/^\/@fs(?=\/)(\/(?=[A-Za-z]:\/))?/, '')
  if (id.includes('\0') || !style.isAbsolute(file)) return undefined
  const known = query === undefined || query.split('&').every((part) => /^(v|t|import)(=|$)/.test(part))
  return known ? style.normalize(file) : undefined
}
