import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults, type KnownTable } from '@tstrace/results'
import { packSiteTable, siteTableText, unpackSiteTable } from '@tstrace/results/internal'
import { beforeEach, expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { resultsFile } from '../../src/report/results-file.ts'
import { addUnloaded } from '../../src/run/add-unloaded.ts'
import { SourceTables } from '../../src/run/source-tables.ts'

let root: string

beforeEach(() => {
  root = temporaryFolder()
})

function source(file: string, code: string, onDisk: string = code) {
  writeFileSync(join(root, file), onDisk)
  return { path: join(root, file), file, code }
}

test('the table of a source that a cache kept from being transformed is made again from the disk', () => {
  const text = source('a.ts', 'export const a = 1\n')
  const tables = new SourceTables({ root, calls: false })
  const made = tables.instrument(text)
  const another = new SourceTables({ root, calls: false })
  const table = another.tableFor({ id: made?.id ?? '', path: 'a.ts' })
  expect(table).toMatchObject({ sites: { lines: [{ line: 1 }] } })
  expect(table).toEqual(tables.tableFor({ id: made?.id ?? '', path: 'a.ts' }))
})

test('a source that has changed since has no table, and of one that is gone or cannot be read that is said', () => {
  const made = new SourceTables({ root, calls: false }).instrument(source('a.ts', 'export const a = 1\n'))
  source('a.ts', 'export const a = 2\n')
  const another = new SourceTables({ root, calls: false })
  expect(another.tableFor({ id: made?.id ?? '', path: 'a.ts' })).toBeUndefined()
  expect(another.tableFor({ id: made?.id ?? '', path: 'gone.ts' })).toBe('deleted')
  mkdirSync(join(root, 'folder.ts'))
  expect(another.tableFor({ id: made?.id ?? '', path: 'folder.ts' })).toEqual({
    unreadable: 'it is not a regular file',
  })
  expect(another.problems).toEqual([])
})

test('only a text that is not the one on disk carries its table', () => {
  const tables = new SourceTables({ root, calls: false })
  expect(tables.instrument(source('same.ts', 'export const a = 1\n'))?.code).not.toContain(',table:')
  expect(
    tables.instrument(source('other.ts', 'export const a = 1\n', 'export const b = 1\n'))?.code,
  ).toContain(',table:')
})

test('a source that cannot be parsed is a problem until it can', () => {
  const tables = new SourceTables({ root, calls: false })
  expect(tables.instrument(source('a.ts', 'export const = 1\n'))).toBeUndefined()
  expect(tables.problems).toEqual([
    'a.ts is not counted: Cannot parse a.ts:1:14: Unexpected token. ' +
      'If it runs all the same, leave it out with `exclude` or `--exclude` to silence this. [TST_PARSE]',
  ])
  expect(tables.instrument(source('a.ts', 'export const a = 1\n'))).toBeDefined()
  expect(tables.problems).toEqual([])
})

test('a source that ran untouched is not listed as one that nobody loaded, although its text on disk can be parsed', () => {
  const tables = new SourceTables({ root, calls: false })
  // What a plugin in front has made of it is what ran.
  tables.instrument(source('a.ts', 'export const = 1\n', 'export const a = 1\n'))
  const { problems } = tables
  expect(problems).toHaveLength(1)
  const results = new CoverageResults()
  expect(addUnloaded(results, { root, paths: [join(root, 'a.ts')], tables })).toEqual([])
  expect(results.sources()).toEqual([])
  expect(tables.tableFor({ id: 'of another text', path: 'a.ts' })).toBeUndefined()
  expect(tables.problems).toEqual(problems)
})

test('a source that nobody loads is a problem as long as it cannot be parsed', () => {
  const tables = new SourceTables({ root, calls: false })
  const added = { root, paths: [join(root, 'a.ts')], tables }
  source('a.ts', 'export const = 1\n')
  addUnloaded(new CoverageResults(), added)
  expect(tables.problems).toHaveLength(1)
  source('a.ts', 'export const a = 1\n')
  const results = new CoverageResults()
  addUnloaded(results, added)
  expect(tables.problems).toEqual([])
  expect(results.sources()).toMatchObject([{ path: 'a.ts' }])
})

test('JSX in a plain JavaScript file is JSX', () => {
  const tables = new SourceTables({ root, calls: false })
  expect(tables.instrument(source('a.js', 'export const a = () => <p>1</p>\n'))).toBeDefined()
  expect(tables.problems).toEqual([])
})

test('environments that ask for the same text get the same result', () => {
  const tables = new SourceTables({ root, calls: true })
  const text = source('a.ts', 'export const a = 1\n')
  expect(tables.instrument(text)).toBe(tables.instrument({ ...text }))
})

test('only the latest results are remembered, as many as are small together', () => {
  const tables = new SourceTables({ root, calls: false })
  const large = `/* ${'x'.repeat(300_000)} */ a()\n`
  const first = source('first.ts', large)
  const second = source('second.ts', large)
  const made = tables.instrument(first)
  const other = tables.instrument(second)
  const table = tables.tableFor({ id: other?.id ?? '', path: 'second.ts' })
  expect(table).toMatchObject({ sites: { lines: [{ line: 1 }] } })
  expect(tables.instrument(second)).toBe(other)
  const again = tables.instrument(first)
  expect(again).not.toBe(made)
  expect(again).toEqual(made)
  expect(tables.instrument(first)).toBe(again)
  // Their tables stay, and nothing on disk can give this one again.
  source('second.ts', 'b()\n')
  expect(tables.tableFor({ id: other?.id ?? '', path: 'second.ts' })).toEqual(table)
})

test('tables that no report will need again are forgotten, and what was said of files that are gone', () => {
  const tables = new SourceTables({ root, calls: false })
  const [kept, other] = ['kept.ts', 'other.ts'].map((name) => tables.instrument(source(name, 'a()\n')))
  tables.instrument(source('broken.ts', 'a(\n'))
  expect(tables.problems).toHaveLength(1)
  for (const name of ['kept.ts', 'other.ts', 'broken.ts']) rmSync(join(root, name))
  tables.keepOnly(new Set([kept?.id ?? '']))
  expect(tables.tableFor({ id: kept?.id ?? '', path: 'kept.ts' })).toMatchObject({ sites: { counters: 1 } })
  expect(tables.tableFor({ id: other?.id ?? '', path: 'other.ts' })).toBe('deleted')
  expect(tables.problems).toEqual([])
})

test('a table in a file, in the recording and in the results file is the text that it is kept as', () => {
  const code = [
    'export function size(a: number, b = 1): number {',
    '  if (a > 1 && b) return a ? 2 : b',
    '  for (;;) a++ // #pragma NO COVER',
    '}',
    'export const named = { "{": () => 1, é: (x: number) => x }',
    '',
  ].join('\n')
  const tables = new SourceTables({ root, calls: true, branches: true })
  const made = tables.instrument(source('a.ts', code))
  const table = tables.tableFor({ id: made?.id ?? '', path: 'a.ts' }) as KnownTable
  const text = siteTableText(table.sites)
  const again = unpackSiteTable(JSON.parse(text), table.sites.counters)
  expect(table.sites).toEqual(again)
  expect(JSON.stringify(packSiteTable(again))).toBe(text)
  expect(table.sites.lines.some(({ pragma }) => pragma)).toBe(true)
  const counts = Float64Array.from({ length: table.sites.counters }, (_, counter) => counter)
  const sums = [table.sites, again].map((sites) => {
    const results = new CoverageResults({ sources: [{ path: 'a.ts', hash: table.hash, sites, counts }] })
    return joined(resultsFile(results))
  })
  expect(sums[0]).toBe(sums[1])
  expect(JSON.parse(sums[0] as string)).toEqual(
    JSON.parse(JSON.stringify(CoverageResults.fromJSON(sums[0] as string))),
  )
})
