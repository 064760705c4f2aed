import { posix } from 'node:path'
import type { Context, NamedContext, OverlapContext } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'

/** A test file of a runner's project. */
export interface TestFile {
  /** Name of the runner's project, or ''. */
  readonly project: string
  /** Its path from the root. */
  readonly file: string
}

/** The same text for the same test file. */
export function testFileKey({ file, project }: TestFile): string {
  return `${project}\0${file}`
}

/** What ran for a single test file. */
type OfTestFile = Exclude<Context, NamedContext | OverlapContext>

/** Of a context what it says of each test file for which it ran; nothing of one that a program has named. */
export function testFilesOf(context: Context): readonly OfTestFile[] {
  if (context.kind === 'named') return []
  return context.kind === 'overlap' ? context.members.flatMap(testFilesOf) : [context]
}

/** The test files for which each context ran, by its key. */
export function testFilesByContext(contexts: readonly Context[]): ReadonlyMap<string, readonly TestFile[]> {
  return new Map(contexts.map((context) => [contextKey(context), testFilesOf(context)]))
}

/** As Vitest and Jest look for them, unless they are told otherwise. */
const USUAL = /[./\\_-](?:test|spec|test-d)\.[cm]?[jt]sx?$|(?:^|\/)__tests__\/.+\.[cm]?[jt]sx?$/

/**
 * Says of a path whether it is that of a test file, by how those are called that are known.
 *
 * @param known test files, whatever they are called
 */
export function namedAsTests(known: readonly TestFile[]): (path: string) => boolean {
  const endings = known.flatMap(({ file }) => endingOf(file) ?? [])
  const unusual = [...new Set(endings)]
  return (path) => USUAL.test(path) || unusual.some((ending) => path.endsWith(ending))
}

/** `.e2e.ts` of `login.e2e.ts`; none where nothing stands in front of the extension. */
function endingOf(file: string): string | undefined {
  const parts = posix.basename(file).split('.')
  return parts.length > 2 ? `.${parts.slice(-2).join('.')}` : undefined
}
