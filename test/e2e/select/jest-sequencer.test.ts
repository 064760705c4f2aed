import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ANY_JEST_MAJOR, JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { begin, commit, edit, git } from './git.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const WORDS = ['--json', '--outputFile=../report.json']

/** The test files that ran, in their order. */
function ranFiles(folder: string): string[] {
  const { testResults } = JSON.parse(readFileSync(join(folder, '../report.json'), 'utf8')) as {
    testResults: { name: string; startTime: number }[]
  }
  return testResults
    .toSorted((a, b) => a.startTime - b.startTime)
    .map(({ name }) => name.slice(name.lastIndexOf('/') + 1))
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const isAll = ANY_JEST_MAJOR.includes(major)
  let project: JestProject
  beforeAll(async () => {
    project = jestProject(major, FIXTURE, {
      transform: TRANSFORMS['@swc/jest'],
      reporters: ['default', 'tstrace/jest'],
      testSequencer: 'tstrace/jest-sequencer',
      maxWorkers: 1,
    })
    begin(project.folder)
    rmSync(join(project.folder, 'test/__snapshots__'), { recursive: true })
    expect(await project.jest(['--reporters=default'])).toMatchObject({ status: 0 })
    commit(project.folder)
    expect(await project.jest([])).toMatchObject({ status: 0 })
  })

  const select = (mode: string, words: readonly string[] = []) =>
    project.jest([...WORDS, ...words], { env: { TSTRACE: `--select main --select-mode ${mode}` } })

  // What becomes of an answer depends on no version.
  test.runIf(isAll)('nothing has to run: no failure if Jest is told so', async () => {
    const { status, stderr } = await select('only', ['--passWithNoTests'])
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('tstrace: 0 of 3 test files have to run.\n')
    expect(stderr).toContain('unless it is told `--passWithNoTests`')
  })

  test('only what a change needs runs; snapshots of the others stay, also when those are updated', async () => {
    const { folder } = project
    edit(folder, 'src/price.ts', ['price + tax', 'price - -tax'])
    const { status, stderr } = await select('only', ['--ci=false', '-u'])
    expect(status, stderr).toBe(0)
    expect(stderr).toContain(
      'tstrace: 1 of 3 test files has to run.\ntstrace:   test/price.test.ts: ran withTax of src/price.ts:3 once\n',
    )
    expect(ranFiles(folder)).toEqual(['price.test.ts'])
    expect(git(folder, 'status', '--porcelain').trim()).toBe('M src/price.ts')
    git(folder, 'checkout', '--quiet', 'src')
  })

  test.runIf(isAll)(
    'a shadow has everything run, what is needed first, and says what would have been left out',
    async () => {
      const { folder } = project
      edit(folder, 'src/price.ts', ['price + tax', 'price - tax'])
      const { status, stderr } = await select('shadow')
      expect(status).toBe(1)
      expect(ranFiles(folder)).toHaveLength(3)
      expect(ranFiles(folder)[0]).toBe('price.test.ts')
      expect(stderr).toContain('The selection would have left out 2 of 3 test files; none of them failed.')
      git(folder, 'checkout', '--quiet', 'src')
    },
  )
})
