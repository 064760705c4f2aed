import { realpathSync } from 'node:fs'
import { isAbsolute, normalize } from 'node:path'
import { createSourceFilter, pathFromRoot, type TstraceOptions, type Verdict } from '@tstrace/core'
import { type TestFiles, testFilesOf } from './test-files.ts'
import type { TestProject } from './vitest-versions.ts'

/** Which modules of a run are traced. */
export interface TracedFiles {
  /** Absolute path of the project root, links resolved as Vite resolves them in modules. */
  readonly root: string
  /** Takes a Vite module id; undefined for what is no file as it is on disk. */
  pathOf(id: string): string | undefined
  verdict(path: string): Verdict
  /** Takes a path relative to the root, or absolute. */
  isTest(path: string): boolean
  /** Every verdict given so far, by path from the root. */
  readonly verdicts: ReadonlyMap<string, Verdict>
}

export interface TracedFilesInput {
  readonly root: string
  readonly options: TstraceOptions
  readonly projects: readonly TestProject[]
}

/** Decides with the filters of the options and with what the projects say about their files. */
export function tracedFilesOf({ root: given, options, projects }: TracedFilesInput): TracedFiles {
  const root = realpathSync(given)
  const tests = testFilesOf(projects)
  const filter = createSourceFilter(root, options)
  // Tests are callers even where `include` speaks of sources only.
  const testFilter = createSourceFilter(root, { ...options, include: [] })
  const verdicts = new Map<string, Verdict>()
  const decide = (path: string): Verdict => {
    if (tests.isSetup(path)) return { trace: false, reason: 'is a setup file of Vitest' }
    if (!tests.isTest(path)) return filter(path)
    const { trace, reason } = testFilter(path)
    if (!trace || !testsAreTraced(options)) return { trace: false, reason: trace ? UNASKED : reason }
    return { trace, reason: options.listTests ? 'is a test file, and listTests asks for it' : CALLER }
  }
  return {
    root,
    pathOf,
    verdict(path) {
      const verdict = decide(path)
      verdicts.set(pathFromRoot(root, path), verdict)
      return verdict
    },
    isTest: testsBelow(root, tests),
    verdicts,
  }
}

const UNASKED = 'is a test file, and neither trackcalls nor listTests asks for it'
const CALLER = 'is a test file, traced as the caller of what it tests'

/** Test files cost time and are seldom what one wants to read: only where they are callers, or on request. */
function testsAreTraced({ trackcalls, listTests }: TstraceOptions): boolean {
  return trackcalls || listTests
}

function testsBelow(root: string, tests: TestFiles): (path: string) => boolean {
  return (path) => tests.isTest(isAbsolute(path) ? path : normalize(`${root}/${path}`))
}

/** Vite adds `?v=` and `?t=` for its caches, and `?import`; every other query asks for something made of the file. */
function pathOf(id: string): string | undefined {
  const [file = '', query] = id.split('?', 2)
  if (id.includes('\0') || !isAbsolute(file)) return undefined
  const known = query === undefined || query.split('&').every((part) => /^(v|t|import)(=|$)/.test(part))
  return known ? normalize(file) : undefined
}
