import { componentKind, languageOf, ParseError, parse } from '@tstrace/instrument/syntax'
import type { ContextCount, SourceCounts, SourceVersion } from '@tstrace/results'
import { functionsOfLines } from '@tstrace/results/internal'
import type { Answer } from '../answers/answer.ts'
import { functionsIn } from '../answers/text-lines.ts'
import { aboutOf } from '../recording/about.ts'
import { linesOfText } from '../recording/lines-of-text.ts'
import type { Recording } from '../recording/recording.ts'
import { CountedNodes } from './counted-nodes.ts'
import { findReason } from './find-reason.ts'
import type { Reached, Reason } from './reason.ts'

/** Why a line never ran, or that it did. */
export interface WhyAnswer extends Answer {
  readonly question: 'why'
  readonly target: LineTarget
  readonly state: 'ran' | 'never ran' | 'not executable'
  /** Its number, as in listings; 0 for a line that is not executable. */
  readonly count: number
  /** The function that it is in; not there for what is in none. */
  readonly function?: { readonly name: string; readonly line: number; readonly calls: number }
  /** Of a line that is not executable, the nearest that is: above it, or else below. */
  readonly executable?: Reached & { readonly rule: string }
  /** Of a line that never ran, the nearest above it that did, in the same function; or else where that is defined. */
  readonly nearest?: Reached
  /** Of a line that never ran; not there where the text that ran is not known, or does not say. */
  readonly reason?: Reason
  /** The lines that the answer speaks of, as they stand in the text that ran; none where that is not known. */
  readonly text: readonly TextLine[]
  /** Which line `rows` are about: the line itself, or that from which execution came closest to it. */
  readonly from?: number
  /** The contexts that ran that line, most often first. */
  readonly rows: readonly ContextCount[]
}

/** 1-based. */
export type LineTarget = SourceVersion & { readonly line: number }

export interface TextLine {
  readonly line: number
  /** Its number; not there for a line that is not executable. */
  readonly count?: number
  /** Its first 200 characters. */
  readonly text: string
}

const LONGEST = 200

/** A line, and what is known of its text. */
interface Known {
  readonly line: number
  readonly counted: readonly SourceCounts[]
  /** By line. */
  readonly numbers: ReadonlyMap<number, number>
  readonly text: string | undefined
}

/** Why a line never ran; of a line that ran, how often, and in which contexts. */
export function answerWhy(recording: Recording, { hash, line, path }: LineTarget): WhyAnswer {
  const results = recording.results({ path: (other) => other === path, calls: false })
  const text = recording.text({ path, hash })
  const counted = results.sources().filter((source) => source.path === path && source.hash === hash)
  const known = { line, counted, numbers: results.lineCounts(path, hash), text }
  const count = known.numbers.get(line)
  const around = functionAround(known)
  const executable = count === undefined ? nearestExecutable(known) : undefined
  const nearest = count === 0 ? nearestAbove(known, around) : undefined
  const reason = count === 0 ? reasonFor(known, path) : undefined
  const from = count ? line : count === 0 ? (closest(reason) ?? nearest?.line) : undefined
  const shown = [line, executable, nearest, reason].flatMap(linesIn)
  return {
    question: 'why',
    about: aboutOf(recording, [{ path, hash }]),
    target: { path, hash, line },
    state: count === undefined ? 'not executable' : count === 0 ? 'never ran' : 'ran',
    count: count ?? 0,
    ...(around && { function: around }),
    ...(executable && { executable }),
    ...(nearest && { nearest }),
    ...(reason && { reason }),
    text: textLines(known, shown),
    ...(from !== undefined && { from }),
    rows: from === undefined ? [] : results.testsOf(path, from, hash),
  }
}

function functionAround({ counted, line }: Known): WhyAnswer['function'] {
  for (const { counts, sites } of counted) {
    const inside = (site: { line: number; end: { line: number } }): boolean =>
      site.line <= line && line <= site.end.line
    const found = functionsOfLines(sites).get(line) ?? sites.functions.slice(1).findLast(inside)
    if (!found || found === sites.functions[0]) continue
    return { name: found.name, line: found.line, calls: counts[found.counter] ?? 0 }
  }
  return undefined
}

function nearestExecutable({ counted, line, numbers }: Known): WhyAnswer['executable'] {
  const lines = [...numbers.keys()]
  const near = lines.findLast((one) => one < line) ?? lines.find((one) => one > line)
  const site = counted.flatMap(({ sites }) => sites.lines).find((one) => one.line === near)
  return site && { line: site.line, count: numbers.get(site.line) ?? 0, rule: site.rule }
}

function nearestAbove({ counted, line, numbers }: Known, around: WhyAnswer['function']): Reached | undefined {
  const functions = functionsIn({ counted })
  const name = functions.get(line)?.name
  const ran = [...numbers].filter(([one, count]) => one < line && count > 0)
  const found =
    ran.findLast(([one]) => functions.get(one)?.name === name) ??
    ran.findLast(([one]) => around !== undefined && one <= around.line)
  return found && { line: found[0], count: found[1] }
}

/** What execution came to when it came closest. */
function closest(reason: Reason | undefined): number | undefined {
  if (!reason || reason.kind === 'not loaded') return undefined
  const [called] = 'mentions' in reason ? [...reason.mentions].sort((a, b) => b.count - a.count) : []
  return called && called.count > 0 ? called.line : reason.line
}

function reasonFor({ counted, line, text }: Known, path: string): Reason | undefined {
  const [source] = counted
  const site = source?.sites.lines.filter((one) => one.line === line).sort((a, b) => a.column - b.column)[0]
  // A component is no JavaScript: only its compiler can read it.
  if (!source || !site || text === undefined || componentKind(path)) return undefined
  try {
    return findReason(new CountedNodes(parse(text, path, languageOf(path)).program, text, source), site)
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** Every line that is named in something. */
function linesIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  const own = 'line' in value && typeof value.line === 'number' ? [value.line] : []
  return [...own, ...Object.values(value).flatMap((part) => (typeof part === 'object' ? linesIn(part) : []))]
}

function textLines({ numbers, text }: Known, lines: readonly number[]): TextLine[] {
  if (text === undefined) return []
  const all = linesOfText(text)
  return [...new Set(lines)]
    .sort((a, b) => a - b)
    .map((line) => {
      const count = numbers.get(line)
      return { line, ...(count !== undefined && { count }), text: (all[line - 1] ?? '').slice(0, LONGEST) }
    })
}
