import { digest } from '@tstrace/instrument'
import { absolutePath, withoutMark } from '@tstrace/instrument/source-file'
import type { SourceVersion } from '@tstrace/results'
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

/**
 * Gives the texts that ran as they are counted, without their byte order marks; undefined for one that is not on disk.
 *
 * @param root absolute path of the folder that paths start at
 */
export function textOf(root: string): (version: SourceVersion) => string | undefined {
  return function text({ hash, path }) {
    const source = textThatRan(absolutePath(root, path), hash)
    return 'text' in source ? withoutMark(source.text) : undefined
  }
}
