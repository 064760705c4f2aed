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

/** So many characters of sources are kept; the others are read each time. */
const MOST_KEPT = 2 ** 26

/**
 * As `textThatRan`, for a report, which needs the text of a source several times.
 *
 * @param root absolute path of the folder that paths start at
 */
export function textsThatRan(root: string): (version: SourceVersion) => SourceText {
  const known = new Map<string, SourceText>()
  let room = MOST_KEPT
  return function text({ hash, path }) {
    const key = `${hash} ${path}`
    const found = known.get(key) ?? textThatRan(absolutePath(root, path), hash)
    if (!known.has(key) && room > 0) {
      known.set(key, found)
      room -= 'text' in found ? found.text.length : 0
    }
    return found
  }
}

/**
 * Gives the texts that ran as they are counted, without their byte order marks; undefined for one that is not on disk.
 *
 * @param root absolute path of the folder that paths start at
 */
export function textOf(root: string): (version: SourceVersion) => string | undefined {
  return withoutMarks(({ hash, path }) => textThatRan(absolutePath(root, path), hash))
}

/** Texts as they are counted; undefined for one that is not on disk. */
export function withoutMarks(
  source: (version: SourceVersion) => SourceText,
): (version: SourceVersion) => string | undefined {
  return (version) => {
    const found = source(version)
    return 'text' in found ? withoutMark(found.text) : undefined
  }
}
