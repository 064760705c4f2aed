import { readFileSync, statSync } from 'node:fs'
import { digest } from '../instrument/instrument.ts'
import type { SourceText } from '../report/cover-listings.ts'

/**
 * The text of a source for its listing: that on disk, if it is the one that ran.
 *
 * @param path absolute
 * @param hash of the text that ran
 */
export function textThatRan(path: string, hash: string): SourceText {
  try {
    // A path may come from a counts file of somebody else: what has no end is no source.
    if (!statSync(path).isFile()) return { missing: 'it is not a regular file' }
    const text = readFileSync(path, 'utf8')
    return digest(text) === hash ? { text } : { missing: 'the text that ran is not the one on disk' }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { missing: code === 'ENOENT' ? 'it is not there any more' : message }
  }
}
