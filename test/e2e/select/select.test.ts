import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { IS_WHOLE } from '../matrix.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'
import { begin, commit, edit as editIn, git } from './git.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

interface Recorded {
  readonly folder: string
  /** Runs the tests once more. */
  readonly run: (words: readonly string[]) => Promise<{ readonly status: number | null }>
}

const RUNNERS: readonly [runner: string, record: () => Promise<Recorded>][] = [
  [
    'Vitest',
    async () => {
      const project = vitestProject(NEWEST, FIXTURE)
      begin(project.folder)
      commit(project.folder)
      expect(await project.vitest(['--reporter=tstrace'])).toMatchObject({ status: 0 })
      return { folder: project.folder, run: (words) => project.vitest(['--reporter=tstrace', ...words]) }
    },
  ],
  [
    'Jest',
    async () => {
      const reporters = ['default', 'tstrace/jest']
      const project = jestProject(30, FIXTURE, { transform: TRANSFORMS['@swc/jest'], reporters })
      begin(project.folder)
      // Jest reads no snapshots but its own.
      rmSync(join(project.folder, 'test/__snapshots__'), { recursive: true })
      expect(await project.jest(['--reporters=default'])).toMatchObject({ status: 0 })
      commit(project.folder)
      // Without the sequencer nothing is chosen, which is said, and changes nothing else.
      const recorded = await project.jest([], { env: { TSTRACE: '--select main' } })
      expect(recorded).toMatchObject({ status: 0 })
      expect(recorded.stderr).toContain(
        'Option "select" chooses test files where the configuration of Jest has',
      )
      return { folder: project.folder, run: (words) => project.jest(words) }
    },
  ],
]

const ALL = ['test/names.test.ts', 'test/price.test.ts', 'test/tax.test.ts']

/** Whose recording answers what does not depend on the runner; in `npm run test:all` each. */
const ASKED = IS_WHOLE ? RUNNERS.map(([runner]) => runner) : ['Vitest']

