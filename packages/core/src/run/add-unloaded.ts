import { pathFromRoot, withoutMark } from '@tstrace/instrument/source-file'
import type { CoverageResults } from '@tstrace/results'
import { readSource, reasonOf } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import type { SourceTables } from './source-tables.ts'

export interface UnloadedSources {
  /** Absolute path of the project root. */
  readonly root: string
  /** Absolute paths of sources, whether they were loaded or not. */
  readonly paths: readonly string[]
  readonly tables: SourceTables
}

/**
 * Adds sources that nobody loaded, with counts of zero, to what was counted.
 *
 * @returns a sentence for each that cannot be read
 */
export function addUnloaded(results: CoverageResults, { paths, root, tables }: UnloadedSources): string[] {
  const loaded = new Set(results.sources().map(({ path }) => path))
  return paths.flatMap((path) => {
    const file = pathFromRoot(root, path)
    if (loaded.has(file)) return []
    try {
      const made = tables.tableOf({ path, file, code: withoutMark(readSource(path)) })
      if (!made) return []
      const { hash, sites } = made
      results.addSource({ path: file, hash, sites, counts: new Float64Array(sites.counters) })
      return []
    } catch (error) {
      return [`${printable(file)} was not loaded, and cannot be listed: ${reasonOf(error)}.`]
    }
  })
}
