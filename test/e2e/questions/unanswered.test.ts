import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'

const RECORDING = 'coverage/tstrace/recording.counts'

/** What tests change, and have as it was recorded each time. */
const CHANGED = ['src', 'coverage']

/** What tests leave. */
const LEFT = ['counts', 'all.counts']

const projects = new Map<string, string>()

beforeAll(async () => {
  for (const options of ['--contexts test --trackcalls', '--contexts off', '--contexts file']) {
    const { folder, vitest } = vitestProject(NEWEST, new URL('./fixtures/', import.meta.url))
    await vitest(['--reporter=tstrace'], { env: { TSTRACE: options } })
    for (const name of CHANGED) cpSync(join(folder, name), join(folder, 'kept', name), { recursive: true })
    projects.set(options, folder)
  }
})

/** Folder of a project that was recorded so. */
function recorded(options = '--contexts test --trackcalls'): string {
  const folder = projects.get(options) as string
  for (const name of LEFT) rmSync(join(folder, name), { recursive: true, force: true })
  for (const name of CHANGED) {
    rmSync(join(folder, name), { recursive: true, force: true })
    cpSync(join(folder, 'kept', name), join(folder, name), { recursive: true })
  }
  return folder
}

async function asked(folder: string, ...words: string[]): Promise<{ status: number | null; said: string }> {
  const { status, stderr, stdout } = await tstrace(folder, words)
  expect(stdout).toBe('')
  return { status, said: stderr }
}

const LINE = ['tests', 'src/price.ts:7'] as const

test('there is no recording', async () => {
  expect(await asked(folderWith({ 'package.json': '{}' }), ...LINE)).toEqual({
    status: 1,
    said: `tstrace: There is no recording: neither here nor in a folder above is there a file ${RECORDING}. Run the tests with tstrace, or name a counts file, or the folder of a report, with --file. [TST_NO_RECORDING]\n`,
  })
})

test('a recording that cannot be read is not passed over for one of a folder above', async () => {
  const folder = recorded()
  const below = join(folder, 'below', RECORDING)
  mkdirSync(dirname(below), { recursive: true })
  for (const target of [below, join(folder, 'nowhere')]) {
    symlinkSync(target, below)
    const { said, status } = await asked(join(folder, 'below'), 'top')
    expect(said).toMatch(/^tstrace: Cannot .*recording\.counts: .*\((ELOOP|ENOENT)\)/)
    expect(status).toBe(1)
    rmSync(below)
  }
  rmSync(join(folder, 'below'), { recursive: true })
})

test('the file that is named is not there', async () => {
  const { said, status } = await asked(recorded(), ...LINE, '-f', 'other.counts')
  expect(said).toMatch(/^tstrace: .*other\.counts.*\[TST_CANNOT_READ\]\n$/)
  expect(status).toBe(1)
})

test.each([
  ['counts', 'tstrace merge counts -o all.counts'],
  ['counts/*.counts', "tstrace merge 'counts/*.counts' -o all.counts"],
])(
  'of several counts files, %s, it is said that they are to be added up, and the sum answers',
  async (word, merge) => {
    const folder = recorded()
    for (const shard of ['1.counts', '2.counts'])
      cpSync(join(folder, RECORDING), join(folder, 'counts', shard), { recursive: true })
    const { said, status } = await asked(folder, ...LINE, '-f', word)
    expect(said).toBe(
      `tstrace: Questions are asked of one counts file, and ${word} is several. Add them up with \`${merge}\`, and name the sum: -f all.counts. [TST_NO_RECORDING]\n`,
    )
    expect(status).toBe(1)
    const words = merge.replaceAll("'", '').split(' ').slice(1)
    expect(await tstrace(folder, words)).toMatchObject({ status: 0 })
    expect(await tstrace(folder, [...LINE, '-f', 'all.counts'])).toMatchObject({ status: 0, stderr: '' })
  },
)

