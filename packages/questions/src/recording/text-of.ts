import type { SourceVersion } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import type { Recording } from './recording.ts'

/**
 * The text of a source that a question is about: the only one, or of several the one that is on disk.
 *
 * @throws TstraceError `TST_SEVERAL_VERSIONS` when several texts were counted and none of them is on disk
 */
export function textOf({ file, stateOf, versions }: Recording, path: string): SourceVersion {
  const texts = versions().filter((text) => text.path === path)
  const [only = { path, hash: '' }, ...others] = texts
  if (others.length === 0) return only
  const onDisk = texts.find((text) => stateOf(text) === 'same')
  if (onDisk) return onDisk
  const message = `${path} was counted in ${texts.length} texts, and none of them is what is on disk now.`
  throw new TstraceError(
    'TST_SEVERAL_VERSIONS',
    `${message} Record again into another file than ${file}, or name runs with --label.`,
  )
}
