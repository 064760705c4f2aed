import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WorkerFiles } from '../../src/run/worker-files.ts'

/** Larger than process numbers get on any system that Node runs on. */
const NOBODY = 2 ** 31 - 1

/** Milliseconds; longer than any test may take. */
const LONG = 3_600_000

let files: WorkerFiles

beforeEach(() => {
  files = new WorkerFiles()
})

afterEach(() => files.remove())

function write(name: string, text: string): void {
  const pid = Number.parseInt(name, 10)
  writeFileSync(join(files.folder, name), `${JSON.stringify({ testFile: '/a.test.ts', pid })}\n${text}`)
}

function taken(): [string, string][] {
  return files.take().map(({ bytes, end }) => [Buffer.from(bytes).toString(), end])
}

test('what was written is taken once, also when the worker goes on and ends in between', () => {
  write(`${process.pid}-0-a.open`, 'one')
  expect(taken()).toEqual([['one', 'open']])
  write(`${process.pid}-0-a.open`, 'one two')
  renameSync(join(files.folder, `${process.pid}-0-a.open`), join(files.folder, `${process.pid}-0-a.done`))
  expect(taken()).toEqual([[' two', 'done']])
  expect(taken()).toEqual([])
  expect(readdirSync(files.folder)).toEqual([])
})

test('a worker whose process is gone without a word is dead', () => {
  write(`${NOBODY}-0-a.open`, 'last words')
  expect(taken()).toEqual([['last words', 'dead']])
})

test('a file without a whole first line is not read yet', () => {
  writeFileSync(join(files.folder, `${process.pid}-0-a.open`), '{"testFile"')
  expect(taken()).toEqual([])
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
  files.remove()
  expect(existsSync(files.folder)).toBe(false)
})
