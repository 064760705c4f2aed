import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instrument } from '@tstrace/instrument'
import type { CoverageResults } from '@tstrace/results'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import { encodeFrame } from '../../src/collect/frame.ts'
import { EarlierRuns } from '../../src/watch/earlier-runs.ts'

const root = mkdtempSync(join(realpathSync(tmpdir()), 'tstrace-watch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
mkdirSync(join(root, 'src'))

const TEST_FILES = ['one', 'two', 'three'].map((name) => join(root, `${name}.test.ts`))
const SOURCES = ['src/a.js', 'src/b.js']
const TESTS = ['first', 'second']

/** What a project is at some time: which text each source has, and which test files there are. */
interface Project {
  readonly texts: readonly number[]
  readonly isThere: readonly boolean[]
}

function textOf(path: string, text: number): string {
  return `${'\n'.repeat(text)}export function f() { return ${JSON.stringify(path)} }\n`
}

const VERSIONS = SOURCES.flatMap((path) =>
  [0, 1, 2].flatMap((text) => {
    const made = instrument(textOf(path, text), { file: path, calls: true })
    return made ? { path, text, id: made.id, sites: made.sites, hash: made.hash } : []
  }),
)

function write({ isThere, texts }: Project): void {
  for (const [at, path] of SOURCES.entries())
    writeFileSync(join(root, path), textOf(path, texts[at] as number))
  for (const [at, path] of TEST_FILES.entries())
    if (isThere[at]) writeFileSync(path, '')
    else rmSync(path, { force: true })
}

/** What a test file counts: all of its tests, or one of them; how often depends on the test and the text. */
function run(collector: Collector, project: Project, testFile: string, only?: string): void {
  const at = TEST_FILES.indexOf(testFile)
  const contexts = ['["import"]', ...TESTS.filter((name) => !only || name === only).map(contextOf)]
  for (const [number, context] of contexts.entries()) {
    const sources = SOURCES.flatMap((path, source) => {
      // Not every test file reaches every source.
      if ((at + source) % 3 === 2) return []
      const text = project.texts[source] as number
      const made = VERSIONS.find((version) => version.path === path && version.text === text)
      if (!made) return []
      const times =
        1 + at * 10 + text * 100 + (context === contextOf('second') ? 1000 : number === 0 ? 0 : 500)
      return [{ id: made.id, path, counts: new Float64Array(made.sites.counters).fill(times) }]
    })
    const edges = sources.map(({ id, counts: [calls = 0] }) => ({
      callerId: '',
      callerFunction: 0,
      calleeId: id,
      calleeFunction: 1,
      calls,
      resumptions: at,
    }))
    const ended = context === '["import"]' ? undefined : `[[${context},"passed"]]`
    collector.add(encodeFrame({ sources, edges }, { testFile, project: '', context, ended }), 'the worker')
  }
}

function contextOf(name: string): string {
  return JSON.stringify(['test', [name], 0, 0, 0, 1])
}

/** What is reported of a collector: all that is known of each context, and together. */
function reported(collector: Collector, runs?: EarlierRuns): unknown {
  const { results } = collector.finish(({ id, path }) => {
    const leftOut = runs?.outdated(id)
    if (leftOut !== undefined) return { leftOut }
    return VERSIONS.find((version) => version.path === path && version.id === id)
  })
  return dataOf(results)
}

function dataOf(results: CoverageResults): unknown {
  return {
    total: results.toJSON(),
    contexts: results.contexts().map((context) => [context, results.of(context).toJSON()]),
  }
}

/** One fresh run of everything. */
function fresh(project: Project): unknown {
  const collector = new Collector({ contexts: true })
  for (const [at, testFile] of TEST_FILES.entries())
    if (project.isThere[at]) run(collector, project, testFile)
  return reported(collector)
}

const arbitraryProject: fc.Arbitrary<Project> = fc.record({
  texts: fc.tuple(fc.nat(2), fc.nat(2)),
  isThere: fc.tuple(fc.boolean(), fc.boolean(), fc.constant(true)),
})

test('after any changes the report is that of one fresh run, once all that they reach has run again', () => {
  fc.assert(
    fc.property(fc.array(arbitraryProject, { minLength: 2, maxLength: 6 }), (projects) => {
      const collector = new Collector({ contexts: true, runs: true })
      const runs = new EarlierRuns(root, collector)
      let before: Project | undefined
      for (const project of projects) {
        write(project)
        // Whatever reaches a text that has changed, and what is new.
        const ran = TEST_FILES.filter((_, at) => {
          const isReached = SOURCES.some(
            (_path, source) => (at + source) % 3 !== 2 && before?.texts[source] !== project.texts[source],
          )
          return project.isThere[at] && (isReached || !before?.isThere[at])
        })
        collector.beginRun()
        for (const testFile of ran) run(collector, project, testFile)
        runs.settle(ran.map((testFile) => ({ testFile, project: '' })))
        expect(reported(collector, runs)).toEqual(fresh(project))
        expect(runs.remarks).toEqual([])
        before = project
      }
    }),
  )
})

test('what is kept does not grow with the number of runs', () => {
  const collector = new Collector({ contexts: true, runs: true })
  const runs = new EarlierRuns(root, collector)
  const sizes = new Set<string>()
  for (let number = 0; number < 50; number++) {
    const project = { texts: [number % 3, 0], isThere: [true, true, true] }
    write(project)
    collector.beginRun()
    for (const testFile of TEST_FILES) run(collector, project, testFile)
    runs.settle(TEST_FILES.map((testFile) => ({ testFile, project: '' })))
    sizes.add(`${[...collector.sources()].length} ${[...collector.labels()].length}`)
  }
  expect([...sizes]).toEqual(['2 9'])
})

test('tests that are left out keep their numbers, unless their file or a source has changed', () => {
  const collector = new Collector({ contexts: true, runs: true })
  const runs = new EarlierRuns(root, collector)
  const project = { texts: [0, 0], isThere: [true, true, true] }
  const [one = ''] = TEST_FILES
  write(project)
  collector.beginRun()
  for (const testFile of TEST_FILES) run(collector, project, testFile)
  runs.settle(TEST_FILES.map((testFile) => ({ testFile, project: '' })))
  const part = { testFile: one, project: '', leftOut: [['second']] }
  const rerun = (changed = project): void => {
    write(changed)
    collector.beginRun()
    run(collector, changed, one, 'first')
    runs.settle([part])
  }
  rerun()
  expect(reported(collector, runs)).toEqual(fresh(project))
  expect(runs.remarks).toEqual([])

  rerun({ ...project, texts: [1, 0] })
  const outdated = [...collector.sources()].flatMap(({ id }) => runs.outdated(id) ?? [])
  expect(outdated).toEqual([
    'src/a.js has changed, and tests of one.test.ts and two.test.ts have not run since: what they ran of it is not in the report until then.',
  ])

  // Another text of the tests.
  write(project)
  writeFileSync(one, '// changed')
  collector.beginRun()
  run(collector, project, one, 'first')
  runs.settle([part])
  expect(runs.remarks).toEqual([
    "The report has only what some tests of one.test.ts ran, which a filter by name or place has chosen: run all of that file again to have the rest. With `contexts: 'test'` the numbers of tests that are left out stay.",
  ])
  rmSync(one)
  collector.beginRun()
  runs.settle([])
  expect(runs.remarks).toEqual([])
})
