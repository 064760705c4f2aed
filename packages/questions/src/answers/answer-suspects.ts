import { type Context, type CoverageResults, contextKey } from '@tstrace/results'
import { roomyInt32Array } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { testFiles } from '../recording/attempts.ts'
import type { Recording } from '../recording/recording.ts'
import { refuseWithoutTests } from '../recording/refuse-without-contexts.ts'
import type { Target } from '../recording/target.ts'
import { verdictsOf } from '../recording/verdicts.ts'
import type { Answer } from './answer.ts'
import { ContextValues } from './context-values.ts'
import { countedTexts } from './counted-texts.ts'
import { compareRanges, type LineRange, textsOf } from './line-range.ts'
import { linesAsked, TextLines } from './text-lines.ts'
import { isIn, sourcesIn } from './what-ran.ts'

/** Lines by how much their running goes along with failing. */
export interface SuspectsAnswer extends Answer {
  readonly question: 'suspects'
  /** Where they were looked for; absent for everywhere. */
  readonly target?: Target
  /** Tests that failed; each test counts by its last attempt. */
  readonly failing: number
  readonly passing: number
  /** Tests that failed and passed when they were tried again: they count for neither. */
  readonly flaky: number
  /** Tests of whose end nothing was heard: they count for neither. */
  readonly unfinished: number
  /** Test files that failed before any of their tests ran, as when they cannot be loaded: they count for nothing. */
  readonly failedFiles: { readonly rows: readonly TestFile[] }
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

interface Asked {
  readonly most?: number
  readonly target?: Target | undefined
}

export interface TestFile {
  /** Name of the runner's project, or ''. */
  readonly project: string
  readonly file: string
}

/** How a context counts: `0` for one that counts for neither. */
const [FAILING, PASSING] = [1, 2]

interface Counting {
  /** Of each context how it counts. */
  readonly verdicts: ContextValues<number>
  /** How many failing tests there are. */
  readonly all: number
}

/**
 * Ranks every line that a failing test ran, by Ochiai's measure. What only imports and hooks ran is not among them, and
 * neither are the test files themselves: each assertion that failed would lead the list.
 *
 * @param target where they are looked for. Default: everywhere
 * @param most how many rows are wanted. Default: all
 */
export function answerSuspects(
  recording: Recording,
  { most = Number.POSITIVE_INFINITY, target }: Asked = {},
): SuspectsAnswer {
  refuseWithoutTests(recording)
  const contexts = recording.contexts()
  const { failed, flaky, passed, unfinished } = verdictsOf(contexts)
  const verdicts = new Map<string, number>()
  for (const test of failed) verdicts.set(contextKey(test), FAILING)
  for (const test of passed) verdicts.set(contextKey(test), PASSING)
  const counting = { verdicts: new ContextValues((key) => verdicts.get(key) ?? 0), all: failed.length }
  const shared = contexts.flatMap((context) => (context.kind === 'overlap' ? context.members : []))
  const tests = testFiles(contexts)
  const results = recording.results({ path: isIn(target), calls: false, contexts: failed })
  const found = countedTexts(sourcesIn(results, target))
    .filter(({ path }) => !tests.has(path))
    .flatMap((text) => suspectsIn(results, new TextLines(text, linesAsked(text, target)), counting))
    .sort(compareSuspects)
  const rows = found.slice(0, most)
  return {
    question: 'suspects',
    ...(target && { target }),
    about: aboutOf(recording, textsOf(rows)),
    failing: failed.length,
    passing: passed.length,
    flaky,
    unfinished,
    failedFiles: { rows: failedFiles(contexts) },
    overlapping: new Set(shared.map(contextKey).filter((key) => verdicts.get(key) === FAILING)).size,
    rows,
    more: found.length - rows.length,
  }
}

function failedFiles(contexts: readonly Context[]): TestFile[] {
  return contexts.flatMap((context) =>
    context.kind === 'import' && context.state === 'failed'
      ? [{ project: context.project, file: context.file }]
      : [],
  )
}

function suspectsIn(results: CoverageResults, lines: TextLines, counting: Counting): SuspectRow[] {
  const { failing, passing } = testsOfLines(results, lines, counting)
  return lines
    .ranges((line) => (failing[line] ? `${failing[line]} ${passing[line]}` : undefined))
    .map(({ place, ...range }) => {
      const [ef, ep] = [failing[place] as number, passing[place] as number]
      return { ...range, score: ef / Math.sqrt(counting.all * (ef + ep)), failing: ef, passing: ep }
    })
}

/** Of each line how many tests ran it. */
function testsOfLines(
  results: CoverageResults,
  lines: TextLines,
  { verdicts }: Counting,
): { readonly failing: Int32Array; readonly passing: Int32Array } {
  const failing = roomyInt32Array(lines.numbers.length)
  const passing = roomyInt32Array(lines.numbers.length)
  // The same line can have run in the same context by another table.
  const seen = lines.tables > 1 ? new Set<string>() : undefined
  const contexts: number[] = []
  for (const { kept, lines: places } of lines.kept(results)) {
    const verdictOf = verdicts.of(kept)
    const ran = new Tests()
    const addContext = (context: number): void => {
      ran.add(verdictOf(context))
      if (seen) contexts.push(context)
    }
    const addLine = (line: number): void => {
      if (seen) ran.reset()
      for (const context of contexts) {
        const key = `${line} ${kept.keys[context]}`
        if (!seen?.has(key)) ran.add(verdictOf(context))
        seen?.add(key)
      }
      failing[line] = (failing[line] as number) + ran.failing
      passing[line] = (passing[line] as number) + ran.passing
    }
    for (let row = 0; row < kept.rows; row++) {
      ran.reset()
      contexts.length = 0
      kept.visitContexts(row, addContext)
      if (ran.failing + ran.passing > 0) places.visitRow(kept.countsOf(row), addLine)
    }
  }
  return { failing, passing }
}

/** How many tests ran something. */
class Tests {
  failing = 0
  passing = 0

  add(verdict: number): void {
    if (verdict === FAILING) this.failing++
    else if (verdict === PASSING) this.passing++
  }

  reset(): void {
    this.failing = 0
    this.passing = 0
  }
}

/** Of those with the same figures the shortest first: it says most. */
function compareSuspects(a: SuspectRow, b: SuspectRow): number {
  return b.score - a.score || b.failing - a.failing || a.lines - b.lines || compareRanges(a, b)
}
