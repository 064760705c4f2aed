import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textHash } from '@tstrace/results/text-hash'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { SourceTables } from '../../src/run/source-tables.ts'
import { TableCache } from '../../src/run/table-cache.ts'

let root: string
const code = 'export const a = 1\nexport const b = 2\n'

beforeEach(() => {
  root = temporaryFolder()
  writeFileSync(join(root, 'a.ts'), code)
})

function tables(): SourceTables {
  return new SourceTables({ root, calls: false, cache: new TableCache(join(root, 'cache')) })
}

/** The table of `a.ts` in a later run, by the id that its code had. */
function later(id: string) {
  return tables().tableFor({ id, path: 'a.ts' })
}

function keptFile(): string {
  const [name, ...others] = readdirSync(join(root, 'cache/tstrace'))
  expect(others).toEqual([])
  return join(root, 'cache/tstrace', name as string)
}

/** Puts another table in the place of the one that is kept: who has that has it from the cache. */
function replaceKept(change: (head: string, table: string) => string): void {
  const [head, table] = readFileSync(keptFile(), 'utf8').split('\n') as [string, string]
  writeFileSync(keptFile(), change(head, table))
}

function made(): string {
  const own = tables()
  const id = own.instrument({ path: join(root, 'a.ts'), file: 'a.ts', code })?.id as string
  own.keep()
  return id
}

const first = { sites: { lines: [{ line: 1 }, { line: 2 }] } }
const other = { sites: { lines: [{ line: 9 }, { line: 2 }] } }

function otherTable(head: string, table: string): string {
  const changed = table.replace('"lines":[[1', '"lines":[[9')
  return `${head.replace(textHash(table), textHash(changed))}\n${changed}`
}

test('what a run has made a later one finds, whether it was instrumented or only its table was made', () => {
  const id = made()
  replaceKept(otherTable)
  expect(later(id)).toMatchObject(other)
  const last = tables()
  expect(last.tableOf({ path: join(root, 'a.ts'), file: 'a.ts', code })).toMatchObject(other)
})

test('a table that had to be made again is kept, too', () => {
  const id = new SourceTables({ root, calls: false }).instrument({
    path: join(root, 'a.ts'),
    file: 'a.ts',
    code,
  })?.id as string
  const again = tables()
  expect(again.tableFor({ id, path: 'a.ts' })).toMatchObject(first)
  again.keep()
  replaceKept(otherTable)
  expect(later(id)).toMatchObject(other)
})

test.each([
  ['damaged', (head: string, table: string) => `${head}\n${table.replace('"lines":[[1', '"lines":[[9')}`],
  ['cut off', (head: string) => head],
  ['empty', () => ''],
  ['written in another way', (head: string, table: string) => otherTable(head, table).replace(/^\w+ /, '')],
  ['of another build', (head: string, table: string) => otherTable(head, table).replace(/ \w/, ' x')],
])('one that is %s is made again', (_, change) => {
  const id = made()
  replaceKept(change)
  expect(later(id)).toMatchObject(first)
})

test('another text takes the place of the one before; a source that has changed since it ran has no table', () => {
  const id = made()
  writeFileSync(join(root, 'a.ts'), `\n${code}`)
  expect(later(id)).toBeUndefined()
  const own = tables()
  own.instrument({ path: join(root, 'a.ts'), file: 'a.ts', code: `\n${code}` })
  own.keep()
  keptFile()
})

test('a text that is not the one on disk is not kept, and a cache that cannot be written is none', () => {
  const own = tables()
  own.instrument({ path: join(root, 'a.ts'), file: 'a.ts', code: 'export const c = 3\n' })
  own.keep()
  expect(readdirSync(root)).toEqual(['a.ts'])
  mkdirSync(join(root, 'cache'))
  writeFileSync(join(root, 'cache/tstrace'), '')
  expect(later(made())).toMatchObject(first)
})
