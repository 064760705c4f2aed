import { execFileSync } from 'node:child_process'
import { posix } from 'node:path'
import { withoutMark } from '@tstrace/instrument/source-file'
import type { Recording } from '@tstrace/questions'
import type { SourceVersion } from '@tstrace/results'
import { textHash } from '@tstrace/results/text-hash'

/** More than all sources of a project, in bytes. */
const LONGEST = 2 ** 30

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
    const wanted = missing.filter((version) => !(found.has(keyOf(version)) || version.path.includes('\n')))
    for (const [at, bytes] of objectsIn(
      root,
      commit,
      wanted.map(({ path }) => path),
    ).entries()) {
      const version = wanted[at] as SourceVersion
      const text = bytes && withoutMark(bytes.toString('utf8'))
      if (text !== undefined && textHash(text) === version.hash) found.set(keyOf(version), text)
    }
  }
  return found
}

function keyOf({ hash, path }: SourceVersion): string {
  return `${hash} ${path}`
}

/** What a commit has under some paths from a folder; undefined for what it does not have. */
function objectsIn(root: string, commit: string, paths: readonly string[]): (Buffer | undefined)[] {
  if (paths.length === 0) return []
  try {
    const folder = git(root, ['rev-parse', '--show-prefix'], '').toString('utf8').trim()
    const names = paths.map((path) => `${commit}:${posix.join(folder, path)}\n`)
    return objectsOf(git(root, ['cat-file', '--batch'], names.join('')), paths.length)
  } catch {
    // There is no git, or no repository, or not this commit.
    return []
  }
}

function git(cwd: string, words: readonly string[], input: string): Buffer {
  return execFileSync('git', words, { cwd, input, maxBuffer: LONGEST, stdio: ['pipe', 'pipe', 'ignore'] })
}

/** Each is a line with its size, then so many bytes and the end of a line; or a line that says that there is none. */
function objectsOf(output: Buffer, count: number): (Buffer | undefined)[] {
  const objects: (Buffer | undefined)[] = []
  for (let at = 0; objects.length < count && at < output.length; ) {
    const end = output.indexOf('\n', at)
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(output.toString('utf8', at, end)) ?? []
    if (size === undefined) {
      objects.push(undefined)
      at = end + 1
    } else {
      objects.push(output.subarray(end + 1, end + 1 + Number(size)))
      at = end + 1 + Number(size) + 1
    }
  }
  return objects
}
