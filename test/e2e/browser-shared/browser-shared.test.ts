import { expect, test } from 'vitest'
import { browserImport, browserOption } from '../browser-config.ts'
import { BROWSERS } from '../browser-runs/where.ts'
import { countedContexts } from '../contexts/counted-contexts.ts'
import { IS_WHOLE } from '../matrix.ts'
import { majorsOf, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const LINES = ` --- test: two > does something else
 --- modulename: test.two.test, funcname: describe("two").test("does something else")
SECONDS two.test.ts(6):     await Promise.resolve()
 --- modulename: test.two.test, funcname: describe("two").test("does something else")
SECONDS two.test.ts(7):     expect(other()).toBe('other')
 --- modulename: src.work, funcname: other
SECONDS work.ts(6):   return 'other'
`

interface FileCoverage {
  readonly s: Readonly<Record<string, number>>
  readonly statementMap: Readonly<Record<string, { readonly start: { line: number; column: number } }>>
}

/** How often Istanbul counted each statement of the only source, by line and column. */
function statementsIn(coverage: string): Record<string, number | undefined> {
  const [file] = Object.values(JSON.parse(coverage) as Record<string, FileCoverage>)
  const places = Object.entries(file?.statementMap ?? {})
  return Object.fromEntries(places.map(([id, { start }]) => [`${start.line}:${start.column}`, file?.s[id]]))
}

/** The oldest, where most is different; whole runs have the others. */
const RUNNING = IS_WHOLE ? majorsOf(BROWSERS) : majorsOf(BROWSERS).slice(0, 1)

test.each(RUNNING)('Vitest %i: contexts and live lines of test files that share a page', async (major) => {
  const project = vitestProject(major, FIXTURE)
  const shared = major === 3 ? '' : 'isolate: false, '
  const browser = browserOption(major, ['page'], 'isolate: false,')
  // In the order of their names.
  const order = `fileParallelism: false, sequence: { sequencer: class {
      sort = (files: any[]) => [...files].sort((a, b) => (a.moduleId < b.moduleId ? -1 : 1))
      shard = (files: any[]) => files
    } }`
  project.write(
    'vitest.config.ts',
    `${browserImport(major)}export default { test: { ${shared}${order}, ${browser} } }\n`,
  )
  // Istanbul's numbers are those of a run without us: Vitest adds up what a shared page says after each test file.
  const coverage = ['enabled', 'provider=istanbul', 'reporter=json', 'reportOnFailure', 'include=src/**']
  const args = ['--reporter=tstrace', ...coverage.map((option) => `--coverage.${option}`)]
  const { status, stderr } = await project.vitest(args, {
    env: { TSTRACE: '--contexts test --trackcalls --trace --timing -f all.counts' },
  })
  expect(status).toBe(1)
  expect(stderr).not.toContain('tstrace:')
  expect(countedContexts(project.folder, 'all.counts')).toEqual({
    'hooks of one': { other: 1 },
    'one > works: passed': { work: 1 },
    'one > works in the end: failed': { work: 1 },
    'one > works in the end retry 1: passed': { work: 1 },
    'import of three': { work: 1 },
    'two > two > does something else: passed': { other: 1 },
  })
  const lines = project.read('coverage/tstrace/page/test/two.test.trace')
  expect(lines.replaceAll(/^\d+\.\d\d (?=\w)/gm, 'SECONDS ')).toContain(LINES)
  expect(statementsIn(project.read('coverage/coverage-final.json'))).toEqual({ '2:2': 11, '6:2': 4 })
})
