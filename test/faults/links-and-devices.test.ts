import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { digest } from '@tstrace/instrument'
import { describe, expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { file, source } from '../e2e/counts-hostile/hostile-files.ts'
import { jestProject } from '../e2e/jest-project.ts'
import { TRANSFORMS } from '../e2e/jest-transforms.ts'
import { NEWEST, vitestProject } from '../e2e/vitest-project.ts'

const RECURSE = new URL('../e2e/recurse/fixtures/', import.meta.url)
const JEST_RECURSE = new URL('../e2e/jest-recurse/fixtures/', import.meta.url)
const MINE = 'not to be touched\n'

interface Tests {
  readonly folder: string
  read(path: string): string
  write(path: string, text: string): void
}

/** Ways out of the output folder, one for each copy of the test file. */
function waysOut({ folder, read, write }: Tests): void {
  const text = read('test/recurse.test.ts')
  for (const name of ['folder', 'link', 'hard', 'inside']) {
    write(`test/${name}/a.test.ts`, text.replaceAll("'../src", "'../../src"))
    write(`mine/${name}/a.test.trace`, MINE)
  }
  const out = join(folder, 'coverage/tstrace/test')
  for (const name of ['link', 'hard', 'there']) mkdirSync(join(out, name), { recursive: true })
  symlinkSync(join(folder, 'mine/folder'), join(out, 'folder'))
  symlinkSync(join(folder, 'mine/link/a.test.trace'), join(out, 'link/a.test.trace'))
  linkSync(join(folder, 'mine/hard/a.test.trace'), join(out, 'hard/a.test.trace'))
  symlinkSync('there', join(out, 'inside'))
}

function expectInside({ folder, read }: Tests, said: string): void {
  for (const name of ['folder', 'link', 'hard', 'inside'])
    expect({ name, text: read(`mine/${name}/a.test.trace`) }).toEqual({ name, text: MINE })
  const out = join(folder, 'coverage/tstrace/test')
  for (const name of ['link', 'hard', 'there'])
    expect(readFileSync(join(out, name, 'a.test.trace'), 'utf8')).toContain('recurse.ts(2):')
  expect(said).toMatch(
    /The lines of \S*test\/folder\/a\.test\.ts are not shown: .* leads out of the output folder .* \[TST_OUTSIDE_FOLDER\]/,
  )
  expect(said.match(/are not shown/g)).toHaveLength(1)
}

describe.skipIf(process.platform === 'win32')('what a run writes stays in its output folder', () => {
  test('lines of Vitest, whatever links are there', async () => {
    const project = vitestProject(NEWEST, RECURSE)
    waysOut(project)
    const env = { TSTRACE: '--trace' }
    const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env })
    expect(status).toBe(0)
    expectInside(project, stderr)
  })

  test('lines of a project whose name is a way out', async () => {
    const project = vitestProject(NEWEST, RECURSE)
    project.write('coverage/test/recurse.test.trace', MINE)
    project.write('vitest.config.ts', "export default { test: { name: '..' } }\n")
    await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace' } })
    expect(project.read('coverage/test/recurse.test.trace')).toBe(MINE)
  })

  test('lines of Jest, whatever links are there', async () => {
    const project = jestProject(30, JEST_RECURSE, {
      transform: TRANSFORMS.esbuild,
      reporters: ['default', 'tstrace/jest'],
    })
    waysOut(project)
    const { status, stderr } = await project.jest([], { env: { TSTRACE: '--trace' } })
    expect(status).toBe(0)
    expectInside(project, stderr)
  })
})

test('lines are named among what was written, and go when a later run does not write them', async () => {
  const project = vitestProject(NEWEST, RECURSE)
  project.write('coverage/tstrace/notes.trace', MINE)
  const traced = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace' } })
  expect(traced.stdout).toMatch(/Written to coverage\/tstrace\/: 1 listing, 1 .trace file, /)
  const plain = await project.vitest(['--reporter=tstrace'])
  expect(plain.stdout).toMatch(/Written to coverage\/tstrace\/: 1 listing, [^:]*summary\.txt\n/)
  const there = readdirSync(join(project.folder, 'coverage/tstrace'), { recursive: true }).sort()
  expect(there).toContain('notes.trace')
  expect(there).not.toContain(join('test', 'recurse.test.trace'))
})

