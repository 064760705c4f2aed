import { join, sep } from 'node:path'
import { isBelow } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import type { GlobalConfig, ProjectConfig } from '../jest-versions.ts'

/**
 * Why nothing may be written into the output folder while Jest watches, as a sentence: it would run again for each file there,
 * and what is written then would be the next reason. Undefined where it looks away.
 *
 * @param folder absolute path of the output folder
 * @param coverdir the same as the options have it
 */
export function closedFolder(
  folder: string,
  coverdir: string,
  { config, projects }: { readonly config: GlobalConfig; readonly projects: Iterable<ProjectConfig> },
): string | undefined {
  const file = join(folder, 'results.json')
  const { coverageDirectory } = config
  if (coverageDirectory && file.includes(coverageDirectory)) return undefined
  if (![...projects].some((project) => isWatched(file, project))) return undefined
  return (
    `Nothing is written into ${printable(coverdir)} while Jest watches, because Jest would run again for it, and again: ` +
    'name a folder below `coverageDirectory` as `coverdir`, or name it in `watchPathIgnorePatterns`.'
  )
}

function isWatched(
  file: string,
  { modulePathIgnorePatterns = [], roots, watchPathIgnorePatterns = [] }: ProjectConfig,
): boolean {
  const ignored = [...modulePathIgnorePatterns, ...watchPathIgnorePatterns]
  return (
    roots.some((root) => isBelow(root, file)) &&
    !file.includes(`${sep}node_modules${sep}`) &&
    !ignored.some((pattern) => new RegExp(pattern).test(file))
  )
}
