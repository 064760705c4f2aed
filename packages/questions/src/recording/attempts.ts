import type { Context, OverlapContext, TestContext } from '@tstrace/results'
import { compareContexts, contextKey } from '@tstrace/results/internal'

/** A test: its attempts, the first first. */
export type Test = readonly [TestContext, ...TestContext[]]

/** Every test with its attempts, those included that never ran alone. Contexts are in their order, and tests stay in it. */
export function testsOf(contexts: readonly Context[]): readonly Test[] {
  const tests: [TestContext, ...TestContext[]][] = []
  for (const context of contexts) {
    if (context.kind !== 'test') continue
    const last = tests.at(-1)
    if (last && isSameTest(last[0], context)) last.push(context)
    else tests.push([context])
  }
  const overlaps = contexts.filter(({ kind }) => kind === 'overlap')
  return overlaps.length > 0 ? testsOf([...withMembers(contexts, overlaps)].sort(compareContexts)) : tests
}

/** Contexts with those that are only members of groups, and without the groups. */
function withMembers(contexts: readonly Context[], overlaps: readonly Context[]): Iterable<Context> {
  const single = contexts.filter(({ kind }) => kind !== 'overlap')
  const known = new Map(single.map((context) => [contextKey(context), context]))
  for (const member of membersOf(overlaps)) {
    const key = contextKey(member)
    if (!known.has(key)) known.set(key, member)
  }
  return known.values()
}

/** Whether both are attempts at one test. */
export function isSameTest(a: TestContext, b: TestContext): boolean {
  return (
    a.index === b.index &&
    a.file === b.file &&
    a.project === b.project &&
    a.titles.length === b.titles.length &&
    a.titles.every((title, at) => title === b.titles[at])
  )
}

/** The test files that contexts are of. */
export function testFiles(contexts: readonly Context[]): Set<string> {
  const files = new Set<string>()
  for (const context of membersOf(contexts)) if ('file' in context) files.add(context.file)
  return files
}

type Single = Exclude<Context, OverlapContext>

function* membersOf(contexts: readonly Context[]): Generator<Single> {
  for (const context of contexts)
    if (context.kind === 'overlap') yield* context.members
    else yield context
}
