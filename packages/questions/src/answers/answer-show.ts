import { aboutOf } from '../recording/about.ts'
import { linesOfText } from '../recording/lines-of-text.ts'
import type { Recording } from '../recording/recording.ts'
import { refuseFolder } from '../recording/refuse-folder.ts'
import type { FileTarget, FunctionTarget, LinesTarget, Target } from '../recording/target.ts'
import type { Answer } from './answer.ts'
import { linesAsked } from './lines-asked.ts'

/** A source, or a part of it, with the number of each line. */
export interface ShowAnswer extends Answer {
  readonly question: 'show'
  readonly target: FileTarget | FunctionTarget | LinesTarget
  /** Of the lines that are shown, how many ran, and how many can. */
  readonly total: { readonly lines: number; readonly executable: number }
  /** The largest number in the whole source. */
  readonly hottest: number
  readonly rows: readonly ShowRow[]
}

export interface ShowRow {
  /** 1-based. */
  readonly line: number
  /** How often it ran; undefined for one that is not executable. */
  readonly count?: number
  /** Whether it is counted as missing: not where it says that it is not to be. */
  readonly missing?: true
  /** Whether a branch starts on it of which a way was never taken; only where branches were counted. */
  readonly partial?: true
  /** What stands there in the text that ran; undefined where that is not known. */
  readonly text?: string
}

/**
 * The lines of a source, or of a part of it, and how often each ran. Where the text is not known, those that can run.
 *
 * @throws TstraceError `TST_TARGET_UNKNOWN` for a folder
 */
export function answerShow(recording: Recording, asked: Target): ShowAnswer {
  const target = refuseFolder(asked)
  const { hash, path } = target
  const results = recording.results({ path: (other) => other === path, calls: false })
  const counts = results.lineCounts(path, hash)
  const missing = new Set(results.missingLines(path, hash))
  const partial = new Set(results.partialLines(path, hash))
  const text = recording.text(target)
  const texts = text === undefined ? undefined : linesOf(text)
  const { from, to } = linesAsked(results, target)
  const numbers = texts ? texts.map((_, at) => at + 1) : [...counts.keys()]
  const shown = numbers.filter((line) => line >= from && line <= to)
  const rows = shown.map((line): ShowRow => {
    const count = counts.get(line)
    const here = texts?.[line - 1]
    return {
      line,
      ...(count !== undefined && { count }),
      ...(missing.has(line) && { missing: true }),
      ...(partial.has(line) && { partial: true }),
      ...(here !== undefined && { text: here }),
    }
  })
  const ran = rows.filter(({ count = 0 }) => count > 0).length
  const never = rows.filter((row) => row.missing).length
  let hottest = 0
  for (const count of counts.values()) hottest = Math.max(hottest, count)
  return {
    question: 'show',
    about: aboutOf(recording, [{ path, hash }]),
    target,
    total: { lines: ran, executable: ran + never },
    hottest,
    rows,
  }
}

/** A text that ends with a line end has no empty line after it; where it starts may say how it is encoded. */
function linesOf(text: string): string[] {
  const lines = linesOfText(text.replace(/^\uFEFF/, ''))
  if (lines.at(-1) === '') lines.pop()
  return lines
}