test('test files whose names differ in their extensions only have lines of their own', async () => {
  const project = vitestProject(NEWEST, RECURSE)
  const text = project.read('test/recurse.test.ts')
  for (const extension of ['js', 'mts'])
    project.write(`test/recurse.test.${extension}`, text.replaceAll('counts down', extension))
  await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--trace -R' } })
  const texts = ['recurse.test', 'recurse.test.ts', 'recurse.test.js', 'recurse.test.mts']
    .map((name) => join(project.folder, `coverage/tstrace/test/${name}.trace`))
    .flatMap((path) => (existsSync(path) ? [readFileSync(path, 'utf8')] : []))
  const titles = texts.map((lines) => / --- test: recurse (\S+)/.exec(lines)?.[1])
  expect(titles.sort()).toEqual(['counts', 'js', 'mts'])
  // A run without a report leaves what it has written to the next one.
  await project.vitest(['--reporter=tstrace'])
  expect(readdirSync(join(project.folder, 'coverage/tstrace/test'))).toEqual([])
})

/** Sources that have no end, or block whoever opens them, or are far too large. */
function endless(folder: string): readonly string[] {
  execFileSync('mkfifo', [join(folder, 'src/pipe.js')])
  writeFileSync(join(folder, 'src/large.js'), '')
  truncateSync(join(folder, 'src/large.js'), 2 ** 33)
  symlinkSync('/dev/zero', join(folder, 'src/zero.js'))
  symlinkSync('/proc/self/pagemap', join(folder, 'src/pages.js'))
  symlinkSync('/proc/kmsg', join(folder, 'src/log.js'))
  return ['pipe', 'large', 'zero', 'pages', 'log'].map((name) => `src/${name}.js`)
}

test.skipIf(process.platform === 'win32')(
  'what is exported goes into a pipe and through a link',
  async () => {
    const folder = folderWith({ 'package.json': '{"name":"demo"}', 'main.js': 'console.log(1)\n' })
    await tstrace(folder, ['-c', '-R', '-f', 'all.counts', 'main.js'])
    const pipe = join(folder, 'pipe')
    const link = join(folder, 'link.info')
    execFileSync('mkfifo', [pipe])
    symlinkSync('real.info', link)
    const exported = (words: readonly string[]) => tstrace(folder, ['export', 'all.counts', ...words])
    const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    try {
      const lcov = ['--format', 'lcov', '-o']
      expect(await exported([...lcov, pipe])).toEqual({ signal: null, status: 0, stdout: '', stderr: '' })
      expect(lstatSync(pipe).isFIFO()).toBe(true)
      const bytes = Buffer.alloc(4096)
      const text = bytes.toString('utf8', 0, readSync(reader, bytes))
      expect(text).toContain('SF:main.js\nFNF:0\nFNH:0\nDA:1,1\n')
      expect(await exported([...lcov, link])).toMatchObject({ status: 0, stdout: 'Written to link.info\n' })
      expect(lstatSync(link).isSymbolicLink()).toBe(true)
      expect(readFileSync(join(folder, 'real.info'), 'utf8')).toBe(text)
      expect(await exported([...lcov, '-'])).toMatchObject({ status: 0, stdout: text })
      expect(await exported(['--format', 'sonar', ...lcov, pipe])).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/Cannot write \S*pipe: .* \[TST_CANNOT_WRITE\]/),
      })
      expect(lstatSync(pipe).isFIFO()).toBe(true)
    } finally {
      closeSync(reader)
    }
  },
)

