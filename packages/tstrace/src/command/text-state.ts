import { readSource } from '@tstrace/core/files'
import { type SourceVersion, textHash } from '@tstrace/core/recording'
import { absolutePath, withoutMark } from '@tstrace/core/source-file'
import type { TextState } from '@tstrace/questions'

/**
 * Whether a text that ran is still on disk.
 *
 * @param root absolute path of the folder that its path starts at
 */
export function textState(root: string, { hash, path }: SourceVersion): TextState {
  try {
    return textHash(withoutMark(readSource(absolutePath(root, path)))) === hash ? 'same' : 'changed'
  } catch {
    return 'gone'
  }
}
