import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { absolutePath, pathFromRoot, withoutMark } from '@tstrace/instrument/source-file'
import { messageOf } from '@tstrace/results/errors'
import { readSource } from '@tstrace/results/files'
import { Git } from './git.ts'

/** What was changed in a project, and what it was before. Paths start at the root of the project, with `/`. */
export interface Change {
  /** Files that were added, changed or deleted, those that git does not know included. */
  readonly paths: ReadonlySet<string>
  /** Files of the project, as git knows them, and those that it does not ignore; undefined where nobody knows. */
  readonly files: readonly string[] | undefined
  /** Whether there is such a file now. */
  readonly isThere: (path: string) => boolean
  /** Whether it would be in `paths` if it were changed: git sees nothing of a file that it ignores. */
  readonly isSeen: (path: string) => boolean
  /** Where a file is that may be behind a symbolic link. */
  readonly realPath: (path: string) => string
  /** The text of a file now; undefined where there is none. */
  readonly now: (path: string) => string | undefined
  /**
   * The texts of files before the change, as far as they were there; not there where nobody knows.
   *
   * @param paths some of those that were changed
   */
  readonly before?: (paths: readonly string[]) => ReadonlyMap<string, string>
  /**
   * Files that are not as they were in another commit.
   *
   * @throws Error where that is not known, with what git says
   */
  readonly since: (commit: string) => ReadonlySet<string>
  /** Why nobody knows what was changed, as the end of a sentence. */
  readonly unknown?: string
}

/**
 * What was changed since a branch, or another commit: since the commit at which what is checked out left it, with what is not
 * committed yet.
 *
 * @param root absolute path of the project
 * @param reference anything that git takes for a commit
 */
export function changeSince(root: string, reference: string): Change {
  if (reference.trim() === '') return { ...changeOfFiles(root, []), unknown: NO_REFERENCE }
  try {
    return readChange(realpathSync(root), reference)
  } catch (error) {
    const unknown = `git cannot say what was changed since ${reference}: ${messageOf(error)}`
    return { ...changeOfFiles(root, []), unknown }
  }
}

const NO_REFERENCE =
  'the commit to compare with is not named, as where a variable is empty; name a branch or a commit'

function readChange(root: string, reference: string): Change {
  const git = new Git(root)
  const top = realpathSync(git.text(['rev-parse', '--show-toplevel']).replace(/\n$/, ''))
  const inTop = new Git(top)
  const base = startOf(git, reference)
  const here = (path: string): string => pathFromRoot(root, join(top, path))
  const untracked = inTop.names(['ls-files', '--others', '--exclude-standard', '-z']).map(here)
  const since = (commit: string): Set<string> => {
    const words = ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', '-z']
    return new Set([...inTop.names([...words, '--end-of-options', commit, '--']).map(here), ...untracked])
  }
  const tracked = git.names(['ls-files', '-z'])
  const now = filesNow(root)
  let seen: ReadonlySet<string> | undefined
  return {
    ...now,
    paths: since(base),
    files: [...tracked, ...untracked],
    isSeen: (path) => {
      seen ??= new Set([...inTop.names(['ls-files', '--recurse-submodules', '-z']).map(here), ...untracked])
      return seen.has(path) || seen.has(now.realPath(path))
    },
    before: (paths) => {
      const inside = new Map(paths.map((path) => [fromTop(top, absolutePath(root, path)), path]))
      const texts = [...inTop.textsIn(base, [...inside.keys()])]
      return new Map(texts.map(([path, text]) => [inside.get(path) as string, withoutMark(text)]))
    },
    since,
  }
}

function commitOf(git: Git, reference: string): string {
  try {
    return git.text(['rev-parse', '--verify', '--end-of-options', `${reference}^{commit}`]).trim()
  } catch (error) {
    throw new Error(
      'this clone has no branch and no commit of that name; fetch it, or name it as origin/main',
      { cause: error },
    )
  }
}

/** The commit at which what is checked out left a branch. */
function startOf(git: Git, reference: string): string {
  const commit = commitOf(git, reference)
  try {
    return git.text(['merge-base', commit, 'HEAD']).trim()
  } catch (error) {
    const isShallow = git.text(['rev-parse', '--is-shallow-repository']).trim() === 'true'
    const advice = isShallow
      ? 'this clone is shallow, and does not reach back to where the branch began; fetch all of it (fetch-depth: 0)'
      : 'it has no commit in common with what is checked out'
    throw new Error(advice, { cause: error })
  }
}

/**
 * A change that somebody has listed.
 *
 * @param root as for `changeSince`
 * @param files paths, absolute or from the root
 */
export function changeOfFiles(root: string, files: readonly string[]): Change {
  const paths = new Set(
    files.map((file) => pathFromRoot(root, isAbsolute(file) ? file : resolve(root, file))),
  )
  return { paths, files: undefined, ...filesNow(root), since: () => new Set() }
}

function filesNow(root: string): Pick<Change, 'isSeen' | 'isThere' | 'now' | 'realPath'> {
  return {
    isSeen: () => true,
    realPath: (path) => {
      try {
        return pathFromRoot(root, realpathSync(absolutePath(root, path)))
      } catch {
        return path
      }
    },
    isThere: (path) => existsSync(absolutePath(root, path)),
    now: (path) => {
      try {
        return withoutMark(readSource(absolutePath(root, path)))
      } catch {
        return undefined
      }
    },
  }
}

function fromTop(top: string, path: string): string {
  return relative(top, path).split(sep).join('/')
}
