import { join } from 'node:path'
import { CoverageResults } from 'tstrace'
import { describe, expect, test } from 'vitest'
import { countedContexts } from '../contexts/counted-contexts.ts'
import { filesIn } from '../like-a-fresh-run.ts'
import { inTurn, rowsOf } from '../matrix.ts'
import { MAJORS, type Major, NEWEST, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const REPORTERS = ['--reporter=tstrace', '--reporter=default', '--reporter=./begins.ts']

const ONE_WORKER = '--no-file-parallelism'

/** Since 5 benchmarks are tests. */
const BENCHMARKED = MAJORS.filter((major) => major < 5)

interface Shared {
  readonly major: Major
  readonly pool: string
  readonly hooks: string
  readonly contexts: 'off' | 'file' | 'test'
  readonly workers: string
}

/** Runs the fixture's test files in shared processes, one of which cannot be loaded, and another has a test that fails. */
async function ran({ contexts, hooks, major, pool, workers }: Shared, more: { readonly runner?: string }) {
  const project = vitestProject(major, FIXTURE)
  const shared = { pool, isolate: false, sequence: { hooks }, setupFiles: ['./test/setup.ts'] }
  const config = { restoreMocks: true, ...shared, ...more }
  project.write('vitest.config.ts', `export default { test: ${JSON.stringify(config)} }\n`)
  const env = { TSTRACE: `--contexts ${contexts} --trackcalls --include src/** -f all.counts` }
  const { status, stderr, stdout } = await project.vitest([...REPORTERS, workers], { env })
  expect(status).toBe(1)
  expect(stderr).not.toContain('tstrace:')
  return {
    stdout,
    // How often sources are evaluated depends on which worker has which test files.
    files: workers === ONE_WORKER ? filesIn(join(project.folder, 'coverage/tstrace')) : {},
    calls: contexts === 'off' ? allCalls(project) : countedContexts(project.folder, 'all.counts'),
  }
}

function allCalls({ folder }: VitestProject): Readonly<Record<string, number>> {
  const functions = new CoverageResults(join(folder, 'all.counts'), { root: folder }).functions('src/work.ts')
  return Object.fromEntries(functions.slice(1).map(({ calls, name }) => [name, calls]))
}

test.each(
  rowsOf(
    {
      major: MAJORS,
      pool: ['forks', 'threads'],
      hooks: ['stack', 'list', 'parallel'],
      contexts: ['off', 'file', 'test'] as const,
      workers: [ONE_WORKER, '--maxWorkers=2'],
    },
    1,
    ({ hooks, pool, workers }) => hooks === 'stack' || (pool === 'forks' && workers === ONE_WORKER),
  ),
)(
  'Vitest $major, $pool, $hooks, contexts $contexts, $workers: our runner begins test files as a setup file does',
  async (row) => {
    const inRunner = await ran(row, {})
    expect(inRunner.stdout).toContain(': setup.ts,runner.mts\n')
    expect(inRunner.calls).toEqual(CALLS[row.contexts])
    // Beside a runner of others there is a setup file.
    const inSetupFile = await ran(row, { runner: './own-runner.ts' })
    const runner = row.contexts === 'test' ? 'runner.mts' : 'own-runner.ts'
    expect(inSetupFile.stdout).toContain(`: worker.mts,setup.ts,${runner}\n`)
    expect(inSetupFile.stdout).toContain('own runner\n')
    expect({ ...inSetupFile, stdout: '' }).toEqual({ ...inRunner, stdout: '' })
  },
)

/** What the sources' functions are called by. */
const CALLS: Readonly<Record<Shared['contexts'], object>> = {
  off: { imported: 3, hooked: 12, tested: 5, setUp: 10 },
  file: {
    'file of broken': { imported: 1, setUp: 1 },
    'file of hooks': { imported: 1, hooked: 12, tested: 4, setUp: 6 },
    'file of mocks': { imported: 1, tested: 1, setUp: 3 },
  },
  test: {
    'import of broken': { imported: 1, setUp: 1 },
    'import of hooks': { imported: 1, setUp: 1 },
    'hooks of hooks': { hooked: 3, setUp: 1 },
    'hooks > first: passed': { hooked: 2, tested: 1, setUp: 1 },
    'hooks of hooks > inner': { hooked: 1 },
    'hooks > inner > second: passed': { hooked: 2, tested: 1, setUp: 1 },
    'hooks > inner > fails: failed': { hooked: 2, tested: 1, setUp: 1 },
    'hooks > inner > fails retry 1: failed': { hooked: 2, tested: 1, setUp: 1 },
    'import of mocks': { imported: 1, setUp: 1 },
    'hooks of mocks': { setUp: 1 },
    'mocks > replaces what tstrace takes from the process: passed': { tested: 1, setUp: 1 },
  },
}

/** How it is decided, by the name of a project. */
const PROJECTS: Readonly<Record<string, object>> = {
  shared: { isolate: false, pool: 'threads' },
  isolated: { isolate: true },
  vm: { isolate: false, pool: 'vmThreads' },
  own: { isolate: false, runner: './own-runner.ts' },
}

test.each(MAJORS)('Vitest %i: each project is begun as it can be, and all are counted', async (major) => {
  const project = vitestProject(major, FIXTURE)
  // What is put beside the tests is compiled as the project says; the own runner awaits something.
  const compiler = { [major === 5 ? 'oxc' : 'esbuild']: { target: 'es2015' } }
  const projects = Object.entries(PROJECTS).map(([name, more]) => ({
    ...(name !== 'own' && compiler),
    test: { name, include: ['test/hooks.test.ts'], ...more },
  }))
  project.write('vitest.config.ts', `export default { test: { projects: ${JSON.stringify(projects)} } }\n`)
  const env = { TSTRACE: '--contexts off --include src/** -f all.counts' }
  const { stderr, stdout } = await project.vitest(REPORTERS, { env })
  expect(stderr).not.toContain('tstrace:')
  for (const begins of [
    'shared: runner.mts',
    'isolated: worker.mts,none',
    'vm: worker.mts,none',
    'own: worker.mts,own-runner.ts',
  ])
    expect(stdout).toContain(`${begins}\n`)
  expect(allCalls(project)).toEqual({ imported: 4, hooked: 48, tested: 16, setUp: 0 })
})

test('lines have the names of their tests, which only a setup file can tell them in time', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  project.write('vitest.config.ts', 'export default { test: { isolate: false } }\n')
  const { stdout } = await project.vitest([...REPORTERS, 'hooks'], { env: { TSTRACE: '--trace' } })
  expect(stdout).toContain(': worker.mts,none\n')
})

describe.each(BENCHMARKED)('Vitest %i', (major) => {
  const test = inTurn(BENCHMARKED, major)
  test.each(['test', 'off'])(
    'benchmarks, which have a runner of their own, run and are counted, contexts %s',
    async (contexts) => {
      const project = vitestProject(major, FIXTURE)
      project.write(
        'test/work.bench.ts',
        "import { bench } from 'vitest'\nimport { tested } from '../src/work.ts'\nbench('work', tested, { iterations: 3, time: 0, warmupIterations: 0, warmupTime: 0 })\n",
      )
      project.write(
        'vitest.config.ts',
        "export default { test: { isolate: false, benchmark: { reporters: ['default', 'tstrace'] } } }\n",
      )
      const { status, stderr } = await project.vitest(['--run'], {
        command: 'bench',
        env: { TSTRACE: `--contexts ${contexts} -f all.counts` },
      })
      expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining('tstrace:') })
      expect(allCalls(project).tested).toBeGreaterThan(2)
    },
  )
})
