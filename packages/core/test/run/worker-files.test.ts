import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type TemporaryFolder, temporaryFolder } from '@tstrace/results/files'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WorkerFiles } from '../../src/run/worker-files.ts'

/** Larger than process numbers get on any system that Node runs on. */
const NOBODY = 2 ** 31 - 1

/** Milliseconds; longer than any test may take. */
const LONG = 3_600_000

let folder: TemporaryFolder
let files: WorkerFiles

beforeEach(() => {
  folder = temporaryFolder()
  files = new WorkerFiles(folder.path)
})

afterEach(() => folder.remove())

/** What workers have left. */
function left(): string[] {
  return readdirSync(files.folder).filter((name) => name !== 'intact')
}

function write(name: string, text: string): void {
  const pid = Number.parseInt(name, 10)
  writeFileSync(join(files.folder, name), `${JSON.stringify({ testFile: '/a.test.ts', pid })}\n${text}`)
}

function taken(): [string, string][] {
  return Array.from(files.take(), ({ bytes, end }) => [Buffer.from(bytes).toString(), end])
}

test('what was written is taken once, also when the worker goes on and ends in between', () => {
  write(`${process.pid}-0-a.open`, 'one')
  expect(taken()).toEqual([['one', 'open']])
  write(`${process.pid}-0-a.open`, 'one two')
  renameSync(join(files.folder, `${process.pid}-0-a.open`), join(files.folder, `${process.pid}-0-a.done`))
  expect(taken()).toEqual([[' two', 'done']])
  expect(taken()).toEqual([])
  expect(left()).toEqual([])
})

test('while others write, files of those that are done are taken alone', () => {
  write(`${process.pid}-0-a.done`, 'one')
  write(`${process.pid}-0-b.open`, 'two')
  write(`${NOBODY}-0-c.open`, 'three')
  expect(Array.from(files.takeDone(), ({ bytes }) => Buffer.from(bytes).toString())).toEqual(['one'])
  expect(left()).toHaveLength(2)
  expect(taken().toSorted()).toEqual([
    ['three', 'dead'],
    ['two', 'open'],
  ])
})

test('what is left behind is given to nobody, whatever is written there later, and is gone when its worker is', () => {
  const [done, open, dead] = [`${process.pid}-0-a.done`, `${process.pid}-0-b.open`, `${NOBODY}-0-c.open`]
  for (const name of [done, open, dead]) write(name, 'one')
  files.leaveBehind()
  expect(left()).toEqual([open])
  write(open, 'one two')
  write(`${process.pid}-0-d.open`, 'three')
  expect(taken()).toEqual([['three', 'open']])
  renameSync(join(files.folder, open), join(files.folder, `${process.pid}-0-b.done`))
  files.leaveBehind()
  expect(left()).toEqual([`${process.pid}-0-d.open`])
  expect(taken()).toEqual([])
})

test('of a file that goes on only what is new is read', () => {
  write(`${process.pid}-0-a.open`, 'one')
  expect(taken()).toEqual([['one', 'open']])
  // What was taken may be anything by now: nobody looks at it again.
  const path = join(files.folder, `${process.pid}-0-a.open`)
  writeFileSync(path, `${'x'.repeat(readFileSync(path).length)} two`)
  expect(taken()).toEqual([[' two', 'open']])
  writeFileSync(path, '')
  expect(taken()).toEqual([['', 'open']])
})

test('a worker whose process is gone without a word is dead', () => {
  write(`${NOBODY}-0-a.open`, 'last words')
  expect(taken()).toEqual([['last words', 'dead']])
})

test('a file without a whole first line is not read yet while its worker lives, and is a loss when it does not', () => {
  writeFileSync(join(files.folder, `${process.pid}-0-a.open`), '{"testFile"')
  expect(taken()).toEqual([])
  writeFileSync(join(files.folder, `${NOBODY}-3-b.open`), '{"testFile"')
  writeFileSync(join(files.folder, `${process.pid}-0-c.failed-EIO`), '{"test\n')
  const [one, other] = Array.from(files.take()).toSorted((a, b) => a.end.localeCompare(b.end))
  expect(one).toMatchObject({ end: 'dead', head: { testFile: '', pid: NOBODY, thread: 3 } })
  expect(other).toMatchObject({ end: 'failed', error: 'EIO', head: { testFile: '', pid: process.pid } })
})

test('a worker that could not write has failed, with what it wrote and why, until it could', () => {
  const place = (ending: string): string => join(files.folder, `${process.pid}-0-a.${ending}`)
  write(`${process.pid}-0-a.failed-ENOSPC`, 'one')
  expect(Array.from(files.take())).toMatchObject([
    { end: 'failed', error: 'ENOSPC', head: { testFile: '/a.test.ts' } },
  ])
  writeFileSync(place('failed-ENOSPC'), `${readFileSync(place('failed-ENOSPC'), 'utf8')} two`)
  renameSync(place('failed-ENOSPC'), place('done'))
  expect(taken()).toEqual([[' two', 'done']])
})

test('a folder that is gone is made again, for this user alone, and nothing that was known holds there', () => {
  write(`${process.pid}-0-a.open`, 'one')
  expect(taken()).toEqual([['one', 'open']])
  expect(files.damage()).toBeUndefined()
  rmSync(files.folder, { recursive: true })
  expect(taken()).toEqual([])
  expect(files.damage()).toEqual({ kind: 'removed' })
  expect(files.damage()).toBeUndefined()
  if (process.platform !== 'win32') expect(statSync(files.folder).mode & 0o777).toBe(0o700)
  write(`${process.pid}-0-a.done`, 'two')
  expect(taken()).toEqual([['two', 'done']])
})

test('who could not make a file is noticed once', () => {
  rmSync(join(files.folder, 'intact'))
  expect(files.damage()).toEqual({ kind: 'unwritable', error: '' })
  expect(files.damage()).toBeUndefined()
  // As a worker says what the system said to it.
  renameSync(join(files.folder, 'intact'), join(files.folder, 'refused-EMFILE'))
  expect(files.damage()).toEqual({ kind: 'unwritable', error: 'EMFILE' })
  expect(files.damage()).toBeUndefined()
})

test('a folder in whose place is something else is gone, and what is there stays', () => {
  rmSync(files.folder, { recursive: true })
  writeFileSync(files.folder, 'mine')
  expect(taken()).toEqual([])
  expect(files.damage()).toEqual({ kind: 'removed' })
  expect(files.damage()).toEqual({ kind: 'removed' })
  expect(readFileSync(files.folder, 'utf8')).toBe('mine')
})

test('waiting ends with the last living worker', async () => {
  write(`${NOBODY}-0-a.open`, '')
  await files.workersDone(LONG)
  for (const name of ['b', 'c']) write(`${process.pid}-0-${name}.open`, '')
  const events: string[] = []
  const waiting = files.workersDone(LONG).then(() => events.push('waited'))
  for (const name of ['b', 'c']) {
    await sleep(30)
    events.push(`${name} ends`)
    renameSync(
      join(files.folder, `${process.pid}-0-${name}.open`),
      join(files.folder, `${process.pid}-0-${name}.done`),
    )
  }
  await waiting
  expect(events).toEqual(['b ends', 'c ends', 'waited'])
})

test('waiting ends when the time is up', async () => {
  write(`${process.pid}-0-a.open`, '')
  await files.workersDone(30)
  expect(taken()).toEqual([['', 'open']])
})

test('nothing is left behind', () => {
  write(`${process.pid}-0-a.open`, '')
  folder.remove()
  expect(existsSync(files.folder)).toBe(false)
})