test('a recording without texts has those on disk whose hashes it has, and no others', async () => {
  const folder = recorded()
  const path = join(folder, RECORDING)
  const [head = '', ...lines] = readFileSync(path, 'latin1').trimEnd().split('\n')
  const kept = [head, ...lines.slice(0, -1).filter((line) => !line.startsWith('text\t'))]
  const sum = createHash('sha256')
    .update(kept.map((line) => `${line}\n`).join(''), 'latin1')
    .digest('hex')
  const end = ['end', kept.length, sum].join('\t')
  expect(kept.length).toBeLessThan(lines.length)
  writeFileSync(path, [...kept, end, ''].join('\n'), 'latin1')
  expect((await tstrace(folder, LINE)).stdout).toContain('  7 | return round(amount * rates[kind])\n')
  expect((await tstrace(folder, ['why', 'src/price.ts:5'])).stdout).toContain('was never true.')
  writeFileSync(join(folder, 'src/price.ts'), '// another text\n')
  expect((await tstrace(folder, LINE)).stdout).not.toContain('  7 | ')
})

test.each([
  ['damaged', (text: string) => text.replaceAll('price', 'prize'), 'TST_COUNTS_DAMAGED'],
  ['cut off', (text: string) => text.slice(0, text.length / 2), 'TST_COUNTS_DAMAGED'],
  ['empty', () => '', 'TST_COUNTS_FOREIGN'],
  ['of something else', () => 'hello\n', 'TST_COUNTS_FOREIGN'],
])('the recording is %s', async (_what, changed, code) => {
  const folder = recorded()
  const path = join(folder, RECORDING)
  writeFileSync(path, changed(readFileSync(path, 'latin1')), 'latin1')
  const { said, status } = await asked(folder, ...LINE)
  expect(said).toMatch(new RegExp(`^tstrace: [^\\n]*recording\\.counts[^\\n]*\\[${code}\\]\\n$`))
  expect(status).toBe(1)
})

test('the recording is of another project', async () => {
  const folder = folderWith({ 'package.json': '{"name":"other","workspaces":[]}' })
  const { said, status } = await asked(folder, ...LINE, '-f', join(recorded(), RECORDING))
  expect(said).toMatch(/^tstrace: [^\n]* is of the project [^\n]*\[TST_COUNTS_PROJECT\]\n$/)
  expect(status).toBe(1)
})

test('sources that have changed, or are gone, are marked', async () => {
  const folder = recorded()
  writeFileSync(join(folder, 'src/price.ts'), '// another text\n')
  const changed = await tstrace(folder, LINE)
  expect(changed.stdout).toContain('  7 | return round(amount * rates[kind])\n')
  expect(changed.stdout).toMatch(
    /\nChanged since, so that lines are those of the text that ran: src\/price\.ts\.\n$/,
  )
  rmSync(join(folder, 'src/price.ts'))
  expect((await tstrace(folder, LINE)).stdout).toMatch(/\nNot there any more: src\/price\.ts\.\n$/)
  const { about } = JSON.parse((await tstrace(folder, [...LINE, '--json'])).stdout)
  expect(about.sources).toMatchObject([{ path: 'src/price.ts', state: 'gone' }])
})

test.each([
  [['tests', 'src/prize.ts:7'], 'Did you mean "src/price.ts:7"?', 'TST_TARGET_UNKNOWN'],
  [['tests', 'src/price.ts:99'], 'src/price.ts has no line 99', 'TST_TARGET_UNKNOWN'],
  [['callers', 'src/price.ts:99'], 'src/price.ts has no line 99', 'TST_TARGET_UNKNOWN'],
  [['callers', 'total'], 'Did you mean "Cart.total"?', 'TST_TARGET_UNKNOWN'],
  [['callers', 'src/price.ts'], 'Name one, as src/price.ts:parse', 'TST_TARGET_UNKNOWN'],
  [['ran', 'cart'], '2 tests have "cart" in their names', 'TST_TEST_AMBIGUOUS'],
  [['ran', 'is roundet'], 'Did you mean "is rounded"?', 'TST_TEST_UNKNOWN'],
  [['callers', 'round', '--test', 'nowhere near'], 'It has 4 tests in 2 files', 'TST_TEST_UNKNOWN'],
])('%j is said to be nothing that the recording has', async (words, sentence, code) => {
  const { said, status } = await asked(recorded(), ...words)
  expect(said).toContain(sentence)
  expect(said).toContain(`[${code}]`)
  expect(status).toBe(1)
})

