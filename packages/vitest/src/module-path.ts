import { isAbsolute, normalize } from 'node:path'

/**
 * The file that a Vite module id stands for; undefined for what is no file as it is on disk. Vite adds `?v=` and `?t=`
 * for its caches, and `?import`; every other query asks for something made of the file.
 */
export function modulePath(id: string): string | undefined {
  const [file = '', query] = id.split('?', 2)
  if (id.includes('\0') || !isAbsolute(file)) return undefined
  const known = query === undefined || query.split('&').every((part) => /^(v|t|import)(=|$)/.test(part))
  return known ? normalize(file) : undefined
}