describe.skipIf(process.platform === 'win32')('a pipe keeps nobody waiting as', () => {
  const PROGRAM = { 'package.json': '{"name":"demo"}', 'main.mts': 'enum A { B }\nconsole.log(A.B)\n' }

  test.each([
    ['tsconfig.json', {}],
    ['base.json', { 'tsconfig.json': '{"extends":"./base.json"}' }],
  ])('%s', async (name, files) => {
    const folder = folderWith({ ...PROGRAM, ...files })
    execFileSync('mkfifo', [join(folder, name)])
    const ended = await tstrace(folder, ['-c', '-C', 'out', 'main.mts'], {
      killed: AbortSignal.timeout(60_000),
    })
    expect(ended).toMatchObject({ signal: null, status: 0, stdout: '0\n' })
    expect(ended.stderr).toContain('is compiled as if it had no tsconfig.json, because that cannot be read: ')
  })

  test('tstrace.config.json', async () => {
    const project = vitestProject(NEWEST, RECURSE)
    execFileSync('mkfifo', [join(project.folder, 'tstrace.config.json')])
    const { status, stderr } = await project.vitest(['--reporter=default', '--reporter=tstrace'])
    expect(status).toBe(0)
    expect(stderr).toContain(
      'tstrace.config.json cannot be loaded: it is not a regular file. Nothing was traced. [TST_CONFIG]',
    )
  })
})

describe.skipIf(process.platform !== 'linux')('what has no end is not read', () => {
  const SOURCE = 'console.log(1)\n'

  test('as a source of a counts file', async () => {
    const folder = folderWith({ 'package.json': '{"name":"demo"}', 'src/a.js': SOURCE })
    const up = '../'.repeat(folder.split('/').length - 1)
    const paths = [
      ...endless(folder),
      ...['dev/zero', 'proc/self/pagemap', 'proc/kmsg'].map((path) => up + path),
    ]
    const records = paths.map((path) => source({ path: JSON.stringify(path) }))
    const sound = source({ hash: digest(SOURCE) })
    writeFileSync(join(folder, 'all.counts'), file(...[...records, sound].sort()))
    const { status, stderr } = await tstrace(folder, ['-r', '-s', '-f', 'all.counts', '-C', 'out'])
    for (const path of paths) expect(stderr).toContain(`No listing for ${path}: `)
    expect(stderr.match(/it is not a regular file/g)).toHaveLength(3)
    expect(stderr).toContain('src/large.js: it is larger than 64 MiB.')
    expect(status).toBe(0)
    expect(readFileSync(join(folder, 'out/src/a.cover'), 'utf8')).toBe('    7: console.log(1)\n')
  })

  test('as a source that nobody loaded', async () => {
    const folder = folderWith({ 'package.json': '{"name":"demo"}', 'main.js': SOURCE, 'src/a.js': SOURCE })
    endless(folder)
    const words = ['-c', '-C', 'out', '--all', '--include', 'src/**', '--include', 'main.js', 'main.js']
    const { status, stderr, stdout } = await tstrace(folder, words)
    expect({ status, stdout }).toEqual({ status: 0, stdout: '1\n' })
    // A source is known by where it lies, so nothing is asked of what is behind a link.
    expect(stderr).not.toContain('zero.js')
    expect(stderr).toContain('src/large.js was not loaded, and cannot be listed: it is larger than 64 MiB.')
  })

  test('as a source to explain, and as a counts file', async () => {
    const folder = folderWith({ 'package.json': '{"name":"demo"}', 'src/a.js': SOURCE, 'main.js': SOURCE })
    endless(folder)
    for (const name of ['pipe', 'zero', 'large']) {
      const explained = await tstrace(folder, ['explain', `src/${name}.js`])
      expect(explained).toMatchObject({ status: 2, stderr: expect.stringContaining('[TST_CANNOT_READ]') })
    }
    for (const name of ['pipe', 'zero', 'pages']) {
      const added = await tstrace(folder, ['-c', '-R', '-f', `src/${name}.js`, 'main.js'])
      expect(added).toMatchObject({ status: 1, stdout: '1\n' })
      expect(added.stderr).toMatch(/src\/\w+\.js/)
    }
  })
})
