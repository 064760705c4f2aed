import type { Context, OverlapContext, TestContext } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { isSameTest } from '../recording/attempts.ts'
import { findTests } from '../recording/find-tests.ts'
import type { Recording } from '../recording/recording.ts'

/** Which tests are compared. */
export interface TestsAsked {
  /** As for `findTests`. */
  readonly test: string
  /** The other one; '' for the same. */
  readonly against: string
  /** `1,2`, `passed,failed`; '' for the usual ones. */
  readonly attempt: string
}

export interface TestsChosen {
  readonly before: readonly Context[]
  readonly after: readonly Context[]
  readonly groups: readonly OverlapContext[]
}

/**
 * Which contexts are compared: two attempts at a test, the last that passed and the last that failed unless others are named; or
 * the attempts that decided, of two tests or in two recordings.
 *
 * @param recordings the first and the second; the same twice for tests in one
 * @throws TstraceError `TST_ATTEMPT` for attempts that are not there, or not two; what `findTests` throws
 */
export function chosenTests(
  [before, after]: readonly [Recording, Recording],
  { against, attempt, test }: TestsAsked,
): TestsChosen {
  const [one, other] = [findTests(before, test), findTests(after, against || test)]
  const isWithin = before === after && against === ''
  const words = attempt === '' ? usual(isWithin) : attempt.split(',').map((word) => word.trim())
  if (words.length !== 2) throw new TstraceError('TST_ATTEMPT', `"${attempt}" are not two attempts. ${HOW}`)
  const [first = '', second = ''] = words
  const chosen = {
    before: contextsAt(one.contexts, first),
    after: contextsAt(other.contexts, second),
    groups: [...new Set([...one.groups, ...other.groups])],
  }
  if (isWithin && chosen.before[0] === chosen.after[0])
    throw new TstraceError('TST_ATTEMPT', `Both attempts are the same one. ${HOW}`)
  return chosen
}

const HOW = 'Name two as --attempt 1,2 or --attempt passed,failed.'

function usual(isWithin: boolean): readonly string[] {
  return isWithin ? ['passed', 'failed'] : ['last', 'last']
}

/** All of a test file, or of several tests; of a single test one attempt. */
function contextsAt(contexts: readonly Context[], word: string): readonly Context[] {
  const [first] = contexts
  const attempts = contexts.filter((context) => context.kind === 'test')
  const isOne =
    first?.kind === 'test' &&
    attempts.length === contexts.length &&
    attempts.every((one) => isSameTest(one, first))
  if (isOne) return [attemptAt(attempts, word)]
  if (word === 'last') return contexts
  const message = 'Attempts are those at a single test, and several tests are meant.'
  throw new TstraceError('TST_ATTEMPT', `${message} Name one, with --test and its title or its place.`)
}

function attemptAt(attempts: readonly TestContext[], word: string): TestContext {
  const found = /^\d+$/.test(word)
    ? attempts[Number(word) - 1]
    : attempts.findLast(({ state }) => word === 'last' || state === word)
  if (found) return found
  const states = attempts.map(({ state }, at) => `${at + 1} ${state}`).join(', ')
  throw new TstraceError(
    'TST_ATTEMPT',
    `There is no attempt "${word}" at ${attempts[0]?.titles.join(' > ')}; there are: ${states}. ${HOW}`,
  )
}
