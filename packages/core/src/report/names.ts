import type { CoverageResults } from '@tstrace/results'
import { eventLoop } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import { fittingPlace, folded, partsOf, placeInside } from './place-inside.ts'

/** How a source file is called in reports. */
export interface ReportName {
  /** Dotted, from the project root: `src/recurse.ts` is `src.recurse`. */
  readonly module: string
  /** Its listing inside the output folder, with `/`: `src/recurse.cover`. */
  readonly coverFile: string
}

/** Names for every file that the results speak of, so that all reports call a file the same. */
export function namesOf(results: CoverageResults): Map<string, ReportName> {
  return reportNames([...results.paths()].filter((path) => path !== eventLoop.path))
}

/**
 * Names for a set of source paths. No two files share a module name, and no two share a listing, not even
 * where the file system takes upper and lower case for the same. Names clash rarely; files whose names do
 * (`a.js` beside `a.ts`) keep their extension, and what clashes even so gets `~2`, `~3`… in the order of
 * the paths. The order in which the paths are given makes no difference.
 */
export function reportNames(paths: Iterable<string>): Map<string, ReportName> {
  const sorted = [...new Set(paths)].sort(codePointOrder)
  const modules = distinct(sorted.map(moduleCandidates), new Set())
  const covers = distinct(sorted.map(coverCandidates), foldedFolders(sorted))
  return new Map(
    sorted.map((path, i) => {
      return [path, { module: modules[i] as string, coverFile: fittingPlace(covers[i] as string, '.cover') }]
    }),
  )
}

/** The wanted name of one file, the name with its extension, and what makes two names the same. */
interface Candidates {
  readonly short: string
  readonly long: string
  readonly key: (name: string) => string
}

/** One name for each file: the short one, else the long one, else the long one with a number. */
function distinct(files: readonly Candidates[], reserved: ReadonlySet<string>): string[] {
  const shorts = countBy(files.map(({ short, key }) => key(short)))
  const wanted = files.map(({ short, long, key }) => {
    return shorts.get(key(short)) === 1 && !reserved.has(key(short)) ? short : long
  })
  const keys = wanted.map((name, i) => (files[i] as Candidates).key(name))
  const counts = countBy(keys)
  const taken = new Set([...reserved, ...keys.filter((key) => counts.get(key) === 1)])
  return wanted.map((name, i) => {
    const key = keys[i] as string
    if (counts.get(key) === 1 && !reserved.has(key)) return name
    return firstFree(name, (files[i] as Candidates).key, taken)
  })
}

function firstFree(name: string, key: (name: string) => string, taken: Set<string>): string {
  let free = name
  for (let n = 2; taken.has(key(free)); n++) free = `${name}~${n}`
  taken.add(key(free))
  return free
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, 1 + (counts.get(key) ?? 0))
  return counts
}

/** As Python's `_fullmodname`: slashes become dots, the last extension and all leading dots go. */
function moduleCandidates(path: string): Candidates {
  const dotted = (text: string): string => text.replaceAll('/', '.').replace(/^\.+/, '') || path
  return { short: dotted(withoutExtension(path)), long: dotted(path), key: (name) => name }
}

function coverCandidates(path: string): Candidates {
  const inside = placeInside(path)
  return {
    short: withoutExtension(inside),
    long: inside,
    key: (name) => folded(fittingPlace(name, '.cover')),
  }
}

/** Of all folders that have listings, or have folders that do, each once. */
function foldedFolders(paths: readonly string[]): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    const parts = partsOf(path)
    for (let depth = parts.length - 1; depth > 0; depth--) {
      const folder = parts.slice(0, depth).join('/')
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return new Set([...folders].map((folder) => folded(fittingPlace(folder, ''))))
}

/** Without the last extension of the last part; leading dots of that part start no extension. */
function withoutExtension(path: string): string {
  const base = path.lastIndexOf('/') + 1
  const dot = path.lastIndexOf('.')
  const isExtension = dot > base && /[^.]/.test(path.slice(base, dot))
  return isExtension ? path.slice(0, dot) : path
}