test('what was not recorded is said, with the option that records it', async () => {
  const without = recorded('--contexts off')
  expect((await asked(without, ...LINE)).said).toContain('contexts were off')
  expect((await asked(without, 'callers', 'round')).said).toContain(
    'Record again with the option trackcalls (-T).',
  )
  const byFile = recorded('--contexts file')
  expect((await asked(byFile, 'ran', 'is rounded')).said).toContain(
    'keeps test files apart but not their tests',
  )
  expect((await tstrace(byFile, LINE)).stdout).toContain('src/price.ts:7 ran 6 times, in 2 test files.\n')
})

test('a label that no run has', async () => {
  const { said, status } = await asked(recorded(), ...LINE, '--label', 'os=plan9')
  expect(said).toContain('[TST_LABEL]')
  expect(status).toBe(2)
})

test.each([
  [['tests'], 'the following arguments are required: WHERE'],
  [['tests', 'src', '--depth', '2'], 'unrecognized arguments: --depth 2'],
  [['callers', 'round', '--depth', '0'], 'argument --depth: "0" is not a whole number from 1 up'],
  [['top', '--by', 'speed'], 'argument --by: "speed" is none of count, calls, share'],
  [
    [...LINE, '-f', '1.counts', '-f', '2.counts'],
    'can be given only once: `tstrace merge` adds counts files up',
  ],
  [
    [...LINE, '-f', 'counts/1.counts', 'counts/2.counts'],
    'Questions are asked of one counts file: `tstrace merge` adds several up.',
  ],
  [['callers', 'round', '--test', 'cart', '--test', 'tax'], 'argument --test: can be given only once'],
  [['callers', 'round', '--jsn'], 'Did you mean "--json"?'],
])('%j is a wrong command line', async (words, sentence) => {
  const { said, status } = await asked(recorded(), ...words)
  expect(said).toContain(sentence)
  expect(status).toBe(2)
})

test('where is said from the current folder, or absolutely', async () => {
  const folder = recorded()
  const below = await tstrace(join(folder, 'test'), ['tests', '../src/price.ts:7'])
  expect(below.stdout).toMatch(/^\.\.\/src\/price\.ts:7 ran 6 times, in 3 tests\.\n/)
  expect(below.stdout).toContain('  2  price.test.ts:9 > tax > is rounded\n')
  const absolute = await tstrace(folder, ['tests', join(folder, 'src/price.ts:7')])
  expect(absolute.stdout).toMatch(/^src\/price\.ts:7 ran 6 times, in 3 tests\.\n/)
})

test('nothing at all is an answer, too', async () => {
  const folder = recorded()
  const never = await tstrace(folder, ['tests', 'src/price.ts:5'])
  expect(never).toMatchObject({ status: 0, stdout: expect.stringMatching(/^src\/price\.ts:5 never ran\.\n/) })
})

const FIXTURE = new URL('./fixtures/', import.meta.url)
const BY_TEST = { env: { TSTRACE: '--contexts test' } }

test.each([
  [
    'Vitest',
    () => {
      const { folder, vitest, write } = vitestProject(NEWEST, FIXTURE)
      return { folder, write, run: () => vitest(['--reporter=tstrace'], BY_TEST) }
    },
  ],
  [
    'Jest',
    () => {
      const reporters = ['default', 'tstrace/jest']
      const options = { transform: TRANSFORMS['@swc/jest'], reporters }
      const { folder, jest, write } = jestProject(30, FIXTURE, options)
      return { folder, write, run: () => jest([], BY_TEST) }
    },
  ],
])('%s: a test file that cannot be loaded, beside one whose tests pass', async (_runner, made) => {
  const { folder, run, write } = made()
  write('test/price.test.ts', "import { tax } from '../src/price.ts'\nthrow new Error(tax.name)\n")
  expect(await run()).toMatchObject({ status: 1 })
  const { stdout } = await tstrace(folder, ['suspects'])
  expect(stdout).toMatch(
    /^No recorded test failed, 2 passed: nothing is suspect\.\n1 test file ran no test that was recorded/,
  )
})
