import { normalize } from 'node:path'
import type { SourceFilter } from './source-filter.ts'

/**
 * The absolute paths of all source files below the root that the globs name and the filter lets through,
 * sorted. `node_modules` is not searched.
 */
export async function findSources(
  root: string,
  include: readonly string[],
  filter: SourceFilter,
): Promise<readonly string[]> {
  // Few runs look for what they have not loaded.
  const { glob } = await import('tinyglobby')
  const found = await glob([...include], {
    cwd: root,
    absolute: true,
    dot: true,
    // As the filter reads them: the name of a folder is no pattern for what is below it.
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  })
  // They come with `/` on every platform.
  return found
    .map(normalize)
    .filter((path) => filter(path).trace)
    .sort()
}
