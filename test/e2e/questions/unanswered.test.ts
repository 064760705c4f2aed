import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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

test('there is none but in packages below, which are named', async () => {
  const files = { 'packages/a/package.json': '{}', [`packages/b/${RECORDING}`]: '', [`c/${RECORDING}`]: '' }
  const { said, status } = await asked(folderWith({ 'package.json': '{}', ...files }), ...LINE)
  expect(status).toBe(1)
  expect(said).toContain(
    'Folders below have 2: c/coverage/tstrace, packages/b/coverage/tstrace. Name one with --file c/coverage/tstrace.',
  )
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

/** The lines of a project's recording but the last, as latin1. */
function linesIn(folder: string): string[] {
  return readFileSync(join(folder, RECORDING), 'latin1').trimEnd().split('\n').slice(0, -1)
}

/** The text of a counts file with such lines. */
function sealed(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\n`).join('')
  const sum = createHash('sha256').update(text, 'latin1').digest('hex')
  return `${text}end\t${lines.length}\t${sum}\n`
}

test.each([
  [['-f', 'counts'], 'counts'],
  [['-f', 'counts/*.counts'], 'counts/*.counts'],
  [['-f', 'counts/1.counts', '--file=counts/2.counts'], 'counts/1.counts and counts/2.counts'],
])('of several counts files, %j, the sum answers, and is left nowhere', async (words, name) => {
  const folder = recorded()
  mkdirSync(join(folder, 'counts'))
  for (const run of ['1', '2']) {
    const lines = linesIn(folder).map((line) => line.replace(/(?<=^run\t.*"id":")./, run))
    writeFileSync(join(folder, 'counts', `${run}.counts`), sealed(lines), 'latin1')
  }
  const temporary = folderWith({})
  const { stderr, stdout } = await tstrace(folder, [...LINE, ...words], { env: { TMPDIR: temporary } })
  expect(stdout).toContain('src/price.ts:7 ran 12 times, in 3 tests.\n')
  expect(stdout).toContain(`From ${name}: 2 runs, the last of `)
  expect(stderr).toBe('')
  expect(readdirSync(temporary)).toEqual([])
})

test('of a counts file that is not sound the rest answers, and it is named', async () => {
  const folder = recorded()
  cpSync(join(folder, RECORDING), join(folder, 'counts', '1.counts'), { recursive: true })
  writeFileSync(join(folder, 'counts', '2.counts'), 'no counts')
  const { status, stderr, stdout } = await tstrace(folder, [...LINE, '-f', 'counts'])
  expect(stdout).toContain('src/price.ts:7 ran 6 times, in 3 tests.\n')
  expect(stderr).toMatch(/^tstrace: .*2\.counts .*It is left out\..*\n$/)
  expect(status).toBe(0)
})

test('a recording without texts has those on disk whose hashes it has, and no others', async () => {
  const folder = recorded()
  const lines = linesIn(folder)
  const kept = lines.filter((line) => !line.startsWith('text\t'))
  expect(kept.length).toBeLessThan(lines.length)
  writeFileSync(join(folder, RECORDING), sealed(kept), 'latin1')
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
    [...LINE, '-f', 'counts/1.counts', 'counts/2.counts'],
    'Each counts file has its own -f; a glob goes in quotes.',
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
    /^No recorded test failed, 2 passed: nothing is suspect\.\n1 test file failed before any test ran, .*: test\/price\.test\.ts\.\n/,
  )
})
