import { realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { absolutePath, pathFromRoot } from '@tstrace/instrument/source-file'
import { outsideSentence } from '../filter/outside-sources.ts'
import { createSourceFilter, type FilterOptions, type Verdict } from '../filter/source-filter.ts'
import type { TestFiles } from './test-files.ts'

/** Which files of a run are traced. */
export interface TracedFiles {
  /** Absolute path of the project root, links resolved. */
  readonly root: string
  verdict(path: string): Verdict
  /** As `verdict`, of a file that nobody may have loaded: it is not among the verdicts given. */
  wouldTrace(path: string): boolean
  /** Takes a path relative to the root, or absolute. */
  isTest(path: string): boolean
  /** Every verdict given so far, by path from the root. */
  readonly verdicts: ReadonlyMap<string, Verdict>
}

/** The options that decide. */
export interface TracedFilesOptions extends FilterOptions {
  readonly trackcalls: boolean
  readonly listTests: boolean
}

export interface TracedFilesInput {
  readonly root: string
  readonly options: TracedFilesOptions
  readonly tests: TestFiles
}

/** Decides with the filters of the options and with what the runner says about its files. */
export function tracedFilesOf({ root: given, options, tests }: TracedFilesInput): TracedFiles {
  const root = realpathSync(given)
  const filter = createSourceFilter(root, options)
  // Tests are callers even where `include` speaks of sources only.
  const testFilter = createSourceFilter(root, { ...options, include: [] })
  const verdicts = new Map<string, Verdict>()
  const decide = (path: string): Verdict => {
    if (tests.isSetup(path)) return { trace: false, reason: `is a setup file of ${tests.runner}` }
    if (!tests.isTest(path)) return filter(path)
    const { trace, reason } = testFilter(path)
    if (!trace || !testsAreTraced(options)) return { trace: false, reason: trace ? UNASKED : reason }
    return { trace, reason: options.listTests ? 'is a test file, and listTests asks for it' : CALLER }
  }
  return {
    root,
    verdict(path) {
      const verdict = decide(path)
      verdicts.set(pathFromRoot(root, path), verdict)
      return verdict
    },
    wouldTrace: (path) => decide(path).trace,
    isTest: testsBelow(root, tests),
    verdicts,
  }
}

/** One sentence for each package outside the root of which something was loaded. */
export function outsideSentences({ isTest, root, verdicts }: TracedFiles): string[] {
  const sentences = [...verdicts].flatMap(([path, verdict]) => {
    const place = absolutePath(root, path)
    return (isTest(place) ? undefined : outsideSentence(root, place, verdict)) ?? []
  })
  return [...new Set(sentences)]
}

const UNASKED = 'is a test file, and neither trackcalls nor listTests asks for it'
const CALLER = 'is a test file, traced as the caller of what it tests'

/** Test files cost time and are seldom what one wants to read: only where they are callers, or on request. */
function testsAreTraced({ trackcalls, listTests }: TracedFilesOptions): boolean {
  return trackcalls || listTests
}

function testsBelow(root: string, tests: TestFiles): (path: string) => boolean {
  return (path) => tests.isTest(isAbsolute(path) ? path : absolutePath(root, path))
}
