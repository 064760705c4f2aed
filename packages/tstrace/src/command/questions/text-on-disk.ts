import { existsSync } from 'node:fs'
import { absolutePath, withoutMark } from '@tstrace/instrument/source-file'
import type { TextState } from '@tstrace/questions'
import type { SourceVersion } from '@tstrace/results'
import { readSource } from '@tstrace/results/files'
import { textHash } from '@tstrace/results/text-hash'

/**
 * Whether a text that ran is still on disk.
 *
 * @param root absolute path of the folder that its path starts at
 */
export function textState(root: string, version: SourceVersion): TextState {
  const text = textOfPath(root, version.path)
  if (text === undefined) return 'gone'
  return textHash(text) === version.hash ? 'same' : 'changed'
}

/**
 * A text that ran, from disk; undefined where it is not there any more.
 *
 * @param root as for `textState`
 */
export function textOnDisk(root: string, { hash, path }: SourceVersion): string | undefined {
  const text = textOfPath(root, path)
  return text !== undefined && textHash(text) === hash ? text : undefined
}

function textOfPath(root: string, path: string): string | undefined {
  const file = absolutePath(root, path)
  // To be told by an error takes ten times as long, and a recording of elsewhere has a thousand that are not here.
  if (!existsSync(file)) return undefined
  try {
    return withoutMark(readSource(file))
  } catch {
    return undefined
  }
}
