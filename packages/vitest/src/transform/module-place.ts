import platform, { type PlatformPath } from 'node:path'

/** What a Vite module id stands for. */
export interface ModulePlace {
  /** Absolute path of the file. */
  readonly path: string
  /**
   * Whether the id has a query that is none of Vite's own for its caches, or a hash. A plugin may give it a meaning, and load something
   * made of the file; where nobody does, the module is the file.
   */
  readonly isAsked: boolean
}

/** The queries for which Vite itself makes another module of a file. */
const OTHER_MODULE = /[?&](?:raw|url|worker|sharedworker)\b/

/** `?v=` and `?t=` for its caches, and `?import`. */
const OWN_QUERY = /^\?(?:(?:v|t|import)(?:=[^&]*)?(?:&|$))*$/

/**
 * The file that a Vite module id stands for; undefined for what is no file as it is on disk. As a URL, a file outside of Vite's
 * root has `/@fs/` in front.
 *
 * @param style the rules for paths: those of this platform unless given
 */
export function modulePlace(id: string, style: PlatformPath = platform): ModulePlace | undefined {
  // A file may have a `#` in its name, but then its extension is behind it.
  const [, given = '', hash = '', query = ''] = /^([^?]*?)(#[^/?.]*)?(\?.*)?$/s.exec(id) ?? []
  const file = given.replace(/^\/@fs(?=\/)(\/(?=[A-Za-z]:\/))?/, '')
  if (id.includes('\0') || !style.isAbsolute(file) || OTHER_MODULE.test(query)) return undefined
  return { path: style.normalize(file), isAsked: hash !== '' || (query !== '' && !OWN_QUERY.test(query)) }
}
