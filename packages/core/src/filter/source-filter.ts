import platform, { type PlatformPath, posix } from 'node:path'
import { isBelow, isSource, leadsOut, pathFromRoot } from '@tstrace/instrument/source-file'
import { pathProblem } from '@tstrace/results/internal'
import picomatch from 'picomatch'
import { namedGlobs, placeOf } from './named-globs.ts'

/** Why a source that no option speaks of is not traced. */
export const OUTSIDE = 'is outside the project root and no include names it'

/** How it begins why a source is not traced whose path no file of results can hold. */
export const NAMELESS = 'no results can name it: its path from the root'

export interface FilterOptions {
  /** Globs from the project root; when there are any, only files that match one are traced. */
  readonly include: readonly string[]
  /** Globs from the project root; files that match one are not traced. */
  readonly exclude: readonly string[]
  /** Dotted module names from the project root; a name covers what is below it. */
  readonly ignoreModule: readonly string[]
  /** Folders, absolute or from the project root. */
  readonly ignoreDir: readonly string[]
  /** Absolute path of a file that is a source whatever its name: commands have no extension. */
  readonly command?: string
  /** Absolute path of a folder that counts as if it were below the root, unless files are included by name. */
  readonly home?: string
}

/** Whether a file is traced, and why. */
export interface Verdict {
  readonly trace: boolean
  /** Names the option and the value that decided. */
  readonly reason: string
}

/** Decides about a file by its absolute path. The same path gets the same object again. */
export type SourceFilter = (path: string) => Verdict

/** Paths from the root have `/` on every platform. */
const GLOB_OPTIONS = { dot: true, windows: false } as const

/**
 * Makes the filter of a run.
 * @param root Absolute path of the project root.
 * @param style The rules for paths: those of this platform unless given.
 */
export function createSourceFilter(
  root: string,
  options: FilterOptions,
  style: PlatformPath = platform,
): SourceFilter {
  const verdicts = new Map<string, Verdict>()
  const reject = rejectionIn(root, options, style)
  const accepted = acceptanceIn(root, options, style)
  return (path) => {
    let verdict = verdicts.get(path)
    if (!verdict) {
      const rejection = reject(path)
      verdict = rejection ? { trace: false, reason: rejection } : { trace: true, reason: accepted(path) }
      verdicts.set(path, verdict)
    }
    return verdict
  }
}

const AT_HOME = 'belongs to the package of the program'

/** Why a file is traced that no option rejects. */
function acceptanceIn(root: string, options: FilterOptions, style: PlatformPath): (path: string) => string {
  if (options.include.length > 0) return () => 'matches include'
  const isAtHome = homeOf(options, style)
  return (path) => {
    const place = pathFromRoot(root, path, style)
    return isAtHome(path) && (leadsOut(place) || isDependency(place)) ? AT_HOME : 'no filter holds'
  }
}

function homeOf({ home, include }: FilterOptions, style: PlatformPath): (path: string) => boolean {
  if (home === undefined || include.length > 0) return () => false
  return (path) => isBelow(home, path, style) && !isDependency(pathFromRoot(home, path, style))
}

function isDependency(place: string): boolean {
  return place.split('/').includes('node_modules')
}

function rejectionIn(
  root: string,
  options: FilterOptions,
  style: PlatformPath,
): (path: string) => string | undefined {
  const include = matchersOf(root, options.include, style)
  const included = firstOf(include)
  const excluded = firstGlob(root, options.exclude, style)
  const folders = options.ignoreDir.flatMap((given) =>
    placesOf(style.resolve(root, given)).map((path) => ({ given, path })),
  )
  const namesDependency = firstOf(
    include.filter(({ names }) => names.some((name) => name.includes('node_modules'))),
  )
  const isAtHome = homeOf(options, style)
  return (path) => {
    if (!style.isAbsolute(path)) return 'is not a file'
    const fromRoot = pathFromRoot(root, path, style)
    if (path !== options.command && !isSource(path))
      return `${fromRoot} does not have the extension of a source file`
    const isHome = isAtHome(path)
    if (isDependency(fromRoot) && !isHome && !namesDependency(fromRoot)) return 'is in node_modules'
    const glob = excluded(fromRoot)
    if (glob !== undefined) return `matches exclude ${glob}`
    const folder = folders.find((candidate) => isBelow(candidate.path, path, style))
    if (folder) return `is in ignoreDir ${folder.given}`
    const module = options.ignoreModule.find((name) => covers(name, dottedName(fromRoot)))
    if (module !== undefined) return `is in ignoreModule ${module}`
    const isNamed = options.include.length > 0
    if (isNamed && included(fromRoot) === undefined) return 'matches no include'
    const problem = pathProblem(fromRoot, true)
    if (problem !== undefined) return `${NAMELESS} ${problem}`
    return leadsOut(fromRoot) && !isHome && !isNamed ? OUTSIDE : undefined
  }
}

/** By which names the sources in a folder can be known: where it is named, and where it lies if that is a link. */
function placesOf(folder: string): readonly string[] {
  return [folder, placeOf(folder) ?? folder]
}

/**
 * Gives the first of some globs that a path from the root matches, as it was written.
 *
 * @param root absolute path of the project root
 */
export function firstGlob(
  root: string,
  globs: readonly string[],
  style: PlatformPath = platform,
): (path: string) => string | undefined {
  return firstOf(matchersOf(root, globs, style))
}

interface Matcher {
  readonly glob: string
  /** What `namedGlobs` gives for it. */
  readonly names: readonly string[]
  readonly matches: (path: string) => boolean
}

function matchersOf(root: string, globs: readonly string[], style: PlatformPath): readonly Matcher[] {
  return globs.map((glob) => {
    const names = namedGlobs(root, glob, style)
    return { glob, names, matches: picomatch([...names], GLOB_OPTIONS) }
  })
}

function firstOf(matchers: readonly Matcher[]): (path: string) => string | undefined {
  return (path) => matchers.find(({ matches }) => matches(path))?.glob
}

/** `src/pkg/part.ts` is the module `src.pkg.part`. */
export function dottedName(fromRoot: string): string {
  return fromRoot.slice(0, fromRoot.length - posix.extname(fromRoot).length).replaceAll('/', '.')
}

/** Whether a dotted name is that of a module, or of a folder around it. */
export function covers(name: string, module: string): boolean {
  return module === name || module.startsWith(`${name}.`)
}
