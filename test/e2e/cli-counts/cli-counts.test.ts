import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Ended, folderWith, tstrace } from '../cli-command/tstrace-command.ts'

const PACKAGE = '{"name":"demo","type":"module"}'
const MAIN = `import { twice } from './src/twice.js'

for (let i = 0; i < Number(process.argv[2]); i++) twice(i)
`
const TWICE = `export function twice(n) {
  if (n > 2) return 0
  return n * 2
}
`
const FILES = { 'package.json': PACKAGE, 'main.js': MAIN, 'src/twice.js': TWICE }

async function count(folder: string, file: string, ...words: readonly string[]): Promise<void> {
  const ended = await tstrace(folder, ['-c', '-T', '-R', '-f', file, ...words])
  expect(ended).toMatchObject({ status: 0, stdout: '', stderr: '' })
}

function listing(folder: string, path = 'out/src/twice.cover'): string {
  return readFileSync(join(folder, path), 'utf8')
}

/** The listing of the function after some calls in some runs. */
function of(calls: number, runs = 1): string {
  const [call, run] = [calls, runs].map((number) => String(number).padStart(5))
  return `${run}: export function twice(n) {
${call}:   if (n > 2) return 0
${call}:   return n * 2
       }
`
}

const SOUND: Pick<Ended, 'status' | 'stderr'> = { status: 0, stderr: '' }

test('files, folders and globs are added up, compressed ones too', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'shards/one.counts', 'main.js', '1')
  await count(folder, 'shards/deep/two.counts.gz', 'main.js', '2')
  await count(folder, 'three.counts', 'main.js', '3')
  writeFileSync(join(folder, 'shards/notes.txt'), 'no counts')
  for (const files of [
    ['-f', 'shards', '-f', 'three.counts'],
    ['-f', '**/*.counts', '-f', 'shards/deep/two.counts.gz', '-f', 'shards/one.counts'],
  ]) {
    expect(await tstrace(folder, ['-r', ...files, '-C', 'out'])).toMatchObject(SOUND)
    expect(listing(folder)).toBe(of(6, 3))
  }
})

test('merged files are counts files, and give what their parts give', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'one.counts', 'main.js', '1')
  await count(folder, 'two.counts', 'main.js', '2')
  const parts = await tstrace(folder, ['-r', '-s', '-f', 'one.counts', '-f', 'two.counts', '-C', 'parts'])
  for (const out of ['all.counts', 'all.counts.gz', 'new/all.counts']) {
    mkdirSync(join(folder, 'new'), { recursive: true })
    expect(await tstrace(folder, ['merge', 'one.counts', 'two.counts', '-o', out])).toEqual({
      ...SOUND,
      signal: null,
      stdout: '',
    })
    const whole = await tstrace(folder, ['-r', '-s', '-f', out, '-C', 'whole'])
    expect(whole).toEqual(parts)
    expect(listing(folder, 'whole/src/twice.cover')).toBe(listing(folder, 'parts/src/twice.cover'))
  }
  // The sum of an earlier merge is none of its parts.
  expect(await tstrace(folder, ['merge', '*.counts', '-o', 'all.counts'])).toMatchObject(SOUND)
  await count(folder, 'all.counts', 'main.js', '3')
  await tstrace(folder, ['-r', '-f', 'all.counts', '-C', 'out'])
  expect(listing(folder)).toContain('    6:   if')
})

test('labels keep runs apart', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'all.counts', '--label', 'os=linux', '--label', 'node=24', 'main.js', '1')
  await count(folder, 'all.counts', '--label', 'os=mac', 'main.js', '2')
  const number = async (...labels: readonly string[]) => {
    const words = labels.flatMap((label) => ['--label', label])
    expect(await tstrace(folder, ['-r', '-f', 'all.counts', '-C', 'out', ...words])).toMatchObject(SOUND)
    return /(\d+): {3}if/.exec(listing(folder))?.[1]
  }
  expect(await number()).toBe('3')
  expect(await number('os=linux')).toBe('1')
  expect(await number('os=mac')).toBe('2')
  expect(await tstrace(folder, ['-r', '-f', 'all.counts', '--label', 'os=bsd'])).toMatchObject({
    status: 2,
    stderr:
      'tstrace: No run in the counts files has the label os=bsd. There are: node=24,os=linux; os=mac. Leave --label out to report all. [TST_LABEL]\n',
  })
  expect(await tstrace(folder, ['-c', '--label', 'linux', 'main.js', '1'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('"linux" is not a label. Write key=value'),
  })
})

