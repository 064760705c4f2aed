import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { digest } from '@tstrace/instrument'
import { readCountsFile } from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import { readRecording } from '@tstrace/results/recording'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { run, withoutTrailer } from './base-files.ts'
import { file, HEADER, headed, hostileFiles, source } from './hostile-files.ts'

const SOURCE = 'console.log(1)\n'
const SOUND = headed(HEADER, `run\t${JSON.stringify(run(2))}`, source({ hash: digest(SOURCE) }))

function projectWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = folderWith({ 'package.json': '{"name":"demo"}', 'src/a.js': SOURCE, 'shards/notes': '' })
  for (const [path, bytes] of Object.entries(files)) writeFileSync(join(folder, path), bytes)
  return folder
}

test.each(hostileFiles)('%s is refused, with name and place', (name, bytes, said) => {
  const path = join(projectWith({ [name]: bytes }), name)
  const error = thrownBy(() => readCountsFile(path))
  expect(error).toBeInstanceOf(TstraceError)
  const { message } = error as TstraceError
  expect(message).toContain(`${path} `)
  expect(message).toMatch(said)
  expect(message).not.toMatch(/\p{Cc}/u)
  expect(message.length).toBeLessThan(500)
})

test.each(hostileFiles)('%s is no recording that answers', (name, bytes, said) => {
  const folder = projectWith({ [name]: bytes })
  const ask = (): void => {
    const recording = readRecording(join(folder, name), { root: folder })
    for (const version of recording.versions()) recording.text(version)
    for (const { path, sites } of recording.results().sources()) {
      recording.results().testsOf(path, 1)
      expect(sites.functions.length + sites.branches.length).toBeGreaterThanOrEqual(0)
    }
  }
  const error = thrownBy(ask)
  expect(error).toBeInstanceOf(TstraceError)
  expect((error as TstraceError).message).toMatch(said)
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}

test('a report of hostile files names each, and shows what else there is', async () => {
  const files = hostileFiles.map(([name, bytes]) => [`shards/${name}.counts`, bytes] as const)
  const folder = projectWith({ ...Object.fromEntries(files), 'shards/sound.counts': SOUND })
  const { status, stderr, stdout } = await tstrace(folder, ['-r', '-s', '-f', 'shards', '-C', 'out'])
  const said = stderr.trimEnd().split('\n')
  // Some have the same run as others, too, which is said of them instead.
  const names = said.map(
    (line) => /shards[/\\]([\w-]+)\.counts .* is left out\.( \[TST_\w+\])?$/.exec(line)?.[1],
  )
  expect(names.sort()).toEqual(hostileFiles.map(([name]) => name).sort())
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('src/a.js') })
  expect(readdirSync(folder).sort()).toEqual(['out', 'package.json', 'shards', 'src'])
  expect(readdirSync(join(folder, 'out'), { recursive: true }).sort()).toEqual([
    '.tstrace-written',
    'recording.counts',
    'results.json',
    'src',
    join('src', 'a.cover'),
    'summary.txt',
  ])
  expect(readFileSync(join(folder, 'out/src/a.cover'), 'utf8')).toBe('    7: console.log(1)\n')

  const strict = await tstrace(folder, ['-r', '--strict', '-f', 'shards', '-C', 'strict'])
  expect(strict).toMatchObject({ status: 1, stdout: '' })
  for (const [name] of hostileFiles) expect(strict.stderr).toContain(`${name}.counts `)
  expect(await tstrace(folder, ['-r', '-f', 'shards/absolute.counts'])).toMatchObject({
    status: 2,
    stdout: '',
  })
  expect(readdirSync(folder)).not.toContain('strict')
})

