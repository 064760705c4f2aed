import { join } from 'node:path'
import { identifyProject, MergedFile, mergeCounts } from '@tstrace/results/counts-file'
import { temporaryFolder } from '@tstrace/results/files'
import { countsInputs } from './counts-inputs.ts'

/**
 * Adds counts files up, for somebody who reads the sum once.
 *
 * @param words files, folders with everything below them, globs
 * @param root absolute path of the folder that they start at
 * @param read gets the absolute path of the sum, which is gone afterwards
 * @returns what was read, and one sentence for each problem
 * @throws TstraceError what `mergeCounts` throws, `TST_CANNOT_READ` for a word that names nothing
 */
export async function sumCounts<Value>(
  words: readonly string[],
  root: string,
  read: (file: string) => Value,
): Promise<{ readonly value: Value; readonly problems: readonly string[] }> {
  const inputs = await countsInputs(words, root)
  const folder = temporaryFolder()
  try {
    const file = join(folder.path, 'sum.counts')
    const { project } = identifyProject(root)
    const problems = await mergeCounts(inputs, { project, output: () => new MergedFile(file) })
    return { value: read(file), problems }
  } finally {
    folder.remove()
  }
}
