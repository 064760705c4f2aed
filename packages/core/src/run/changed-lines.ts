import { execFileSync } from 'node:child_process'
import { messageOf } from '@tstrace/results/errors'
import type { Lines } from '@tstrace/results/internal'

/** Lines that a change added or replaced, by path from the folder; or why nobody knows, as the end of a sentence. */
export type ChangedLines = ReadonlyMap<string, readonly Lines[]> | { readonly unknown: string }

/** More than any change that somebody reads, in bytes. */
const LONGEST_DIFF = 2 ** 28

/**
 * What changed in a folder between a commit and what is checked out.
 *
 * @param folder absolute path
 * @param base anything that git takes for a commit
 */
export function changedLines(folder: string, base: string): ChangedLines {
  const asked = [
    'diff',
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--no-renames',
    '--relative',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--end-of-options',
    base,
    'HEAD',
    '--',
  ]
  try {
    const words = ['-c', 'core.quotePath=false', ...asked]
    return readDiff(
      execFileSync('git', words, {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: LONGEST_DIFF,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    )
  } catch (error) {
    return { unknown: `git cannot compare with ${base}: ${firstLine(error)}` }
  }
}

function firstLine(error: unknown): string {
  const { stderr } = error as { readonly stderr?: string }
  return (stderr || messageOf(error)).trim().split('\n', 1)[0] ?? ''
}

/** Reads a diff without context. How long hunks are is in their heads, so that no line of theirs is taken for a head. */
function readDiff(text: string): Map<string, Lines[]> {
  const changed = new Map<string, Lines[]>()
  const lines = text.split('\n')
  let path: string | undefined
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    if (line.startsWith('diff ')) path = undefined
    if (line.startsWith('+++ ')) path = pathIn(line.slice(4).replace(/\t$/, ''))
    const [, removed, from, added] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? []
    if (from === undefined) continue
    const [before, after] = [Number(removed ?? 1), Number(added ?? 1)]
    at += before + after
    while (lines[at + 1]?.startsWith('\\')) at++
    if (path === undefined || after === 0) continue
    const ranges = changed.get(path) ?? []
    changed.set(path, ranges)
    ranges.push({ from: Number(from), to: Number(from) + after - 1 })
  }
  return changed
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
}

/** Undefined for what is gone. Names with quotes, backslashes or control characters are written as C writes them. */
function pathIn(name: string): string | undefined {
  const plain = name.startsWith('"')
    ? name
        .slice(1, -1)
        .replaceAll(/\\(?:([0-7]{3})|(.))/g, (_, octal?: string, letter = '') =>
          octal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
        )
    : name
  return plain.startsWith('b/') ? plain.slice(2) : undefined
}
