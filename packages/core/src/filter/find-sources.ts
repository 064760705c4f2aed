import { lstatSync, realpathSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { namedGlobs } from './named-globs.ts'
import type { SourceFilter } from './source-filter.ts'

/** Absolute paths, sorted. */
export interface FoundSources {
  readonly sources: readonly string[]
  /** Files of any kind that the globs reach through a link, by the name that they have there. */
  readonly linked: readonly string[]
}

/**
 * All source files below the root that the globs name and the filter lets through; it is not asked of what is linked, since
 * runners know that by where it lies. `node_modules` is not searched.
 *
 * @param root absolute path of the project root, links resolved
 */
export async function findSources(
  root: string,
  include: readonly string[],
  filter: SourceFilter,
): Promise<FoundSources> {
  // Few runs look for what they have not loaded.
  const { glob } = await import('tinyglobby')
  const named = include.flatMap((one) => namedGlobs(root, one))
  const found = await glob(named, {
    cwd: root,
    absolute: true,
    dot: true,
    // As the filter reads them: the name of a folder is no pattern for what is below it.
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  })
  // They come with `/` on every platform.
  const paths = found.map(normalize).sort()
  const isLinked = linkTest()
  return {
    sources: paths.filter((path) => !isLinked(path) && filter(path).trace),
    linked: paths.filter(isLinked),
  }
}

/** Whether a file that is there is reached through a link. Each folder is asked once. */
function linkTest(): (path: string) => boolean {
  const folders = new Map<string, boolean>()
  return (path) => {
    const folder = dirname(path)
    let isLinked = folders.get(folder)
    if (isLinked === undefined) {
      isLinked = realpathSync(folder) !== folder
      folders.set(folder, isLinked)
    }
    return isLinked || lstatSync(path).isSymbolicLink()
  }
}
