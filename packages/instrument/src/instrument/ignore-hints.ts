import type { Comment } from 'oxc-parser'
import type { SourceLines } from './source-lines.ts'

/** What the comments of a source text ask to leave out of the listings. */
export interface IgnoreHints {
  /** The whole file is to run untouched. */
  readonly file: boolean
  /** Offsets at which a node starts that is to be left out with everything in it. */
  readonly nodes: ReadonlySet<number>
  /** Offsets at which an `if` starts, with the arm that is to be left out. */
  readonly arms: ReadonlyMap<number, 'if' | 'else'>
  /** Stretches of offsets, from inclusive, to exclusive, in which nothing is listed. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[]
}

/** Whose hints are followed, as alternatives of a regular expression. */
export const HINT_TOOLS = 'tstrace|istanbul|v8|c8|node:coverage'

/*
 * The forms are those of the tools people have: Istanbul's guide "ignoring code for coverage", the comments of
 * c8 and of Vitest's v8 provider, and Node's `node:coverage`. Ours takes the same words.
 */
const hint = new RegExp(
  `^\\s*(?:(${HINT_TOOLS})\\s+ignore\\s+(next|file|start|stop|if|else)|node:coverage\\s+(disable|enable))\\b(?:\\s+(\\d+))?`,
)

/**
 * Reads the ignore hints from the comments of the original source, before any transform could strip them.
 *
 * @param source the text
 * @param comments its comments in order
 * @param lines its lines
 */
export function ignoreHintsOf(source: string, comments: readonly Comment[], lines: SourceLines): IgnoreHints {
  const nodes = new Set<number>()
  const arms = new Map<number, 'if' | 'else'>()
  const ranges: { from: number; to: number }[] = []
  let file = false
  let open: number | undefined
  for (const comment of comments) {
    const found = hint.exec(comment.value)
    if (!found) continue
    const [, tool, ignored, switched, count] = found
    const word = ignored ?? switched
    if (word === 'file') file = true
    else if (word === 'if' || word === 'else') arms.set(nextToken(source, comment.end), word)
    else if (word === 'start' || word === 'disable') open ??= comment.start
    else if (word === 'stop' || word === 'enable') {
      if (open !== undefined) ranges.push({ from: open, to: comment.end })
      open = undefined
    } else if (count !== undefined || tool === 'c8' || tool === 'node:coverage') {
      ranges.push(nextLines(lines, { comment, source, count: Number(count ?? 1) }))
    } else nodes.add(nextToken(source, comment.end))
  }
  if (open !== undefined) ranges.push({ from: open, to: source.length })
  return { file, nodes, arms, ranges }
}

/** The lines a counted hint names: those after a comment that stands alone, else from its own line on. */
function nextLines(
  lines: SourceLines,
  { comment, source, count }: { comment: Comment; source: string; count: number },
): { from: number; to: number } {
  const line = lines.lineOf(comment.start)
  const alone = source.slice(lines.starts[line - 1], comment.start).trim() === ''
  const first = alone ? lines.lineOf(comment.end) : line - 1
  return { from: lines.starts[first] ?? source.length, to: lines.starts[first + count] ?? source.length }
}

/** Offset of the first token at or after `from`: white space and comments are passed over. */
export function nextToken(source: string, from: number): number {
  let at = from
  for (;;) {
    const code = source.charCodeAt(at)
    if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029) at++
    else if (code !== 47) return at
    else {
      const second = source.charCodeAt(at + 1)
      if (second === 47) at = lineEnd(source, at)
      else if (second === 42) {
        const end = source.indexOf('*/', at + 2)
        if (end < 0) return source.length
        at = end + 2
      } else return at
    }
  }
}

/** Offset of the line break that ends the line of `from`, or the end of the text. */
export function lineEnd(source: string, from: number): number {
  let at = from
  while (at < source.length) {
    const code = source.charCodeAt(at)
    if (code === 10 || code === 13) return at
    at++
  }
  return at
}