describe.each(RUNNERS)('%s', (runner, record) => {
  let folder = ''
  let run: Recorded['run']
  beforeAll(async () => {
    ;({ folder, run } = await record())
  })

  /** Makes a change, asks, and undoes it. */
  async function selectedAfter(
    change: () => void,
    words: readonly string[] = [],
  ): Promise<{ files: string[]; said: string }> {
    try {
      change()
      const { status, stderr, stdout } = await tstrace(folder, ['select', '--since', 'main', ...words])
      expect(status, stderr).toBe(0)
      return { files: stdout.split('\n').filter(Boolean), said: stderr }
    } finally {
      git(folder, 'checkout', '--quiet', '--force', 'main')
      git(folder, 'reset', '--quiet', '--hard')
      git(folder, 'clean', '--quiet', '-d', '--force')
    }
  }

  function edit(path: string, from: string, to: string): void {
    editIn(folder, path, [from, to])
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  test('nothing was changed', async () => {
    expect(await selectedAfter(() => {})).toEqual({ files: [], said: '0 of 3 test files have to run.\n' })
  })

  test('the body of a function: who ran it', async () => {
    const { files, said } = await selectedAfter(() => edit('src/price.ts', 'price + tax', 'price - tax'))
    expect(files).toEqual(['test/price.test.ts'])
    expect(said).toBe(
      '1 of 3 test files has to run.\n  test/price.test.ts: ran withTax of src/price.ts:3 once\n',
    )
  })

  test('test files that were changed, are new, have another name, or other snapshots', async () => {
    const changed = await selectedAfter(() => edit('test/tax.test.ts', 'alone', 'by itself'))
    expect(changed).toMatchObject({
      files: ['test/tax.test.ts'],
      said: expect.stringContaining('was changed itself'),
    })
    const added = await selectedAfter(() => write('test/new.test.ts', '// nothing yet'))
    expect(added).toMatchObject({
      files: ['test/new.test.ts'],
      said: expect.stringContaining('is in no recording'),
    })
    const renamed = await selectedAfter(() =>
      renameSync(join(folder, 'test/tax.test.ts'), join(folder, 'test/taxes.test.ts')),
    )
    expect(renamed).toMatchObject({ files: ['test/taxes.test.ts'], said: expect.stringContaining('1 of 3') })
    const snapshot = await selectedAfter(() => edit('test/__snapshots__/names.test.ts.snap', 'Ada', 'ADA'))
    expect(snapshot.files).toEqual(['test/names.test.ts'])
  })

  if (ASKED.includes(runner))
    describe('from the recording alone', () => {
      test('who ran more of it comes first', async () => {
        const { files } = await selectedAfter(() => edit('src/price.ts', 'price * VAT', 'VAT * price'))
        expect(files).toEqual(['test/tax.test.ts', 'test/price.test.ts'])
      })

      test('a function that no test ran, and a comment: none', async () => {
        expect((await selectedAfter(() => edit('src/names.ts', 'slice(0, 1)', 'slice(0, 2)'))).files).toEqual(
          [],
        )
        expect((await selectedAfter(() => edit('src/price.ts', 'export', '// why\n\nexport'))).files).toEqual(
          [],
        )
      })

      test('what stands outside of functions: who loaded it', async () => {
        const { files, said } = await selectedAfter(() => edit('src/rates.ts', '0.2', '0.25'))
        expect(files.sort()).toEqual(ALL)
        expect(said).toContain('test/tax.test.ts: loaded src/rates.ts, changed outside of functions\n')
        expect(
          (await selectedAfter(() => edit('src/index.ts', "export * from './names.ts'\n", ''))).files.sort(),
        ).toEqual(['test/names.test.ts', 'test/price.test.ts'])
      })

      test('a source that is gone: who loaded it', async () => {
        const { files, said } = await selectedAfter(() => rmSync(join(folder, 'src/price.ts')))
        expect(files.sort()).toEqual(ALL)
        expect(said).toContain('loaded src/price.ts, which is gone')
      })

      test.each([
        ['package-lock.json', 'says what the project depends on'],
        ['vitest.config.ts', 'configures what runs'],
        ['jest.setup.js', 'configures what runs'],
        ['.env.test', 'is the environment of the tests'],
        ['__mocks__/axios.ts', 'may stand for a module in any test'],
        ['src/added.ts', 'is in no recording: nobody knows which tests use it'],
        ['data/prices.json', 'is in no recording: nobody knows which tests use it'],
      ])('%s: everything', async (path, why) => {
        expect(await selectedAfter(() => write(path, '{}'))).toEqual({
          files: ['.'],
          said: `Everything runs: ${path} was changed, and ${why}.\n`,
        })
      })

      test('what no test has to do with can be named', async () => {
        const { files } = await selectedAfter(() => write('docs/a.md', 'text'), ['--unrelated', 'docs/**'])
        expect(files).toEqual([])
      })

      test('no test has to do with what tstrace has written, wherever it is', async () => {
        const recording = readFileSync(join(folder, 'coverage/tstrace/recording.counts'))
        const asked = await selectedAfter(() => {
          writeFileSync(join(folder, 'before.counts'), recording)
          writeFileSync(join(folder, 'before.counts.gz'), gzipSync(recording))
          cpSync(join(folder, 'coverage/tstrace'), join(folder, 'kept/earlier'), { recursive: true })
        })
        expect(asked.files, asked.said).toEqual([])
        // Names say nothing.
        const others = await selectedAfter(() => write('other.counts', 'tstrace-counts of another kind'))
        expect(others.files).toEqual(['.'])
        const beside = await selectedAfter(() => {
          cpSync(join(folder, 'coverage/tstrace'), join(folder, 'kept'), { recursive: true })
          write('kept/data.json', '{}')
        })
        expect(beside.said).toMatch(/^Everything runs: kept\/data\.json was changed, .*\n$/)
      })

      test('what was committed on a branch, and a merge of the main branch into it', async () => {
        const branch = await selectedAfter(() => {
          git(folder, 'checkout', '--quiet', '-b', 'branch')
          edit('src/price.ts', 'price + tax', 'price - tax')
          commit(folder)
        })
        expect(branch.files).toEqual(['test/price.test.ts'])
        const merged = await selectedAfter(() => {
          git(folder, 'checkout', '--quiet', 'branch')
          git(folder, 'checkout', '--quiet', '-b', 'ahead', 'main')
          edit('src/names.ts', 'toUpperCase', 'toLowerCase')
          commit(folder)
          git(folder, 'checkout', '--quiet', 'branch')
          git(folder, 'merge', '--quiet', '--no-edit', 'ahead')
        }, ['--since', 'ahead'])
        // What the other branch brings was not there when it was recorded.
        expect(merged.files.sort()).toEqual(['test/names.test.ts', 'test/price.test.ts'])
        git(folder, 'branch', '-D', 'branch', 'ahead')
      })

      test('nobody knows: everything, with the reason', async () => {
        const unknown = await tstrace(folder, ['select', '--since', 'nowhere'])
        expect(unknown).toMatchObject({ status: 0, stdout: '.\n' })
        expect(unknown.stderr).toMatch(
          /^Everything runs: git cannot say what was changed since nowhere: .+\.\n$/,
        )
        const listed = await tstrace(folder, ['select', '--files', 'src/price.ts'])
        expect(listed).toMatchObject({ status: 0, stdout: '' })
        for (const [words, status] of [
          [['--since', 'main', '--file', 'nothing.counts'], 1],
          [['--sinse', 'main'], 2],
        ] as const)
          expect(await tstrace(folder, ['select', ...words])).toMatchObject({ status, stdout: '.\n' })
      })

      test('programs read it as JSON', async () => {
        edit('src/price.ts', 'price + tax', 'price - tax')
        const { stdout } = await tstrace(folder, ['select', '--since', 'main', '--json'])
        git(folder, 'checkout', '--quiet', 'src')
        expect(JSON.parse(stdout)).toEqual({
          format: 'tstrace-selection',
          version: 1,
          everything: [],
          selected: [
            {
              file: 'test/price.test.ts',
              project: '',
              reasons: [{ kind: 'function', path: 'src/price.ts', name: 'withTax', line: 3, calls: 1 }],
            },
          ],
          skipped: [
            { file: 'test/names.test.ts', project: '' },
            { file: 'test/tax.test.ts', project: '' },
          ],
        })
      })
    })

  test('a run of a part of the tests is no evidence, and the one of all of them before it stays', async () => {
    expect(await run(['-t', 'alone'])).toMatchObject({ status: 0 })
    const { files } = await selectedAfter(() => edit('src/price.ts', 'price + tax', 'price - tax'))
    expect(files).toEqual(['test/price.test.ts'])
    rmSync(join(folder, 'coverage/tstrace/evidence'), { recursive: true })
    const alone = await tstrace(folder, ['select', '--since', 'main'])
    expect(alone).toMatchObject({ status: 0, stdout: '.\n' })
    expect(alone.stderr).toMatch(
      /^Everything runs: .*recording\.counts is no evidence: It was of tests with the name \/?alone/,
    )
  })
})
