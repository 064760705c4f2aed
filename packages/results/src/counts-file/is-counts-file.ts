import { piecesNow } from './compression.ts'
import { COUNTS_FORMAT } from './counts-lines.ts'

/**
 * Whether a file is one of counts, compressed or not, by what it begins with.
 *
 * @param path absolute; of what cannot be read the answer is no
 */
export function isCountsFile(path: string): boolean {
  const beginning = `${COUNTS_FORMAT}\t`
  try {
    let text = ''
    for (const piece of piecesNow(path)) {
      text += Buffer.from(piece.subarray(0, beginning.length)).toString('latin1')
      if (text.length >= beginning.length) break
    }
    return text.startsWith(beginning)
  } catch {
    return false
  }
}
