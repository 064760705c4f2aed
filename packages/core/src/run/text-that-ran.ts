import { digest } from '@tstrace/instrument'
import { readSource, reasonOf } from '@tstrace/results/files'
import type { SourceText } from '../report/cover-listings.ts'

/**
 * The text of a source for its listing: that on disk, if it is the one that ran.
 *
 * @param path absolute
 * @param hash of the text that ran
 */
export function textThatRan(path: string, hash: string): SourceText {
  try {
    const text = readSource(path)
    return digest(text) === hash ? { text } : { missing: 'the text that ran is not the one on disk' }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { missing: code === 'ENOENT' ? 'it is not there any more' : reasonOf(error) }
  }
}
