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
export function textState(root: string, { hash, path }: SourceVersion): TextState {
  try {
    return textHash(withoutMark(readSource(absolutePath(root, path)))) === hash ? 'same' : 'changed'
  } catch {
    return 'gone'
  }
}
