import { realpathSync } from 'node:fs'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import type { CoverageResults } from '@tstrace/results'
import { findSources } from '../filter/find-sources.ts'
import { linkedSentences } from '../filter/outside-sources.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import type { TracedFiles } from './traced-files.ts'

/** What `include` names. */
export interface IncludedSources {
  /** Absolute paths of all sources, loaded or not. */
  readonly paths: readonly string[]
  /** One sentence for each package of which it names something by a name that no runner knows. */
  readonly problems: readonly string[]
}

/** Looks for the sources that `include` names. */
export async function includedSources(
  files: TracedFiles,
  { all, include }: Pick<TstraceOptions, 'all' | 'include'>,
): Promise<IncludedSources> {
  if (include.length === 0) return { paths: [], problems: [] }
  const { root, verdicts } = files
  const found = await findSources(root, include, (path) =>
    all ? files.verdict(path) : { trace: files.wouldTrace(path), reason: '' },
  )
  const isWanted = (path: string): boolean => !files.isTest(path)
  const sources = found.sources.filter(isWanted)
  const linked = found.linked.filter((path) => isWanted(path) && files.wouldTrace(path))
  // A runner that was told to (`preserveSymlinks`) calls sources by their links.
  if (linked.some((path) => verdicts.has(pathFromRoot(root, path)))) {
    const places = new Set(linked.map((path) => realpathSync(path)))
    return { paths: [...sources.filter((path) => !places.has(path)), ...linked], problems: [] }
  }
  const lost = linked.filter((path) => !files.wouldTrace(realpathSync(path)))
  return { paths: sources, problems: linkedSentences(root, 'include', lost) }
}

/**
 * How many of those sources have no counts, in a sentence if there are any.
 *
 * @param root absolute path of the project root
 */
export function unloadedSentence(
  included: readonly string[],
  counted: CoverageResults,
  root: string,
): string[] {
  const known = new Set(counted.sources().map(({ path }) => path))
  const missing = included.filter((path) => !known.has(pathFromRoot(root, path))).length
  if (missing === 0) return []
  const them = missing === 1 ? 'it' : 'them'
  return [
    `${missing} of ${included.length} sources that \`include\` names ${missing === 1 ? 'has' : 'have'} no counts: no test loaded ${them}, ` +
      `or nothing in ${them} runs. \`all\` or \`--all\` lists what no test loaded.`,
  ]
}
