import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { accumulate, type CountedRun, writeCountsFile } from '../../src/counts-file/accumulate.ts'
import { readCountsFile } from '../../src/counts-file/read-counts-file.ts'
import type { RunRecord } from '../../src/counts-file/run-record.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { tableNumber } from '../results/arbitrary-results.ts'
import { bytesOf, counts, run } from './counts-files.ts'

const top = mkdtempSync(join(tmpdir(), 'accumulate-'))
afterAll(() => rmSync(top, { recursive: true }))

let folder = top
beforeEach(() => {
  folder = mkdtempSync(join(top, 'test-'))
})

const project = { project: 'demo', base: '' }

function counted(number: number, given: Partial<RunRecord> = {}): CountedRun {
  const counts = Float64Array.of(number, number, number)
  const results = new CoverageResults({
    sources: [{ path: 'a.ts', hash: 'h', sites: tableNumber(0), counts }],
  })
  return { project, run: run(number, given), results }
}

function first(results: CoverageResults | undefined): number | undefined {
  return results?.sources()[0]?.counts[0]
}

test.each(['counts', 'new/folder/a.counts', 'a.counts.gz'])(
  'runs add up in %s, made by the first',
  (name) => {
    const file = join(folder, name)
    expect(first(accumulate(counted(1), file).results)).toBe(1)
    expect(first(accumulate(counted(2), file).results)).toBe(3)
    const { counted: there, head } = readCountsFile(file)
    expect(first(there.get(''))).toBe(3)
    expect(head).toEqual({ ...project, runs: [run(1), run(2)], contexts: [] })
    expect(readdirSync(join(file, '..'))).toEqual([name.split('/').at(-1)])
  },
)

test('the same counts make the same bytes', () => {
  const [a, b] = ['a', 'b'].map((name) => join(folder, name)) as [string, string]
  for (const number of [1, 2, 3]) accumulate(counted(number), a)
  for (const number of [3, 1, 2]) accumulate(counted(number), b)
  expect(readFileSync(a, 'utf8')).toBe(readFileSync(b, 'utf8'))
})

test('counts with different labels are kept apart, and summed in what is returned', () => {
  const file = join(folder, 'counts')
  accumulate(counted(1, { label: 'os=linux' }), file)
  accumulate(counted(2, { label: 'os=mac' }), file)
  expect(first(accumulate(counted(4, { label: 'os=mac' }), file).results)).toBe(7)
  const { counted: there } = readCountsFile(file)
  expect([...there].map(([label, results]) => [label, first(results)])).toEqual([
    ['os=linux', 1],
    ['os=mac', 6],
  ])
})

test('a link stays a link, and the file behind it gets the counts', () => {
  const file = join(folder, 'counts')
  accumulate(counted(1), file)
  symlinkSync(file, join(folder, 'link'))
  accumulate(counted(2), join(folder, 'link'))
  expect(first(readCountsFile(file).counted.get(''))).toBe(3)
})

test.each([
  ['damaged', 'tstrace-counts\t1\t{"project":"demo","base":""}\n', 'TST_COUNTS_DAMAGED', 'is damaged'],
  ['foreign', 'hello\n', 'TST_COUNTS_FOREIGN', 'is not a tstrace counts file'],
  ['newer', 'tstrace-counts\t3\t{}\n', 'TST_COUNTS_NEWER', 'has version 3'],
])('a %s file stays as it is, and the run is not lost', (_, text, code, message) => {
  const file = join(folder, 'all.counts')
  writeFileSync(file, text)
  const rescue = join(folder, 'all.run-0000.counts')
  expect(() => accumulate(counted(5), file)).toThrow(
    expect.objectContaining({
      code,
      message: expect.stringContaining(`The counts of this run are in ${rescue}.`),
    }),
  )
  expect(() => accumulate(counted(5), file)).toThrow(message)
  expect(readFileSync(file, 'utf8')).toBe(text)
  expect(first(readCountsFile(rescue).counted.get(''))).toBe(5)
})

test.each([[{ project: 'other', base: '' }], [{ project: 'demo', base: 'packages/a' }]])(
  'a file of %j is not added to',
  (header) => {
    const file = join(folder, 'counts')
    writeCountsFile(file, counts({ ...header, runs: [run(1)] }))
    const before = readFileSync(file)
    expect(() => accumulate(counted(5), file)).toThrow(
      expect.objectContaining({ code: 'TST_COUNTS_PROJECT' }),
    )
    expect(readFileSync(file)).toEqual(before)
  },
)

test('where nothing can be written, that is said, and nothing is left behind', () => {
  const file = join(folder, 'a-file', 'counts')
  writeFileSync(join(folder, 'a-file'), '')
  expect(() => accumulate(counted(5), file)).toThrow(/ENOTDIR|EEXIST/)
  mkdirSync(join(folder, 'a-folder'))
  expect(() => accumulate(counted(5), join(folder, 'a-folder'))).toThrow(
    expect.objectContaining({
      code: 'TST_CANNOT_WRITE',
      message: expect.stringContaining('it is a folder (EISDIR). Choose another name.'),
    }),
  )
  expect(readdirSync(folder).sort()).toEqual(['a-file', 'a-folder', 'a-folder.run-0000.counts'])
})

test('a file is replaced in one step', () => {
  const file = join(folder, 'counts')
  mkdirSync(`${file}.tstrace-tmp`)
  const before = counts({ runs: [run(1)] })
  writeFileSync(file, bytesOf(before))
  expect(() => writeCountsFile(file, counts({ runs: [run(2)] }))).toThrow(
    expect.objectContaining({ code: 'TST_CANNOT_WRITE' }),
  )
  expect(readCountsFile(file).head).toEqual({ ...before.head, contexts: [] })
  expect(existsSync(`${file}.lock`)).toBe(false)
})
