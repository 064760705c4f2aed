import type { CoverageResults, SourceVersion } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import { type LineStates, lineChanges, textsOfLines } from './line-states.ts'

export interface ReportedInput {
  /** Says by path whether a source is in the summary. */
  readonly keep: (path: string) => boolean
  /** The text of a version; undefined where it is not to be had. */
  readonly textOf: (version: SourceVersion) => string | undefined
}

interface Reported extends LineStates {
  readonly hash: string
}

const NOTHING: Reported = { hash: '', texts: new Int32Array(), ran: new Set() }

/** Remembers which lines ran in the last report, to say what is different in the next one. */
export class ReportedChanges {
  #sources: ReadonlyMap<string, Reported> | undefined

  /** What is different from the last report, a line for each source; undefined if there was none. */
  next(results: CoverageResults, { keep, textOf }: ReportedInput): string[] | undefined {
    const before = this.#sources
    const now = new Map<string, Reported>()
    const lines: string[] = []
    for (const [path, hash] of versionsOf(results, textOf)) {
      if (!keep(path)) continue
      const known = before?.get(path) ?? NOTHING
      const texts = known.hash === hash ? known.texts : textsOfLines(textOf({ path, hash }) ?? '')
      const ran = new Set([...results.lineCounts(path, hash)].flatMap(([line, n]) => (n > 0 ? line : [])))
      const own = { hash, texts, ran }
      now.set(path, own)
      const { newly, noLonger } = lineChanges(known, own, results.missingLines(path, hash))
      if (newly + noLonger > 0) lines.push(changeText(path, newly, noLonger))
    }
    this.#sources = now
    if (!before) return undefined
    for (const path of before.keys())
      if (!now.has(path)) lines.push(`${printable(path)}: nothing runs any more\n`)
    return lines.sort(codePointOrder)
  }
}

/** The text of each source: of several that which is to be had. */
function versionsOf(results: CoverageResults, textOf: ReportedInput['textOf']): Map<string, string> {
  const versions = new Map<string, string>()
  for (const { hash, path } of results.versions())
    if (!versions.has(path) || textOf({ path, hash }) !== undefined) versions.set(path, hash)
  return versions
}

function changeText(path: string, newly: number, noLonger: number): string {
  const parts = [
    ...(newly > 0 ? [`${linesOf(newly)} newly run`] : []),
    ...(noLonger > 0 ? [newly > 0 ? `${noLonger} no longer` : `${linesOf(noLonger)} no longer run`] : []),
  ]
  return `${printable(path)}: ${parts.join(', ')}\n`
}

function linesOf(number: number): string {
  return number === 1 ? '1 line' : `${number} lines`
}
