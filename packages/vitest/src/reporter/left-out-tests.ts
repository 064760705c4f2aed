import type { TestModule, TestSpecification, Vitest } from '../vitest-versions.ts'
import type { TestOrSuite } from './reported-test.ts'

/** The names of a test: those of the suites around it, outermost first, then its own. */
type Titles = readonly string[]

/**
 * The tests of a test file that a filter by name or place has left out of a run. The filter of the command line is one of every
 * run, and leaves out nothing that another run has.
 */
export function leftOutTests(
  { config, configOverride }: Vitest,
  specification: TestSpecification,
  module: TestModule,
): Titles[] {
  const { testIds, testLines, testNamePattern } = specification
  const asked = configOverride?.testNamePattern
  const pattern = asked === config.testNamePattern ? undefined : asked
  const hasPlaces = [testIds, testLines, testNamePattern].some((filter) => filter !== undefined)
  if (!pattern && !hasPlaces) return []
  const skipped = [...module.children.allTests()].filter((test) => test.result().state === 'skipped')
  const titles = skipped.map(titlesOf)
  return hasPlaces ? titles : titles.filter((names) => !pattern?.test(names.join(' ')))
}

function titlesOf({ name = '', parent, type }: TestOrSuite): string[] {
  return type === 'module' ? [] : [...(parent ? titlesOf(parent) : []), name]
}
