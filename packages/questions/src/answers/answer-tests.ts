import type { Context } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { linesOfText } from '../recording/lines-of-text.ts'
import type { Recording } from '../recording/recording.ts'
import { refuseWithoutContexts } from '../recording/refuse-without-contexts.ts'
import type { Target } from '../recording/target.ts'
import type { Answer } from './answer.ts'
import { countedTexts } from './counted-texts.ts'
import type { Ran } from './measure.ts'
import { isIn, nearestIn, sourcesIn, whatRan } from './what-ran.ts'

/** Which tests ran something. */
export interface TestsAnswer extends Answer {
  readonly question: 'tests'
  readonly target: Target
  /** Of the target, whatever ran it. */
  readonly total: Ran & {
    /** How many of its lines can run. */
    readonly executable: number
  }
  /** Of a single line what stands there, in the text that ran; undefined where that is not known. */
  readonly text?: string
  /** Where nothing that was asked about can run: the lines above and below that can. */
  readonly nearest: readonly number[]
  /** How much of the total no context has, since it is of runs that recorded none. */
  readonly outside: number
  /** Tests and what else a user names the most first, then imports, hooks, and what ran late. */
  readonly rows: readonly TestsRow[]
}

/** One context in which it ran. */
export interface TestsRow extends Ran {
  readonly context: Context
}

/**
 * Which tests ran a line, lines, a function, a file or what is in a folder, and how often.
 *
 * @throws TstraceError `TST_NO_CONTEXTS` for a recording that does not say what was running
 */
export function answerTests(recording: Recording, target: Target): TestsAnswer {
  refuseWithoutContexts(recording)
  const results = recording.results({ path: isIn(target), calls: false })
  const sources = sourcesIn(results, target)
  const { byContext, executable, total } = whatRan(results, sources, target)
  const rows = recording.contexts().flatMap((context): TestsRow[] => {
    const ran = byContext.get(contextKey(context))
    return ran && ran.count > 0 ? [{ ...ran, context }] : []
  })
  const inContexts = rows.reduce((sum, { count }) => sum + count, 0)
  const about = aboutOf(
    recording,
    countedTexts(sources).map(({ hash, path }) => ({ path, hash })),
  )
  // Contexts come in their order, which stays among those that ran it equally often.
  rows.sort((a, b) => Number(isAround(a)) - Number(isAround(b)) || b.count - a.count)
  const text = lineOf(recording, target)
  return {
    question: 'tests',
    about,
    target,
    ...(text !== undefined && { text }),
    total: { ...total, executable },
    nearest: executable === 0 ? nearestIn(sources, target) : [],
    outside: Math.max(0, total.count - inContexts),
    rows,
  }
}

function lineOf({ text }: Recording, target: Target): string | undefined {
  if (target.kind !== 'lines' || target.from !== target.to) return undefined
  const whole = text(target)
  return whole === undefined ? undefined : linesOfText(whole)[target.from - 1]
}

/** Whether it is what runs around tests. */
function isAround({ context }: TestsRow): boolean {
  return context.kind === 'import' || context.kind === 'hooks' || context.kind === 'late'
}
