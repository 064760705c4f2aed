import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as zlib from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mergeCounts } from '../../src/counts-file/merge-counts.ts'
import { MergedFile, mergedResults } from '../../src/counts-file/merge-outputs.ts'
import { type CountsData, readCountsFile } from '../../src/counts-file/read-counts-file.ts'
import type { ResultsData } from '../../src/results/results-data.ts'
import { bytesOf, counts, input, inputOf, run } from './counts-files.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tstrace-merge-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Many sources, each with many counters: more than is handed on at a time. */
function data(sources: number): ResultsData {
  const counters = 2000
  const sites = { counters, lines: [], functions: [], branches: [] }
  const numbers = Float64Array.from({ length: counters }, (_, i) => i * 1000)
  return {
    sources: Array.from({ length: sources }, (_, i) => ({
      path: `src/${i}.ts`,
      hash: 'abc',
      sites,
      counts: numbers,
    })),
  }
}

const one = (sources = 1): CountsData => counts({ runs: [run(1)], data: data(sources) })
const other = (sources = 1): CountsData =>
  counts({ runs: [run(2, { label: 'os=linux' })], data: data(sources) })
const NAMES = ['sum', 'sum.gz', ...('zstdCompressSync' in zlib ? ['sum.zst'] : [])]

function merge(file: string, ...inputs: Parameters<typeof mergeCounts>[0]): Promise<string[]> {
  return mergeCounts(inputs, { project: '', output: () => new MergedFile(file) })
}

describe.each(NAMES)('%s', (name) => {
  test.each([1, 300])(
    'the sum of files with %i sources is a counts file, and nothing else is left',
    async (sources) => {
      const file = join(folder, 'new', 'folder', name)
      const inputs = [input('one', one(sources)), input('other', other(sources))]
      expect(await merge(file, ...inputs)).toEqual([])
      expect(readdirSync(dirname(file))).toEqual([name])
      const { counted, head } = readCountsFile(file)
      expect(head.runs).toEqual([run(1), run(2, { label: 'os=linux' })])
      expect([...counted.keys()]).toEqual(['', 'os=linux'])
      const inMemory = await mergedResults(inputs, { project: '' })
      expect(JSON.stringify([...counted])).toBe(JSON.stringify([...inMemory.counted]))
    },
  )

  test('a merge that is given up leaves nothing, and the file as it was', async () => {
    const file = join(folder, name)
    writeFileSync(file, 'before')
    for (const steps of [0, 1, 500]) {
      const output = new MergedFile(file)
      const { counted, head } = one()
      if (steps > 0) await output.start({ ...head, contexts: [] })
      for (let i = 0; i < steps; i++) await output.path(`src/${i}.ts`, counted, () => undefined)
      await output.abandon()
      expect(readdirSync(folder)).toEqual([name])
      expect(readFileSync(file, 'utf8')).toBe('before')
    }
  })

  test('what turns out to be damaged behind much that is sound changes nothing', async () => {
    const file = join(folder, name)
    const cut = bytesOf(one(300)).subarray(0, -10)
    await expect(merge(file, inputOf('cut', cut))).rejects.toMatchObject({ code: 'TST_COUNTS_DAMAGED' })
    expect(readdirSync(folder)).toEqual([])
    expect(await merge(file, inputOf('cut', cut), input('other', other()))).toHaveLength(1)
    expect(readCountsFile(file).head.runs).toHaveLength(1)
    expect(readdirSync(folder)).toEqual([name])
  })

  test('a folder in the place of the file is said, and left', async () => {
    mkdirSync(join(folder, name, 'kept'), { recursive: true })
    await expect(merge(join(folder, name), input('one', one()))).rejects.toMatchObject({
      code: 'TST_CANNOT_WRITE',
    })
    expect(readdirSync(folder)).toEqual([name])
    expect(existsSync(join(folder, name, 'kept'))).toBe(true)
  })

  test.skipIf(process.platform !== 'linux').each([1, 300])(
    'where nothing can be written, that is said, early or late (%i)',
    async (sources) => {
      await expect(merge(`/proc/${name}`, input('one', one(sources)))).rejects.toMatchObject({
        code: 'TST_CANNOT_WRITE',
        message: expect.stringMatching(new RegExp(`^Cannot write /proc/${name}: `)),
      })
    },
  )

  test('what a run adds meanwhile is not replaced', async () => {
    const file = join(folder, name)
    writeFileSync(file, 'before')
    const output = new MergedFile(file)
    await output.start({ ...one().head, contexts: [] })
    writeFileSync(file, 'another run')
    await expect(output.finish()).rejects.toMatchObject({ code: 'TST_COUNTS_CHANGED' })
    await output.abandon()
    expect(readFileSync(file, 'utf8')).toBe('another run')
    expect(readdirSync(folder)).toEqual([name])
  })
})

test('a link stays a link, and the file behind it is replaced', async () => {
  mkdirSync(join(folder, 'behind'))
  symlinkSync(join(folder, 'behind', 'sum'), join(folder, 'sum'))
  for (let i = 0; i < 2; i++) await merge(join(folder, 'sum'), input('one', one()))
  expect(lstatSync(join(folder, 'sum')).isSymbolicLink()).toBe(true)
  expect(readCountsFile(join(folder, 'behind', 'sum')).head.runs).toHaveLength(1)
})

test('results in memory are those of the last try', async () => {
  const cut = bytesOf(one(3)).subarray(0, -10)
  const { counted, problems } = await mergedResults([inputOf('cut', cut), input('other', other(3))], {
    project: '',
  })
  expect(problems).toHaveLength(1)
  expect([...counted.keys()]).toEqual(['os=linux'])
  expect(counted.get('os=linux')?.sources()).toHaveLength(3)
})

test.skipIf(process.platform === 'win32')('a pipe is not replaced by a file', () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  expect(() => new MergedFile(pipe)).toThrow('it is no regular file')
  expect(lstatSync(pipe).isFIFO()).toBe(true)
})
