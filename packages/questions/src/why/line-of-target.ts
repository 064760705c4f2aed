import { TstraceError } from '@tstrace/results/errors'
import { functionsOfLines } from '@tstrace/results/internal'
import type { Recording } from '../recording/recording.ts'
import { type FunctionTarget, type LinesTarget, type Target, targetText } from '../recording/target.ts'
import type { LineTarget } from './answer-why.ts'

/**
 * The line that is meant: of several the first that never ran, or else the first; of a function the first line in it.
 *
 * @throws TstraceError `TST_TARGET_NO_LINE` for a file or a folder
 */
export function lineOfTarget(recording: Recording, target: Target): LineTarget {
  switch (target.kind) {
    case 'lines':
      return { path: target.path, hash: target.hash, line: firstMissing(recording, target) }
    case 'function':
      return { path: target.path, hash: target.hash, line: firstIn(recording, target) }
    default: {
      const message = `"${targetText(target)}" is no line.`
      throw new TstraceError('TST_TARGET_NO_LINE', `${message} Name one as src/a.ts:42, or a function.`)
    }
  }
}

function firstMissing(recording: Recording, { from, hash, path, to }: LinesTarget): number {
  const missing = recording
    .results({ path: (other) => other === path, calls: false })
    .missingLines(path, hash)
  return missing.find((line) => line >= from && line <= to) ?? from
}

function firstIn(recording: Recording, { hash, line, name, path }: FunctionTarget): number {
  const results = recording.results({ path: (other) => other === path, calls: false })
  const sources = results.sources().filter((source) => source.path === path && source.hash === hash)
  const lines = sources
    .flatMap(({ sites }) => [...functionsOfLines(sites)])
    .filter(([, site]) => site.name === name)
    .map(([one]) => one)
  return lines.length > 0 ? Math.min(...lines) : line
}
