import type { Told, ToldMember } from '../collect/context-sums.ts'

/** The names of a test: those of the describes around it, outermost first, then its own. */
export type Titles = readonly string[]

/** What became of the tests of a test file that has run again. */
export interface RerunTests {
  /** Those that ran. */
  readonly ran: readonly Titles[]
  /** Those that a filter has left out, and that the file still has. */
  readonly leftOut: readonly Titles[]
}

/**
 * Whether what an earlier run counted in a context of a test file is replaced by what the file has counted now: all but the
 * tests that were left out, and the hooks that ran for none but those.
 *
 * @param context as the worker said it; undefined for all that the file counted
 */
export function isReplaced(context: string | undefined, tests: RerunTests): boolean {
  if (context === undefined) return true
  const told = JSON.parse(context) as Told
  if (told[0] === 'import' || told[0] === 'late') return true
  if (told[0] !== 'overlap') return isReplacedMember(told, tests)
  // Of what several ran together nobody knows which part was whose.
  return told[1].some((member) => isReplacedMember(member, tests))
}

function isReplacedMember(member: ToldMember, { leftOut, ran }: RerunTests): boolean {
  if (member[0] === 'named') return true
  const [kind, titles] = member
  if (kind === 'test') return !leftOut.some((other) => isSame(other, titles))
  const isBelow = (test: Titles): boolean => isSame(test.slice(0, titles.length), titles)
  return ran.some(isBelow) || !leftOut.some(isBelow)
}

function isSame(a: Titles, b: Titles): boolean {
  return a.length === b.length && a.every((title, at) => title === b[at])
}

/** The names of the test that a context is, if it is one. */
export function titlesOf(context: string | undefined): Titles | undefined {
  const told = context === undefined ? undefined : (JSON.parse(context) as Told)
  return told?.[0] === 'test' ? told[1] : undefined
}
