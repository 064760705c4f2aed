import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../src/files/temporary-folder.ts'
import { temporaryFolder as folderOfTest } from '../temporary-folder.ts'

/** Larger than process numbers get on any system that Node runs on. */
const NOBODY = 2 ** 31 - 1

let parent: string

beforeEach(() => {
  parent = folderOfTest()
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, parent)
  return () => vi.unstubAllEnvs()
})

function leave(name: string, hours: number): void {
  mkdirSync(join(parent, name, 'inside'), { recursive: true })
  const then = Date.now() / 1000 - hours * 3600
  utimesSync(join(parent, name), then, then)
}

test('a folder is new, and its name says whose it is', () => {
  const folders = [temporaryFolder(), temporaryFolder()].map((folder) => basename(folder))
  expect(readdirSync(parent).sort()).toEqual(folders.sort())
  for (const folder of folders) expect(folder).toMatch(new RegExp(`^tstrace-${process.pid}-\\w{6}$`))
})

test('folders of processes that are no more are removed after an hour, and nothing else', () => {
  leave(`tstrace-${NOBODY}-aaaaaa`, 2)
  const kept = [`tstrace-${NOBODY}-bbbbbb`, `tstrace-${process.pid}-cccccc`, 'tstrace-dddddd', 'other']
  leave(kept[0] as string, 0.5)
  for (const name of kept.slice(1)) leave(name, 2)
  const folder = basename(temporaryFolder())
  expect(readdirSync(parent).sort()).toEqual([...kept, folder].sort())
})