test('sources outside are not written beside, only below a folder that was named, and never through a link', async () => {
  const folder = projectWith({})
  const project = join(folder, 'project')
  mkdirSync(join(project, 'out'), { recursive: true })
  writeFileSync(join(folder, 'src/b.js'), SOURCE)
  const records = ['"../src/b.js"', '"src/a.js"'].map((path) => source({ path, hash: digest(SOURCE) }))
  writeFileSync(join(project, 'all.counts'), file(...records))
  writeFileSync(join(project, 'package.json'), '{"name":"demo","workspaces":[]}')
  mkdirSync(join(project, 'src'))
  writeFileSync(join(project, 'src/a.js'), SOURCE)

  const beside = await tstrace(project, ['-r', '-f', 'all.counts'])
  expect(beside).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('No listing for ../src/b.js: it is outside'),
  })
  expect(readdirSync(join(folder, 'src'))).toEqual(['a.js', 'b.js'])
  expect(readdirSync(join(project, 'src')).sort()).toEqual(['a.cover', 'a.js'])

  expect(await tstrace(project, ['-r', '-f', 'all.counts', '-C', 'out'])).toMatchObject({
    status: 0,
    stderr: '',
  })
  expect(readdirSync(join(project, 'out'), { recursive: true })).toHaveLength(6)
  expect(readdirSync(join(folder, 'src'))).toEqual(['a.js', 'b.js'])

  mkdirSync(join(project, 'linked'))
  symlinkSync(join(folder, 'shards'), join(project, 'linked/src'))
  const linked = await tstrace(project, ['-r', '-f', 'all.counts', '-C', 'linked'])
  expect(linked.stderr).toContain('leads out of the output folder')
  expect(readdirSync(join(folder, 'shards'))).toEqual(['notes'])
})

test.skipIf(process.platform === 'win32')(
  'what has no end is not read: pipes, devices, and links to them',
  async () => {
    const folder = projectWith({ 'sound.counts': SOUND })
    execFileSync('mkfifo', [join(folder, 'pipe.counts'), join(folder, 'shards/pipe.js')])
    symlinkSync('/dev/zero', join(folder, 'zero.counts'))
    for (const name of ['pipe.counts', 'zero.counts']) {
      expect(await tstrace(folder, ['-r', '-f', name])).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining(`/${name}: it is not a regular file.`),
      })
    }
    // In a folder, links are not followed; whoever names one gets what is behind it.
    const linked = 'shards/linked\u001b[2J.counts'
    symlinkSync(join(folder, 'zero.counts'), join(folder, 'shards/zero.counts'))
    symlinkSync(join(folder, 'sound.counts'), join(folder, linked))
    const found = await tstrace(folder, ['-r', '-f', 'shards'])
    expect(found).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no file below this folder'),
    })
    expect(await tstrace(folder, ['-r', '-f', linked, '-C', 'out'])).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(join(folder, 'out/src'))).toEqual(['a.cover'])
    // Names from elsewhere say nothing to the terminal.
    writeFileSync(join(folder, 'sound.counts'), 'x')
    const both = await tstrace(folder, ['-r', '-f', linked, '-f', 'zero.counts'])
    expect(both.stderr).not.toMatch(/[^\P{Cc}\n]/u)

    // Neither is a source, whatever the counts say.
    const up = '../'.repeat(folder.split('/').length - 1)
    const records = [`"${up}dev/zero"`, '"shards/pipe.js"'].map((path) => source({ path }))
    writeFileSync(join(folder, 'sources.counts'), file(...records))
    const sources = await tstrace(folder, ['-r', '-f', 'sources.counts', '-C', 'out'])
    expect(sources.stderr.match(/it is not a regular file/g)).toHaveLength(2)
  },
)

const HEAD = withoutTrailer(Buffer.from(file()))

function bombs(): Readonly<Record<string, Uint8Array>> {
  const large = Buffer.concat([HEAD, Buffer.alloc(150_000_000, 'x')])
  const zeros = Buffer.concat([HEAD, Buffer.from(source({ counts: `[0${',0'.repeat(30_000_000)}]` }))])
  return {
    'line.counts.gz': zlib.gzipSync(large),
    ...('zstdCompressSync' in zlib && { 'line.counts.zst': zlib.zstdCompressSync(large) }),
    'counters.counts': zeros,
    'line.counts': large,
  }
}

test('bombs are left before they fill the memory', async () => {
  const folder = projectWith({ 'shards/sound.counts': SOUND })
  const files = Object.entries(bombs())
  for (const [name, bytes] of files) {
    for (let i = 0; i < 4; i++) writeFileSync(join(folder, 'shards', `${i}-${name}`), bytes)
  }
  const env = { NODE_OPTIONS: '--max-old-space-size=128' }
  const { status, stderr } = await tstrace(folder, ['-r', '-f', 'shards', '-C', 'out'], { env })
  expect({ status, stderr }).toMatchObject({ status: 0 })
  const said = stderr.trimEnd().split('\n')
  expect(said.length).toBe(4 * files.length)
  for (const line of said) expect(line).toMatch(/to more than|is longer than|is cut off|has more than/)
})