test('what is not sound is named, and with --strict it ends the command', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'one.counts', 'main.js', '1')
  writeFileSync(join(folder, 'copy.counts'), readFileSync(join(folder, 'one.counts')))
  writeFileSync(join(folder, 'cut.counts'), readFileSync(join(folder, 'one.counts')).subarray(0, 400))
  const problems = [
    'cut.counts is damaged: the file is cut off: its last line is missing. Nothing of it was used; delete it or make it again. It is left out. [TST_COUNTS_DAMAGED]',
    expect.stringMatching(
      /^one\.counts has run [\w-]+ of the node run, which copy\.counts has as well: one\.counts is left out\.$/,
    ),
  ]
  const loose = await tstrace(folder, ['-r', '-f', '*.counts', '-C', 'out'])
  expect(loose.status).toBe(0)
  expect(
    loose.stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.replace('tstrace: ', '')),
  ).toEqual(problems)
  expect(listing(folder)).toBe(of(1))
  for (const words of [
    ['-r', '--strict', '-f', '*.counts', '-C', 'strict'],
    ['merge', '--strict', '*.counts', '-o', 'strict'],
  ]) {
    const strict = await tstrace(folder, words)
    expect(strict).toMatchObject({ status: 1, stdout: '' })
    expect(strict.stderr.trimEnd().split(/\n {2}/)).toEqual([
      'tstrace: Nothing was written, since not all is sound. [TST_COUNTS_UNSOUND]',
      ...problems,
    ])
    expect(existsSync(join(folder, 'strict'))).toBe(false)
  }
})

test('a source that has changed since has its row, and a sentence instead of a listing', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'all.counts', 'main.js', '1')
  writeFileSync(join(folder, 'src/twice.js'), `// new first line\n${TWICE}`)
  const ended = await tstrace(folder, ['-r', '-s', '-f', 'all.counts', '-C', 'out'])
  expect(ended.stderr).toBe(
    'tstrace: No listing for src/twice.js: the text that ran is not the one on disk.\n',
  )
  expect(ended.stdout).toContain('src.twice   (src/twice.js)')
  expect(existsSync(join(folder, 'out/src/twice.cover'))).toBe(false)
  await count(folder, 'all.counts', 'main.js', '2')
  const both = await tstrace(folder, ['-r', '-s', '-f', 'all.counts', '-C', 'out'])
  expect(both.stdout).toMatch(
    /src\.twice {3}\(src\/twice\.js\)[\s\S]*src\.twice@[0-9a-f]{8} {3}\(src\/twice\.js\)/,
  )
  expect(listing(folder)).toContain('    2:   if')
})

