import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { IS_WHOLE } from '../matrix.ts'
import { ANY_MAJOR, MAJORS, type VitestProject, vitestProject } from '../vitest-project.ts'
import { begin, commit, edit, git } from './git.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const CHANGE = ['price + tax', 'price - -tax'] as const

/** A project of which everything was recorded. */
async function recorded(major: (typeof MAJORS)[number]): Promise<VitestProject> {
  const project = vitestProject(major, FIXTURE)
  begin(project.folder)
  commit(project.folder)
  expect(await project.vitest(['--reporter=tstrace'])).toMatchObject({ status: 0 })
  return project
}

/** The test files that ran, in their order. */
function ranFiles(folder: string): string[] {
  const { testResults } = JSON.parse(readFileSync(join(folder, 'node_modules/report.json'), 'utf8')) as {
    testResults: { name: string; startTime: number }[]
  }
  return testResults
    .toSorted((a, b) => a.startTime - b.startTime)
    .map(({ name }) => name.slice(name.lastIndexOf('/') + 1))
}

const WORDS = ['--reporter=tstrace', '--reporter=json', '--outputFile=node_modules/report.json']

/** The oldest and the newest ask their sequencers in other places. */
const SOME = IS_WHOLE ? MAJORS : MAJORS.filter((major) => major !== 4)

describe.each(SOME)('Vitest %i', (major) => {
  let project: VitestProject
  beforeAll(async () => {
    project = await recorded(major)
  })

  test('nothing has to run: nothing does, which is no failure', async () => {
    const { status, stderr } = await project.vitest(WORDS, { env: { TSTRACE: '--select HEAD' } })
    expect(stderr).toContain('0 of 3 test files have to run.')
    expect(status).toBe(0)
  })

  test('only what a change needs runs, and the next selection knows what ran before', async () => {
    const { folder } = project
    const select = () => project.vitest(WORDS, { env: { TSTRACE: '--select main' } })
    edit(folder, 'src/price.ts', CHANGE)
    const first = await select()
    expect(first, first.stderr).toMatchObject({ status: 0 })
    expect(first.stderr).toMatch(
      /^tstrace: 1 of 3 test files has to run\.\ntstrace: {3}test\/price\.test\.ts: ran withTax of src\/price\.ts:3 once\n/,
    )
    expect(ranFiles(folder)).toEqual(['price.test.ts'])
    commit(folder)
    // The last run knows nothing of the names; the one before it does.
    edit(folder, 'src/names.ts', ['letter.toUpperCase()', 'letter.toLocaleUpperCase()'])
    expect(await project.vitest(WORDS, { env: { TSTRACE: '--select HEAD' } })).toMatchObject({ status: 0 })
    expect(ranFiles(folder)).toEqual(['names.test.ts'])
    expect(readdirSync(join(folder, 'coverage/tstrace/evidence'))).toHaveLength(2)
    git(folder, 'checkout', '--quiet', 'src')
  })
})

describe.each(ANY_MAJOR)('Vitest %i', (major) => {
  let project: VitestProject
  beforeAll(async () => {
    project = await recorded(major)
  })

  test('a shadow has everything run, and says what would have been left out; runs add up', async () => {
    const { folder } = project
    onTestFinished(() => void git(folder, 'checkout', '--quiet', '.'))
    const env = { TSTRACE: '--select main --select-mode shadow' }
    edit(folder, 'src/price.ts', ['price + tax', 'price - tax'])
    const first = await project.vitest([...WORDS, '--no-file-parallelism'], { env })
    expect(first).toMatchObject({ status: 1 })
    expect(ranFiles(folder)).toHaveLength(3)
    expect(ranFiles(folder)[0]).toBe('price.test.ts')
    expect(first.stderr).toContain(
      'The selection would have left out 2 of 3 test files; none of them failed.',
    )
    git(folder, 'checkout', '--quiet', '.')
    // A test that reads a file by itself is no one's evidence.
    edit(folder, 'test/tax.test.ts', ['[1, 2]', '[1, Number(process.env.TWO ?? 2)]'])
    commit(folder)
    await project.vitest(['--reporter=tstrace'])
    const second = await project.vitest(WORDS, { env: { ...env, TWO: '3' } })
    expect(second.stderr).toContain(
      'The selection would have left out 3 of 3 test files; of these failed test/tax.test.ts.',
    )
    expect(second.stderr).toContain('In 2 runs it would have left out 5 of 6 test files, of which 1 failed.')
  })

  test('where nobody knows, everything runs, with the reason', async () => {
    const env = { TSTRACE: '--select nowhere' }
    const { status, stderr } = await project.vitest(WORDS, { env })
    expect(status).toBe(0)
    expect(stderr).toMatch(/tstrace: Everything runs: git cannot say what was changed since nowhere: /)
    expect(ranFiles(project.folder)).toHaveLength(3)
  })
})
