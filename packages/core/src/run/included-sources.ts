import { pathFromRoot } from '@tstrace/instrument/source-file'
import type { CoverageResults } from '@tstrace/results'
import { findSources } from '../filter/find-sources.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import type { TracedFiles } from './traced-files.ts'

/** Absolute paths of all sources that `include` names, loaded or not. */
export async function includedSources(
  files: TracedFiles,
  { all, include }: Pick<TstraceOptions, 'all' | 'include'>,
): Promise<readonly string[]> {
  if (include.length === 0) return []
  const found = await findSources(files.root, include, (path) =>
    all ? files.verdict(path) : { trace: files.wouldTrace(path), reason: '' },
  )
  return found.filter((path) => !files.isTest(path))
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
