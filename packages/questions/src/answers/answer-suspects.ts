import { type CoverageResults, contextKey } from '@tstrace/results'
import type { KeptCounts, Part } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { attempts, testFiles } from '../recording/attempts.ts'
import type { Recording } from '../recording/recording.ts'
import { refuseWithoutTests } from '../recording/refuse-without-contexts.ts'
import { verdictsOf } from '../recording/verdicts.ts'
import type { Answer } from './answer.ts'
import { compareRanges, type LineRange, textsOf } from './line-range.ts'
import { type CountedText, type CounterLines, countedTexts, TextLines } from './text-lines.ts'

/** Lines by how much their running goes along with failing. */
export interface SuspectsAnswer extends Answer {
  readonly question: 'suspects'
  /** Tests that failed; each test counts by its last attempt. */
  readonly failing: number
  readonly passing: number
  /** Tests that failed and passed when they were tried again: they count for neither. */
  readonly flaky: number
  /** Tests of whose end nothing was heard: they count for neither. */
  readonly unfinished: number
  /** Test files that were recorded, but no test of theirs: they may have failed while they were loaded. */
  readonly filesWithoutTests: number
  /** Failing tests that ran at the same time as something else: what ran then counts for neither. */
  readonly overlapping: number
  /** Most suspicious first. */
  readonly rows: readonly SuspectRow[]
}

/** Lines next to each other that as many failing and passing tests ran. */
export interface SuspectRow extends LineRange {
  /** Ochiai: `failing / √(all failing × (failing + passing))`, from 0 to 1. */
  readonly score: number
  /** Failing tests that ran them. */
  readonly failing: number
  readonly passing: number
}

/** Keys of the attempts by which tests count. */
interface Counting {
  readonly failing: ReadonlySet<string>
  readonly passing: ReadonlySet<string>
}

/**
 * Ranks every line that a failing test ran, by Ochiai's measure. What only imports and hooks ran is not among them, and
 * neither are the test files themselves: each assertion that failed would lead the list.
 *
 * @param most how many rows are wanted. Default: all
 */
export function answerSuspects(
  recording: Recording,
  most: number = Number.POSITIVE_INFINITY,
): SuspectsAnswer {
  refuseWithoutTests(recording)
  const contexts = recording.contexts()
  const { failed, flaky, passed, unfinished } = verdictsOf(contexts)
  const counting = {
    failing: new Set(failed.map(contextKey)),
    passing: new Set(passed.map(contextKey)),
  }
  const shared = contexts.flatMap((context) => (context.kind === 'overlap' ? context.members : []))
  const tests = testFiles(contexts)
  const results = recording.results({ calls: false, contexts: failed })
  const found = countedTexts(results)
    .filter(({ path }) => !tests.has(path))
    .flatMap((text) => suspectsIn(results, text, counting))
    .sort(compareSuspects)
  const rows = found.slice(0, most)
  return {
    question: 'suspects',
    about: aboutOf(recording, textsOf(rows)),
    failing: failed.length,
    passing: passed.length,
    flaky,
    unfinished,
    filesWithoutTests: tests.size - testFiles(attempts(contexts)).size,
    overlapping: new Set(shared.map(contextKey).filter((key) => counting.failing.has(key))).size,
    rows,
    more: found.length - rows.length,
  }
}

function suspectsIn(results: CoverageResults, text: CountedText, counting: Counting): SuspectRow[] {
  const lines = new TextLines(text)
  const { failing, passing } = testsOfLines(results, lines, counting)
  const all = counting.failing.size
  return lines
    .ranges((line) => (failing[line] ? `${failing[line]} ${passing[line]}` : undefined))
    .map(({ place, ...range }) => {
      const [ef, ep] = [failing[place] as number, passing[place] as number]
      return { ...range, score: ef / Math.sqrt(all * (ef + ep)), failing: ef, passing: ep }
    })
}

/** Of each line how many tests ran it. */
function testsOfLines(
  results: CoverageResults,
  lines: TextLines,
  counting: Counting,
): { readonly failing: Int32Array; readonly passing: Int32Array } {
  const failing = new Int32Array(lines.numbers.length)
  const passing = new Int32Array(lines.numbers.length)
  // The same line can have run in the same context by another table.
  const seen = lines.tables > 1 ? new Map<string, Set<number>>() : undefined
  for (const { kept, lines: own } of lines.kept(results)) {
    const rows = kept.rows.map(() => ({ failing: [] as string[], passing: [] as string[] }))
    for (const [context, row] of kept.contexts) {
      if (counting.passing.has(context)) rows[row]?.passing.push(context)
      else if (counting.failing.has(context)) rows[row]?.failing.push(context)
    }
    for (const [row, of] of rows.entries()) {
      if (of.failing.length + of.passing.length === 0) continue
      const added = (contexts: readonly string[], line: number): number =>
        seen ? unseen(seen, contexts, line) : contexts.length
      for (const line of linesOfRow(kept, row, own)) {
        failing[line] = (failing[line] as number) + added(of.failing, line)
        passing[line] = (passing[line] as number) + added(of.passing, line)
      }
    }
  }
  return { failing, passing }
}

function linesOfRow({ parts, rows }: KeptCounts, row: number, lines: CounterLines): Set<number> {
  const found = new Set<number>()
  for (const part of rows[row] ?? []) lines.visit(parts[part] as Part, (line) => found.add(line))
  return found
}

function unseen(seen: Map<string, Set<number>>, contexts: readonly string[], line: number): number {
  let count = 0
  for (const context of contexts) {
    const lines = seen.get(context) ?? new Set()
    if (!lines.has(line)) count++
    seen.set(context, lines.add(line))
  }
  return count
}

/** Of those with the same figures the shortest first: it says most. */
function compareSuspects(a: SuspectRow, b: SuspectRow): number {
  return b.score - a.score || b.failing - a.failing || a.lines - b.lines || compareRanges(a, b)
}
