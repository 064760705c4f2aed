import type { Context, OverlapContext, TestContext } from './context.ts'

/** What a context is called, in parts; whoever shows it puts them together. */
export interface ContextWords {
  /** `test/a.test.ts`, `[browser] test/a.test.ts`; '' for what is of no test file. */
  readonly file: string
  /** Where a test is in its file, 1-based; 0 for what is no test, and where that is not known. */
  readonly line: number
  /** Outermost first; of what a program has named its name. */
  readonly titles: readonly string[]
  /** What it is: `while importing`; '' for tests, test files, and what a program has named. */
  readonly what: string
}

/** The words for a context. A group has those of its members. */
export function contextWords(context: Exclude<Context, OverlapContext>): ContextWords {
  if (context.kind === 'named')
    return { file: '', line: 0, titles: [context.name || 'outside of all named contexts'], what: '' }
  const own = { file: testFileName(context), line: 0, titles: [] }
  switch (context.kind) {
    case 'file':
      return { ...own, what: '' }
    case 'import':
      return { ...own, what: 'while importing' }
    case 'late':
      return { ...own, what: 'after its last test' }
    case 'hooks':
      return { ...own, titles: context.titles, what: 'hooks' }
    case 'test':
      return { ...own, line: context.line, titles: context.titles, what: '' }
  }
}

/** How a test file is called. */
export function testFileName({ file, project }: { readonly file: string; readonly project: string }): string {
  return project === '' ? file : `[${project}] ${file}`
}

/** What tells an attempt at a test from others of its name. */
export function attemptWords({ index, repeat, retry }: TestContext): string[] {
  return [
    ...(index > 0 ? [ofThisName(index)] : []),
    ...(repeat > 0 ? [`repeat ${repeat}`] : []),
    ...(retry > 0 ? [`retry ${retry}`] : []),
  ]
}

/** What tells a test from others of its name. */
export function ofThisName(index: number): string {
  return `no. ${index + 1} of this name`
}
