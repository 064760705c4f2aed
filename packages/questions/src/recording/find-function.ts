import type { SourceCounts } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { findTarget } from './find-target.ts'
import type { Recording } from './recording.ts'
import type { FunctionTarget, LinesTarget } from './target.ts'

/**
 * What a user means by the name of a function, `src/a.ts:parse`, and `src/a.ts:42`: the innermost function that the line is in.
 *
 * @throws TstraceError what `findTarget` throws, and `TST_TARGET_UNKNOWN` for a file or a folder
 */
export function findFunction(recording: Recording, word: string): FunctionTarget {
  const target = findTarget(recording, word)
  if (target.kind === 'function') return target
  if (target.kind === 'lines') return functionAt(recording, target)
  throw new TstraceError(
    'TST_TARGET_UNKNOWN',
    `"${word}" is a ${target.kind}, and no function. Name one, as ${target.kind === 'file' ? word : 'src/a.ts'}:parse, or a line in it.`,
  )
}

function functionAt(recording: Recording, { from, hash, path }: LinesTarget): FunctionTarget {
  const results = recording.results({ path: (other) => other === path, calls: false })
  const source = results.sources().find((other) => other.path === path && other.hash === hash) as SourceCounts
  const around = source.sites.functions.filter(
    ({ end, line, name }) => name === '<module>' || (line <= from && from <= end.line),
  )
  // In source order, so that the last that is around the line is the innermost.
  const { line, name } = around.at(-1) as FunctionTarget & (typeof around)[number]
  return { kind: 'function', path, hash, name, line }
}
