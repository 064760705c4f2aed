import { posix } from 'node:path'
import { withoutMark } from '@tstrace/instrument/source-file'
import type { Recording } from '@tstrace/questions'
import type { SourceVersion } from '@tstrace/results'
import { textHash } from '@tstrace/results/text-hash'
import { Git } from '@tstrace/select'

/**
 * A recording that has the texts, too, that are neither in it nor on disk any more, where git has them in a commit that its
 * runs name. Git is asked once, and only when such a text is missing.
 *
 * @param root absolute path of the folder that paths start at
 */
export function withTextsInGit(recording: Recording, root: string): Recording {
  let known: ReadonlyMap<string, string> | undefined
  return {
    ...recording,
    text: (version) => {
      const text = recording.text(version)
      if (text !== undefined) return text
      known ??= textsInGit(recording, root)
      return known.get(keyOf(version))
    },
  }
}

function textsInGit(recording: Recording, root: string): Map<string, string> {
  const commits = new Set(
    recording.runs.map(({ commit }) => commit).filter((commit) => /^[0-9a-f]+$/.test(commit)),
  )
  const missing = recording.versions().filter((version) => recording.text(version) === undefined)
  const found = new Map<string, string>()
  for (const commit of commits) {
    const wanted = missing.filter((version) => !found.has(keyOf(version)))
    const texts = textsIn(root, commit, new Set(wanted.map(({ path }) => path)))
    for (const version of wanted) {
      const text = texts.get(version.path)
      if (text !== undefined && textHash(text) === version.hash) found.set(keyOf(version), text)
    }
  }
  return found
}

function keyOf({ hash, path }: SourceVersion): string {
  return `${hash} ${path}`
}

/** What a commit has under some paths from a folder, by these. */
function textsIn(root: string, commit: string, paths: ReadonlySet<string>): Map<string, string> {
  if (paths.size === 0) return new Map()
  try {
    const git = new Git(root)
    const folder = git.text(['rev-parse', '--show-prefix']).trim()
    const names = new Map([...paths].map((path) => [posix.join(folder, path), path]))
    const texts = [...git.textsIn(commit, [...names.keys()])]
    return new Map(texts.map(([name, text]) => [names.get(name) as string, withoutMark(text)]))
  } catch {
    // There is no git, or no repository, or not this commit.
    return new Map()
  }
}
