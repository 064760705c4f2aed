import { type Lines, missingRanges } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import type { Recording } from '../recording/recording.ts'
import type { Target } from '../recording/target.ts'
import type { Answer } from './answer.ts'
import { linesAsked } from './lines-asked.ts'
import { isIn } from './what-ran.ts'

/** Which lines never ran. */
export interface MissingAnswer extends Answer {
  readonly question: 'show'
  readonly target: Target
  /** How many lines ran of what was asked about, and how many can. */
  readonly total: { readonly lines: number; readonly executable: number }
  /** The sources of which lines never ran, by path. */
  readonly rows: readonly MissingRow[]
}

export interface MissingRow {
  readonly path: string
  readonly hash: string
  /** How many lines never ran. */
  readonly lines: number
  readonly missing: readonly Lines[]
}

/** The executable lines that never ran, of all sources that a target has. */
export function answerMissing(recording: Recording, target: Target): MissingAnswer {
  const isAsked = isIn(target)
  const results = recording.results({ path: isAsked, calls: false })
  const { from, to } = target.kind === 'folder' ? EVERY : linesAsked(results, target)
  const isWanted = (line: number): boolean => line >= from && line <= to
  const total = { lines: 0, executable: 0 }
  const rows = recording.versions().flatMap(({ hash, path }): MissingRow[] => {
    if (!isAsked(path) || (target.kind !== 'folder' && target.hash !== hash)) return []
    const counts = new Map([...results.lineCounts(path, hash)].filter(([line]) => isWanted(line)))
    const never = results.missingLines(path, hash).filter(isWanted)
    for (const count of counts.values()) total.lines += Number(count > 0)
    total.executable += never.length
    if (never.length === 0) return []
    return [{ path, hash, lines: never.length, missing: missingRanges(counts, never) }]
  })
  total.executable += total.lines
  return { question: 'show', about: aboutOf(recording, rows), target, total, rows }
}

const EVERY: Lines = { from: 1, to: Number.POSITIVE_INFINITY }
