import { execFileSync } from 'node:child_process'
import { messageOf } from '@tstrace/results/errors'

/** More than all sources of a project, in bytes. */
const LARGEST_OUTPUT = 2 ** 30

/** What git says in a folder. */
export class Git {
  readonly #folder: string

  /** @param folder absolute path */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws Error with the first line of what git says on standard error */
  text(words: readonly string[], input?: string): string {
    return this.bytes(words, input).toString('utf8')
  }

  /** Names that are divided by zero bytes. */
  names(words: readonly string[]): string[] {
    return this.text(words).split('\0').filter(Boolean)
  }

  /** @throws as `text` */
  bytes(words: readonly string[], input = ''): Buffer {
    try {
      return execFileSync('git', ['-c', 'core.quotePath=false', ...words], {
        cwd: this.#folder,
        env: environmentAnywhere(),
        input,
        maxBuffer: LARGEST_OUTPUT,
        stdio: ['pipe', 'pipe', 'pipe'],
      })
    } catch (error) {
      throw new Error(saidBy(error), { cause: error })
    }
  }

  /**
   * The texts of files in a commit, by path from the top of the repository; files that are not in it are left out.
   *
   * @throws as `text`
   */
  textsIn(commit: string, paths: readonly string[]): Map<string, string> {
    const asked = paths.filter((path) => !path.includes('\n'))
    const output = this.bytes(['cat-file', '--batch'], asked.map((path) => `${commit}:${path}\n`).join(''))
    const texts = new Map<string, string>()
    let at = 0
    for (const path of asked) {
      const end = output.indexOf(10, at)
      const head = output.toString('utf8', at, end)
      at = end + 1
      // `<object> missing` for a file that is not there; a name with blanks is in front of it, too.
      const [, kind, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(head) ?? []
      if (size === undefined) continue
      if (kind === 'blob') texts.set(path, output.toString('utf8', at, at + Number(size)))
      at += Number(size) + 1
    }
    return texts
  }
}

/**
 * In a hook of a worktree git names the repository by a variable, and then takes whatever folder it is started in for the top
 * of it.
 */
function environmentAnywhere(): NodeJS.ProcessEnv {
  const { GIT_DIR, ...others } = process.env
  return others.GIT_WORK_TREE === undefined ? others : process.env
}

function saidBy(error: unknown): string {
  const { code, stderr } = error as NodeJS.ErrnoException & { readonly stderr?: Buffer }
  if (code === 'ENOENT') return 'there is no git'
  const [first = ''] = String(stderr ?? '')
    .trim()
    .split('\n')
  return first.replace(/^fatal: /, '') || messageOf(error)
}
