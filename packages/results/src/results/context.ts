import { codePointOrder } from './code-point-order.ts'

/** How a test ended; `unfinished` where nothing was heard of its end, as when its process was killed. */
export type TestState = 'passed' | 'failed' | 'skipped' | 'unfinished'

interface OfTestFile {
  /** Name of the runner's project, or ''. */
  readonly project: string
  /** Path of the test file from the root. */
  readonly file: string
}

/** Everything that ran for a test file, where no more was recorded. */
export interface FileContext extends OfTestFile {
  readonly kind: 'file'
}

/** Modules that were evaluated before the first test or hook of a test file. */
export interface ImportContext extends OfTestFile {
  readonly kind: 'import'
  /** There where the test file failed before any of its tests ran, as when it cannot be loaded. */
  readonly state?: 'failed'
}

/** What ran once around several tests: `beforeAll`, `afterAll`, and what stands between two tests. */
export interface HooksContext extends OfTestFile {
  readonly kind: 'hooks'
  /** Titles of the describe and of those around it, outermost first; none for the hooks of the file. */
  readonly titles: readonly string[]
}

/** One attempt at a test, with its own hooks and fixtures. */
export interface TestContext extends OfTestFile {
  readonly kind: 'test'
  /** Titles of the describes around it, outermost first, then its own. */
  readonly titles: readonly string[]
  /** Which of the tests with these titles in this file, from 0. */
  readonly index: number
  /** Which retry, from 0. */
  readonly retry: number
  /** Which repetition, from 0. */
  readonly repeat: number
  readonly state: TestState
  /** Where the test is in its file, 1-based; 0 where that is not known. */
  readonly line: number
}

/** What ran while several tests, hooks beside tests, or several named contexts were at it: nobody can say for which. */
export interface OverlapContext {
  readonly kind: 'overlap'
  /** At least two, in the order of contexts. */
  readonly members: readonly (TestContext | HooksContext | NamedContext)[]
}

/** What ran when the last test and the last hook of a test file had ended: late timers. */
export interface LateContext extends OfTestFile {
  readonly kind: 'late'
}

/** What ran inside of `tracer.context(name, …)`. */
export interface NamedContext {
  readonly kind: 'named'
  /** Empty for what ran outside of any. */
  readonly name: string
}

/** What was running while something was counted. */
export type Context =
  | FileContext
  | ImportContext
  | HooksContext
  | TestContext
  | OverlapContext
  | LateContext
  | NamedContext

/**
 * The same text for the same context, another for another. Where a test is in its file does not matter: it is the same
 * test when lines are added above it.
 */
export function contextKey(context: Context): string {
  switch (context.kind) {
    case 'named':
      return JSON.stringify([context.kind, context.name])
    case 'overlap':
      return JSON.stringify([context.kind, ...context.members.map(contextKey)])
    case 'hooks':
      return JSON.stringify([context.kind, context.project, context.file, context.titles])
    case 'test': {
      const { file, index, kind, project, repeat, retry, state, titles } = context
      return JSON.stringify([kind, project, file, titles, index, repeat, retry, state])
    }
    default:
      return JSON.stringify([context.kind, context.project, context.file])
  }
}

const KINDS: readonly Context['kind'][] = ['file', 'import', 'hooks', 'test', 'overlap', 'late', 'named']

/** Compares two contexts: by project and test file, then what is imported, hooks, tests by their titles, and the rest. */
export function compareContexts(a: Context, b: Context): number {
  return (
    comparePlaces(placeOf(a), placeOf(b)) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    compareTitled(a, b) ||
    codePointOrder(contextKey(a), contextKey(b))
  )
}

function compareTitled(a: Context, b: Context): number {
  if (!('titles' in a && 'titles' in b)) return 0
  const byTitle = compareTexts(a.titles, b.titles)
  if (byTitle !== 0 || a.kind !== 'test' || b.kind !== 'test') return byTitle
  return a.index - b.index || a.repeat - b.repeat || a.retry - b.retry
}

/** The same context with what is known of it from both: the line is the later one. */
export function sameContext<Kind extends Context>(a: Kind, b: Kind): Kind {
  if (a.kind === 'test' && b.kind === 'test') return a.line >= b.line ? a : b
  if (a.kind === 'import' && b.kind === 'import') return a.state ? a : b
  if (a.kind !== 'overlap' || b.kind !== 'overlap') return a
  const members = a.members.map((member, at) => sameContext(member, b.members[at] as typeof member))
  return { ...a, members }
}

/** The same context with other paths of its test files. */
export function movedContext<Kind extends Context>(context: Kind, pathFrom: (file: string) => string): Kind {
  if (context.kind === 'named') return context
  if (context.kind !== 'overlap') return { ...context, file: pathFrom(context.file) }
  const members = context.members.map((member) => movedContext(member, pathFrom)).sort(compareContexts)
  return { ...context, members }
}

function placeOf(context: Context): OfTestFile {
  if (context.kind === 'named') return NOWHERE
  return context.kind === 'overlap' ? placeOf(context.members[0] as TestContext) : context
}

const NOWHERE: OfTestFile = { project: '', file: '' }

function comparePlaces(a: OfTestFile, b: OfTestFile): number {
  return codePointOrder(a.project, b.project) || codePointOrder(a.file, b.file)
}

/** Text by text; of lists of which one begins with the other, the shorter one first. */
function compareTexts(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const order = codePointOrder(a[at] as string, b[at] as string)
    if (order !== 0) return order
  }
  return a.length - b.length
}