test('paths are those of the folder that asks, whatever the folder of the run', async () => {
  const folder = folderWith({
    'package.json': '{"name":"all","workspaces":["packages/*"]}',
    'packages/a/package.json': PACKAGE,
    'packages/a/main.js': MAIN,
    'packages/a/src/twice.js': TWICE,
    'packages/b/package.json': PACKAGE,
    'packages/b/main.js': "import { twice } from '../a/src/twice.js'\n\ntwice(1)\n",
  })
  const a = join(folder, 'packages/a')
  await count(a, 'a.counts', 'main.js', '2')
  await count(folder, 'top.counts', 'packages/b/main.js')
  const files = ['-f', '**/*.counts', '-C', 'out']
  expect(await tstrace(folder, ['-r', '-s', ...files])).toMatchObject({
    ...SOUND,
    stdout: expect.stringContaining('(packages/a/src/twice.js)'),
  })
  expect(listing(folder, 'out/packages/a/src/twice.cover')).toContain('    3:   if')
  expect(await tstrace(a, ['-r', '-f', 'a.counts', '-f', '../../top.counts', '-C', 'out'])).toMatchObject(
    SOUND,
  )
  expect(listing(a)).toContain('    3:   if')
  const other = folderWith({ 'package.json': '{"name":"other"}' })
  expect(await tstrace(other, ['-r', '-f', join(folder, 'top.counts'), '-C', 'out'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('top.counts is of the project all, not of other: left out.'),
  })
})

test('sources elsewhere have listings below --coverdir, and without it none', async () => {
  const folder = folderWith({ 'here/package.json': PACKAGE, 'there/main.js': 'let x = 1\n' })
  const here = join(folder, 'here')
  expect(await tstrace(here, ['-c', '-f', 'all.counts', '../there/main.js'])).toMatchObject({
    status: 0,
    stderr: 'tstrace: 1 listing stands beside its source, as with Python; -C FOLDER puts them elsewhere.\n',
  })
  const cover = join(folder, 'there/main.cover')
  expect(existsSync(cover)).toBe(true)
  renameSync(cover, `${cover}.old`)
  expect(await tstrace(here, ['-r', '-f', 'all.counts'])).toMatchObject({
    status: 0,
    stderr: `tstrace: No listing for ../there/main.js: it is outside <folder>. Name a folder for the listings with --coverdir.\n`,
  })
  expect(existsSync(cover)).toBe(false)
  expect(await tstrace(here, ['-r', '-f', 'all.counts', '-C', 'out'])).toMatchObject(SOUND)
  expect(existsSync(cover)).toBe(false)
})

test.each([
  [
    ['-r', '-f', 'none.counts'],
    'Cannot read the counts file none.counts: there is no such file, and no file matches.',
  ],
  [['-r', '-f', 'src'], 'Cannot read the counts file src: no file below this folder'],
  [['-r', '-f', 'main.js'], 'main.js is not a tstrace counts file: it does not start with "tstrace-counts".'],
  [['merge', 'none', '-o', 'out'], 'Cannot read the counts file none: '],
  [
    ['merge', 'main.js', 'package.json', '-o', 'out'],
    'None of the counts files is sound. [TST_COUNTS_NONE]\n  main.js is not a tstrace counts file',
  ],
])('%j cannot be read', async (words, message) => {
  const folder = folderWith(FILES)
  expect(await tstrace(folder, words)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  })
  expect(existsSync(join(folder, 'out'))).toBe(false)
})

test.each([
  [['merge'], 'the following arguments are required: FILE, -o/--output'],
  [['merge', 'a.counts'], 'the following arguments are required: -o/--output'],
  [['-c', '-f', 'a', '-f', 'b', 'main.js'], '-f/--file can be given several times only with --report'],
  [['-c', '--strict', 'main.js'], '--strict can only be used with --report'],
])('%j is a wrong command line', async (words, message) => {
  const { status, stderr } = await tstrace(folderWith(FILES), words)
  expect(status).toBe(2)
  expect(stderr).toContain(`error: ${message}\n`)
})

test('a folder is no place for a sum, and what is there stays', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'one.counts', 'main.js', '1')
  expect(await tstrace(folder, ['merge', 'one.counts', '-o', 'src'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('Cannot write src: it is a folder. Name a file.'),
  })
  expect(existsSync(join(folder, 'src/twice.js'))).toBe(true)
})

test('links in a folder are not followed', async () => {
  const folder = folderWith(FILES)
  await count(folder, 'elsewhere/one.counts', 'main.js', '1')
  await count(folder, 'shards/two.counts', 'main.js', '2')
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'shards/linked'))
  expect(await tstrace(folder, ['-r', '-f', 'shards', '-C', 'out'])).toMatchObject(SOUND)
  expect(listing(folder)).toBe(of(2))
})

test('a run that has lost counts is not taken for a whole one', async () => {
  const kill = "import { execSync } from 'node:child_process'\n\nexecSync('kill -9 ' + process.pid)\n"
  const folder = folderWith({ ...FILES, 'killed.js': kill })
  const killed = await tstrace(folder, ['-c', '-R', '-f', 'all.counts', 'killed.js'])
  expect(killed.signal).toBe('SIGKILL')
  const loss = /^tstrace: (Process \d+ was stopped: .*|The program was killed before it left any counts\.)\n$/
  expect(killed.stderr).toMatch(loss)
  const { status, stderr } = await tstrace(folder, ['-r', '--strict', '-f', 'all.counts', '-C', 'out'])
  expect(status).toBe(1)
  expect(stderr).toMatch(/\n {2}Run [\w-]+ of the node run has lost counts: /)
  expect(stderr).toContain(killed.stderr.replace('tstrace: ', ''))
})
