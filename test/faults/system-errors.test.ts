import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { readCountsFile } from '@tstrace/results/counts-file'
import { describe, expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { jestProject } from '../e2e/jest-project.ts'
import { TRANSFORMS } from '../e2e/jest-transforms.ts'
import { NEWEST, vitestProject } from '../e2e/vitest-project.ts'
import { howMany } from './how-many.ts'

const BIN = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))
const ADDING = fileURLToPath(new URL('adding-process.ts', import.meta.url))
const REFUSING = fileURLToPath(new URL('refusing-system.cjs', import.meta.url))
const MAIN = { 'package.json': '{"name":"demo"}', 'main.js': 'console.log(1)\n' }

/** What has a process refused with an error what is below a path. */
function refusing(code: string, below: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require ${REFUSING}`, REFUSE_CODE: code, REFUSE_BELOW: below }
}

const ERRORS: readonly (readonly [code: string, wayOut: string])[] = [
  ['ENOSPC', 'Free some space'],
  ['EMFILE', 'Raise the limit (`ulimit -n`)'],
  ['EROFS', 'Choose a folder on another one'],
  ['EACCES', 'Make the folder writable'],
  ['EDQUOT', 'Delete some of your files'],
  ['EBUSY', 'Run again when that has ended'],
  ['EPERM', 'Make the folder writable'],
  ['EIO', 'Choose a folder on another disk'],
  ['ENFILE', 'Raise the limit (`ulimit -n`)'],
]

describe.each(ERRORS.slice(0, howMany({ short: 1, whole: ERRORS.length })))('%s', (code, wayOut) => {
  test('where the report is to be: the way out, and where the counts are', async () => {
    const folder = folderWith(MAIN)
    const words = ['-c', '-C', 'out', 'main.js']
    const env = refusing(code, join(folder, 'out'))
    const lost = await tstrace(folder, words, { env })
    expect(lost).toMatchObject({ status: 1, stdout: '1\n' })
    expect(lost.stderr).toContain(`(${code}). ${wayOut}`)
    expect(lost.stderr).toContain('The run has no counts file: what could not be written is lost.')
    const kept = await tstrace(folder, ['-f', 'counts', ...words], { env })
    expect(kept.stderr).toContain(`(${code}). ${wayOut}`)
    expect(kept.stderr).toContain('The counts of this run are in counts: `tstrace --report --file counts`')
    expect(await tstrace(folder, ['-r', '-s', '-f', 'counts', '-C', 'other'])).toMatchObject({
      stdout: expect.stringContaining('(main.js)'),
      stderr: '',
    })
  })

  test('where the counts file is to be: that the counts are lost, and earlier ones are not', async () => {
    const folder = folderWith(MAIN)
    mkdirSync(join(folder, 'kept'))
    const words = ['-c', '-R', '-f', 'kept/counts', 'main.js']
    await tstrace(folder, words)
    const before = readFileSync(join(folder, 'kept/counts'))
    const { status, stderr, stdout } = await tstrace(folder, words, {
      env: refusing(code, join(folder, 'kept')),
    })
    expect({ status, stdout }).toEqual({ status: 1, stdout: '1\n' })
    expect(stderr).toContain(`(${code}). ${wayOut}`)
    expect(stderr).toMatch(/The counts of this run are lost\. \[TST_CANNOT_WRITE\]\n$/)
    expect(readdirSync(join(folder, 'kept'))).toEqual(['counts'])
    expect(readFileSync(join(folder, 'kept/counts'))).toEqual(before)
  })
})

test.skipIf(process.platform === 'win32')(
  'a disk that is full when a lock is made leaves no lock, and no part of a file',
  async () => {
    const folder = folderWith({})
    const words = [process.execPath, '--no-warnings', ADDING, join(folder, 'counts'), 'full', '1']
    // Whatever is written makes a file larger than it may be.
    const full = spawn('sh', ['-c', 'ulimit -f 0; exec "$0" "$@"', ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [said] = await Promise.all([text(full.stderr), once(full, 'close')])
    expect(said).toContain('(EFBIG). Raise the limit (`ulimit -f`)')
    expect(said).toContain('The counts of this run are lost.')
    expect(readdirSync(folder)).toEqual([])
  },
)

test.skipIf(process.platform === 'win32')('names, folders and links that cannot be written to', async () => {
  const folder = folderWith({ ...MAIN, 'src/a.js': '' })
  symlinkSync('circle', join(folder, 'circle'))
  const long = 'x'.repeat(300)
  const cases: readonly (readonly [words: readonly string[], said: string])[] = [
    [
      ['-C', 'package.json'],
      '<folder>/package.json: a part of its path is a file, not a folder (ENOTDIR). Choose',
    ],
    [
      ['-C', 'package.json/out'],
      '<folder>/package.json: a part of its path is a file, not a folder (ENOTDIR). ',
    ],
    [['-C', long], 'the name is too long for the file system (ENAMETOOLONG). Choose a shorter one'],
    [['-C', 'circle'], 'symbolic links lead in a circle (ELOOP). Remove one of them'],
    [['-R', '-f', 'src'], '<folder>/src: it is a folder (EISDIR). Choose another name.'],
    [
      ['-R', '-f', 'package.json/counts'],
      'a part of its path is a file, not a folder (ENOTDIR). Choose another folder.',
    ],
    [['-R', '-f', long], 'the name is too long for the file system (ENAMETOOLONG). Choose a shorter one'],
  ]
  for (const [words, said] of cases.slice(0, howMany({ short: 5, whole: cases.length }))) {
    const { stderr, stdout } = await tstrace(folder, ['-c', ...words, 'main.js'])
    expect({ words, stdout }).toEqual({ words, stdout: '1\n' })
    expect(stderr).toContain(said)
    expect(stderr).not.toContain('folder writable')
  }
  const report = await tstrace(folder, ['-r', '-f', 'circle'])
  expect(report.stderr).toContain(
    'the counts file circle: symbolic links lead in a circle (ELOOP). Name a counts file',
  )
})

describe('what is in the way is said', () => {
  const SAID = /^tstrace: Cannot write \S*src: it is a folder \(EISDIR\)\. Choose another name\. /gm

  test('before a program starts, which may run for hours', async () => {
    const folder = folderWith({ ...MAIN, 'main.js': 'console.error("runs")\n', 'src/a.js': '' })
    const { stderr } = await tstrace(folder, ['-c', '-R', '-f', 'src', 'main.js'])
    expect(stderr.split('\nruns\n')[0]).toMatch(SAID)
    expect(stderr).toMatch(/The counts of this run are in <folder>\/src\.\w+\.counts\./)
  })

  test('once, after the tests of Vitest', async () => {
    const project = vitestProject(NEWEST, new URL('../e2e/recurse/fixtures/', import.meta.url))
    const path = 'test/recurse.test.ts'
    project.write(path, project.read(path).replace("test('", "console.error('runs')\ntest('"))
    const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '-f src' } })
    expect(status).toBe(0)
    expect(stderr.split('runs')[0]).not.toMatch(SAID)
    expect(stderr.match(SAID)).toHaveLength(1)
    expect(stderr).toMatch(/The counts of this run are in <project>\/src\.\w+\.counts\./)
  })

  test('once, after the tests of Jest', async () => {
    const fixture = new URL('../e2e/jest-recurse/fixtures/', import.meta.url)
    const reporters = ['default', 'tstrace/jest']
    const project = jestProject(30, fixture, { transform: TRANSFORMS.esbuild, reporters })
    const { status, stderr } = await project.jest([], { env: { TSTRACE: '-f src' } })
    expect(status).toBe(0)
    expect(stderr.split('PASS')[0]).not.toMatch(SAID)
    expect(stderr.match(SAID)).toHaveLength(1)
    expect(stderr).toMatch(/The counts of this run are in <project>\/src\.\w+\.counts\./)
  })
})

test('lines that the disk has no room for are cut off with a sentence', async () => {
  const project = vitestProject(NEWEST, new URL('../e2e/recurse/fixtures/', import.meta.url))
  const env = { TSTRACE: '--trace', ...refusing('ENOSPC', 'recurse.test.trace') }
  const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env })
  expect(status).toBe(0)
  expect(stderr).toContain(
    'The lines of <project>/test/recurse.test.ts are cut off: the disk is full (ENOSPC).',
  )
})

test.runIf(process.platform === 'linux')(
  'what goes to standard output and has no room there is missed',
  async () => {
    const folder = folderWith({ ...MAIN, 'main.js': 'let a = 1\na++\n' })
    const into = async (words: readonly string[]): Promise<{ status: number | null; stderr: string }> => {
      const shell = ['-c', 'exec "$0" "$@" > /dev/full', process.execPath, BIN, ...words]
      const child = spawn('sh', shell, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
      const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')])
      return { status: child.exitCode, stderr }
    }
    expect(await into(['-c', '-s', '-C', 'out', 'main.js'])).toMatchObject({
      status: 1,
      stderr:
        'tstrace: Cannot write standard output: the disk is full (ENOSPC). Free some space, or choose a folder on another ' +
        'disk. [TST_CANNOT_WRITE]\n',
    })
    const live = await into(['-t', '-C', 'out', 'main.js'])
    expect(live.stderr).toMatch(
      /^tstrace: The lines of process \d+ are cut off: the disk is full \(ENOSPC\)\.\n$/,
    )
  },
)

/** Where an operation is the first to be refused. */
const MOMENTS = howMany({ short: 2, whole: 10 })

test.each(Array.from({ length: MOMENTS }, (_, i) => i))(
  'a disk that is full from write %i on leaves old files whole, and nothing is lost without a sentence',
  async (after) => {
    const folder = folderWith(MAIN)
    const words = ['-c', '-s', '-f', 'kept/counts', '-C', 'kept/out', 'main.js']
    const first = await tstrace(folder, words)
    const before = new Map(contents(join(folder, 'kept')))
    const env = { ...refusing('ENOSPC', join(folder, 'kept')), REFUSE_AFTER: `${after}` }
    const { status, stderr, stdout } = await tstrace(folder, words, { env })
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(stdout).toContain('1\n')
    const there = contents(join(folder, 'kept'))
    // Every file is that of before or a whole new one, and no lock or part of a file is left.
    expect(
      there.map(([path]) => path).filter((path) => !before.has(path) && !path.endsWith('.cover')),
    ).toEqual([])
    const { counted, head } = readCountsFile(join(folder, 'kept/counts'))
    const { runs } = head
    expect(counted.get('')?.lineCounts('main.js')).toEqual(new Map([[1, runs.length]]))
    expect(runs.length === 2 || stderr.includes('The counts of this run are lost.')).toBe(true)
    expect(JSON.parse(readFileSync(join(folder, 'kept/out/results.json'), 'utf8'))).toHaveProperty('format')
    expect(status === 0 || stderr.includes('(ENOSPC). Free some space')).toBe(true)
    // Afterwards all is as if nothing had been.
    expect(await tstrace(folder, words)).toMatchObject({ status: 0, stderr: '' })
    expect(readCountsFile(join(folder, 'kept/counts')).head.runs).toHaveLength(runs.length + 1)
  },
)

/** Path and text of each file below a folder. */
function contents(folder: string): (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const)
}

test('a source map that the disk has no room for changes no test of Jest', async () => {
  const fixture = new URL('../e2e/jest-recurse/fixtures/', import.meta.url)
  const coverage = { collectCoverage: true, coverageProvider: 'v8', coverageReporters: ['json'] }
  const config = { transform: TRANSFORMS.esbuild, reporters: ['default', 'tstrace/jest'], ...coverage }
  const project = jestProject(30, fixture, config)
  const { status, stderr } = await project.jest([], { env: refusing('ENOSPC', '.plain') })
  expect(status).toBe(0)
  expect(stderr).toMatch(
    /tstrace: The coverage of \S*src\/recurse\.ts is that of its text with counters, .*the disk is full \(ENOSPC\)/,
  )
  expect(stderr).toContain('(src/recurse.ts)')
})

test('a source whose name leaves no room for the end of its listing has one', async () => {
  const names = ['a', 'é'].map((letter) => `${letter.repeat(252 / Buffer.byteLength(letter))}.js`)
  const imports = names.map((name) => `require(${JSON.stringify(`./${name}`)})\n`).join('')
  const folder = folderWith({
    'package.json': '{"name":"demo"}',
    'main.js': imports,
    ...Object.fromEntries(names.map((name) => [name, 'console.log(1)\n'])),
  })
  const ran = await tstrace(folder, ['-c', '-s', '-C', 'out', 'main.js'])
  expect(ran).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(`(${names[0]})`) })
  const listings = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.cover'))
  expect(listings.sort()).toEqual([
    expect.stringMatching(/^a{240}~[0-9a-f]{8}\.cover$/),
    'main.cover',
    expect.stringMatching(/^é{120}~[0-9a-f]{8}\.cover$/),
  ])
  const again = await tstrace(folder, ['-c', '-C', 'again', 'main.js'])
  expect(again.status).toBe(0)
  expect(
    readdirSync(join(folder, 'again'))
      .filter((name) => name.endsWith('.cover'))
      .sort(),
  ).toEqual(listings)
})
