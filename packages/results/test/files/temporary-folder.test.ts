import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, isAbsolute, join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startOf } from '../../src/files/process-start.ts'
import { temporaryFolder } from '../../src/files/temporary-folder.ts'
import { temporaryFolder as folderOfTest } from '../temporary-folder.ts'

/** Larger than process numbers get on any system that Node runs on. */
const NOBODY = 2 ** 31 - 1

const HOUR = 3_600_000

let parent: string

beforeEach(() => {
  parent = folderOfTest()
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, parent)
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

function leave(name: string, hours = 0): string {
  const folder = join(parent, name)
  mkdirSync(join(folder, 'inside'), { recursive: true })
  age(folder, hours)
  return name
}

function age(folder: string, hours: number): void {
  const then = (Date.now() - hours * HOUR) / 1000
  utimesSync(folder, then, then)
}

/** What names of folders have in common that this process makes: which process, and where. */
function ownName(): { readonly start: string; readonly place: string } {
  const folder = temporaryFolder()
  const [, start = '', place = ''] = /^tstrace-\d+-(\w+)-(\w+)-\w{6}$/.exec(basename(folder.path)) ?? []
  folder.remove()
  return { start, place }
}

test('a folder is new, its name says whose it is, and it can be removed twice', () => {
  const folders = [temporaryFolder(), temporaryFolder()]
  expect(readdirSync(parent).sort()).toEqual(folders.map(({ path }) => basename(path)).sort())
  for (const { path } of folders) {
    expect(basename(path)).toMatch(new RegExp(`^tstrace-${process.pid}-\\w{8}-\\w{8}-\\w{6}$`))
    expect(readdirSync(path)).toEqual(['intact'])
  }
  for (const { remove } of [...folders, ...folders]) remove()
  expect(readdirSync(parent)).toEqual([])
})

test('folders of processes that are no more are removed at once, whoever has their numbers now, and nothing else', () => {
  const { place, start } = ownName()
  leave(`tstrace-${NOBODY}-${start}-${place}-aaaaaa`)
  const kept = [
    leave(`tstrace-${process.pid}-${start}-${place}-bbbbbb`, 1000),
    leave('tstrace-test-cccccc', 1000),
    leave('other', 1000),
  ]
  // Elsewhere nobody sees when a process began.
  if (startOf(process.pid) !== undefined) leave(`tstrace-${process.pid}-00000000-${place}-dddddd`)
  const folder = temporaryFolder()
  expect(readdirSync(parent).sort()).toEqual([...kept, basename(folder.path)].sort())
  folder.remove()
})

test('a folder of a process whose number means nothing here is removed when it is not renewed for an hour, and for one more', () => {
  const { start } = ownName()
  const name = leave(`tstrace-${NOBODY}-${start}-ffffffff-aaaaaa`, 0.9)
  const path = join(parent, name)
  const next = (): boolean => {
    temporaryFolder().remove()
    return existsSync(path)
  }
  expect(next()).toBe(true)
  age(path, 1.1)
  // Doubted, which its owner would see within a minute.
  expect(next()).toBe(true)
  expect(readdirSync(path).sort()).toEqual(['doubted', 'inside'])
  expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(HOUR / 2)
  expect(next()).toBe(true)
  age(path, 1.1)
  expect(next()).toBe(false)
})

test('a folder is renewed as long as its process lives, and not for doubt alone removed', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { path, remove } = temporaryFolder()
  age(path, 5)
  writeFileSync(join(path, 'doubted'), '')
  age(path, 5)
  vi.advanceTimersByTime(60_000)
  expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(HOUR / 2)
  expect(readdirSync(path)).toEqual(['intact'])
  remove()
  vi.advanceTimersByTime(60_000)
  expect(existsSync(path)).toBe(false)
})

test('the process that renews a folder ends when it has nothing else to do', async () => {
  const url = new URL('../../dist/files.js', import.meta.url).href
  const code = `import { temporaryFolder } from ${JSON.stringify(url)}; temporaryFolder()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' })
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(0)
  expect(readdirSync(parent)).toHaveLength(1)
  temporaryFolder().remove()
  expect(readdirSync(parent)).toEqual([])
})

test('where no folder can be made, one sentence says what that means', () => {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, join(parent, 'nowhere'))
  expect(temporaryFolder).toThrow(
    /^Cannot write counts into .*nowhere, the folder for temporary files: .*ENOENT.*TMPDIR\.$/,
  )
})

test('links among what others have left lead nowhere', () => {
  const elsewhere = folderOfTest()
  const name = leave('tstrace-1-aaaaaaaa-elsewher-abcdef', 3)
  symlinkSync(join(elsewhere, 'made'), join(parent, name, 'doubted'))
  age(join(parent, name), 3)
  mkdirSync(join(elsewhere, 'victim'))
  age(join(elsewhere, 'victim'), 3)
  symlinkSync(join(elsewhere, 'victim'), join(parent, 'tstrace-1-aaaaaaaa-elsewher-bcdefg'))
  temporaryFolder().remove()
  expect(readdirSync(elsewhere)).toEqual(['victim'])
  expect(readdirSync(join(elsewhere, 'victim'))).toEqual([])
})

test('a folder that is named from the current one is found from any other', () => {
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, relative(process.cwd(), parent))
  const folder = temporaryFolder()
  expect(isAbsolute(folder.path)).toBe(true)
  folder.remove()
})
