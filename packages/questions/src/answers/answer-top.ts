import { type Context, type CoverageResults, contextKey } from '@tstrace/results'
import { lineCounts, lineNumbers } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { findTests } from '../recording/find-tests.ts'
import type { Recording } from '../recording/recording.ts'
import type { Target } from '../recording/target.ts'
import type { Answer } from './answer.ts'
import { type CountedText, countedTexts } from './counted-texts.ts'
import { textsOf } from './line-range.ts'
import { functionsIn } from './text-lines.ts'
import { isInTarget } from './what-ran.ts'

/** What of a recording ran most. */
export interface TopAnswer extends Answer {
  readonly question: 'top'
  readonly by: TopOrder
  /** What it was looked for in. */
  readonly target: Target
  /** What is told apart, where only some of what ran was asked for. */
  readonly contexts?: readonly Context[]
  /** Of all lines in the recording, or in those contexts. */
  readonly total: number
  readonly rows: readonly TopRow[]
}

/** `count`: lines by their numbers. `calls`: functions by their calls. `share`: functions by the numbers of their lines. */
export type TopOrder = 'count' | 'calls' | 'share'

export interface TopRow {
  readonly path: string
  readonly hash: string
  /** 1-based; of a function the line that it starts on. */
  readonly line: number
  readonly function: string
  /** Of a line its number, of a function the sum of the numbers of its lines, those of functions in it apart. */
  readonly count: number
  /** Of a function, how often it was called. */
  readonly calls?: number
  /** What part of all counts that is, from 0 to 1. */
  readonly share: number
}

interface Asked {
  readonly by: TopOrder
  readonly target: Target
  /** What was typed to name a test; '' for everything that ran. */
  readonly test: string
  /** How many rows are wanted. Default: all */
  readonly most?: number
}

/** A text with the number of each of its lines. */
interface NumberedText extends CountedText {
  readonly numbers: ReadonlyMap<number, number>
}

type Row = Omit<TopRow, 'share'>

/** A row whose function is looked for when it is wanted: of all lines few are. */
interface Found extends Omit<Row, 'function' | 'path' | 'hash'> {
  readonly text: NumberedText
  readonly name?: string
}

/**
 * The lines, or functions, that ran most; what never ran is not among them.
 *
 * @throws TstraceError what `findTests` throws
 */
export function answerTop(
  recording: Recording,
  { by, most = Number.POSITIVE_INFINITY, target, test }: Asked,
): TopAnswer {
  const contexts = test === '' ? undefined : findTests(recording, test).contexts
  const texts = numberedTexts(recording.results({ calls: false, ...(contexts && { contexts }) }), contexts)
  const total = texts.reduce((sum, { numbers }) => sum + sumOf(numbers.values()), 0)
  const wanted = texts.filter((text) => isInTarget(text, target))
  const measure = by === 'calls' ? 'calls' : 'count'
  const found = wanted.flatMap((text) =>
    (by === 'count' ? lineRows : functionRows)(text, target).filter((row) => row[measure] !== 0),
  )
  const shown = mostFirst(found, measure).slice(0, most)
  const rows = namedRows(shown).map((row) => ({ ...row, share: total === 0 ? 0 : row.count / total }))
  return {
    question: 'top',
    about: aboutOf(recording, textsOf(rows)),
    by,
    target,
    ...(contexts && { contexts }),
    total,
    rows,
    more: found.length - rows.length,
  }
}

function numberedTexts(results: CoverageResults, contexts: readonly Context[] | undefined): NumberedText[] {
  const keys = contexts?.map(contextKey)
  return countedTexts(results.sources()).map(({ counted, hash, path }) => {
    const sources = keys ? counted.map((source) => results.recorded.sourceIn(source, keys)) : counted
    return { path, hash, counted: sources, numbers: lineCounts(lineNumbers(sources)) }
  })
}

function lineRows(text: NumberedText, target: Target): Found[] {
  const functions = target.kind === 'function' ? functionsIn(text) : undefined
  const rows: Found[] = []
  for (const [line, count] of text.numbers) {
    if (target.kind === 'lines' && (line < target.from || line > target.to)) continue
    if (target.kind === 'function' && functions?.get(line)?.name !== target.name) continue
    if (count > 0) rows.push({ text, line, count })
  }
  return rows
}

function functionRows(text: NumberedText, target: Target): Found[] {
  const { counted, numbers } = text
  const rows = new Map<string, Found & { count: number; calls: number }>()
  for (const { counts, sites } of counted)
    for (const { counter, line, name } of sites.functions) {
      const calls = (counts[counter] ?? 0) + (rows.get(name)?.calls ?? 0)
      rows.set(name, { text, line, name, count: 0, calls })
    }
  for (const [line, { name }] of functionsIn(text)) {
    const row = rows.get(name)
    if (row) row.count += numbers.get(line) ?? 0
  }
  return [...rows.values()].filter(({ line, name }) => {
    if (target.kind === 'lines') return line >= target.from && line <= target.to
    return target.kind !== 'function' || name === target.name
  })
}

function namedRows(rows: readonly Found[]): Row[] {
  const functions = new Map<NumberedText, ReadonlyMap<number, { readonly name: string }>>()
  return rows.map(({ calls, count, line, name, text }) => {
    const known = name === undefined ? (functions.get(text) ?? functionsIn(text)) : undefined
    if (known) functions.set(text, known)
    const { hash, path } = text
    const own = name ?? known?.get(line)?.name ?? ''
    return { path, hash, line, function: own, count, ...(calls !== undefined && { calls }) }
  })
}

/** Of equals the first stays the first. There may be many, and numbers are sorted faster than rows. */
function mostFirst(rows: readonly Found[], measure: 'calls' | 'count'): Found[] {
  const numbers = Float64Array.from(rows, (row) => row[measure] ?? 0)
  const order = Uint32Array.from(rows.keys())
  order.sort((a, b) => (numbers[b] as number) - (numbers[a] as number) || a - b)
  return [...order].map((at) => rows[at] as Found)
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
