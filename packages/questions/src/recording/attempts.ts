import type { Context, OverlapContext, TestContext } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'

/** Every attempt at a test, each once, those included that never ran alone. */
export function attempts(contexts: readonly Context[]): TestContext[] {
  const found = new Map<string, TestContext>()
  for (const member of membersOf(contexts)) if (member.kind === 'test') found.set(contextKey(member), member)
  return [...found.values()]
}

/** The test files that contexts are of. */
export function testFiles(contexts: readonly Context[]): Set<string> {
  return new Set(membersOf(contexts).flatMap((context) => ('file' in context ? [context.file] : [])))
}

type Single = Exclude<Context, OverlapContext>

function membersOf(contexts: readonly Context[]): Single[] {
  return contexts.flatMap((context): readonly Single[] =>
    context.kind === 'overlap' ? context.members : [context],
  )
}
