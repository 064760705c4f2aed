import { absolutePath } from '@tstrace/instrument/source-file'
import { isCountsFile } from '@tstrace/results/counts-file'
import { readNote, WRITTEN } from '@tstrace/results/writing'

/**
 * Says of a path from the root whether tstrace has written what is there: it is noted in one of the folders around it, or
 * holds counts.
 *
 * @param root absolute path of the project
 */
export function ownFiles(root: string): (path: string) => boolean {
  const notes = new Map<string, ReadonlySet<string>>()
  const notedIn = (folder: string): ReadonlySet<string> => {
    let noted = notes.get(folder)
    if (noted === undefined) {
      noted = new Set(readNote(absolutePath(root, folder)).files.keys())
      notes.set(folder, noted)
    }
    return noted
  }
  const isNoted = (path: string): boolean => {
    for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      const noted = notedIn(path.slice(0, end))
      const name = path.slice(end + 1)
      if (noted.has(name) || (name === WRITTEN && noted.size > 0)) return true
    }
    return false
  }
  return (path) => isNoted(path) || isCountsFile(absolutePath(root, path))
}
