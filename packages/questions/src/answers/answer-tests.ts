import { type Context, contextKey } from '@tstrace/core/recording'
import { aboutOf } from '../recording/about.ts'
import type { Recording } from '../recording/recording.ts'
import { refuseWithoutContexts } from '../recording/refuse-without-contexts.ts'
import type { Target } from '../recording/target.ts'
import type { Answer } from './answer.ts'
import { isIn, type Ran, sourcesIn, whatRan } from './what-ran.ts'

/** Which tests ran something. */
export interface TestsAnswer extends Answer {
  readonly question: 'tests'
  readonly target: Target
  /** In all contexts together, counted alike. */
  readonly total: Ran
  /** The most first. */
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
  const { byContext, total } = whatRan(results, sources, target)
  const rows = results.contexts().flatMap((context): TestsRow[] => {
    const ran = byContext.get(contextKey(context))
    return ran && ran.count > 0 ? [{ ...ran, context }] : []
  })
  const about = aboutOf(
    recording,
    sources.map(({ hash, path }) => ({ path, hash })),
  )
  // Contexts come in their order, which stays among those that ran it equally often.
  return { question: 'tests', about, target, total, rows: rows.sort((a, b) => b.count - a.count) }
}
