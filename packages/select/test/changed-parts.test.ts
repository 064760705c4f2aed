import { siteTableOf } from '@tstrace/instrument'
import { expect, test } from 'vitest'
import { changedParts } from '../src/changed-parts.ts'

const TEXT = `import { a } from './a'

export function outer(list) {
  const double = (n) => n * 2
  const triple = (n) => n * 3
  return list.map(double).map(triple)
}

export const other = () => a + 1

export class Cart {
  size = 0
  add(item) {
    return this.items.push(item)
  }
}
`

/** What is another after a change, by name; 'module' for everything. */
function changedBy(from: string | RegExp, to: string, before = TEXT): string[] | 'module' {
  const now = TEXT.replace(from, to)
  const functions = siteTableOf(TEXT, { file: 'src/a.js' })?.sites.functions ?? []
  const changed = changedParts({ path: 'src/a.js', text: TEXT, functions }, [now, before])
  return changed.module
    ? 'module'
    : [...changed.functions].map((place) => functions[place]?.name ?? '?').sort()
}

test('nothing, blanks, comments and lines that move', () => {
  expect(changedBy('', '')).toEqual([])
  expect(changedBy('export function', '\n// why\n\nexport   function')).toEqual([])
})

test('a body is its function; what is in it, if its own code is the same, is not', () => {
  expect(changedBy('n * 2', 'n * 4')).toEqual(['outer.double'])
  expect(changedBy('push(item)', 'unshift(item)')).toEqual(['Cart.add'])
  expect(changedBy('a + 1', 'a + 2')).toEqual(['other'])
})

test('where the code of a function is another, so is all in it', () => {
  expect(changedBy('.map(triple)', '')).toEqual(['outer', 'outer.double', 'outer.triple'])
})

test('lines that move with a function in them do not matter', () => {
  expect(changedBy('const triple', '\n\n  const triple')).toEqual([])
})

test.each([
  ['an import', "import { a } from './a'", ''],
  ['a field', 'size = 0', 'size = 1'],
  ['a name', 'function outer', 'function outside'],
  ['a parameter', 'outer(list)', 'outer(list, more)'],
  ['a method that is added', 'size = 0', 'size = 0\n  clear() {}'],
  ['a comment that compilers obey', 'export class', '/** @jsx h */ export class'],
  ['no JavaScript any more', 'export class', 'export clas'],
])('%s: the module', (_, from, to) => {
  expect(changedBy(from, to)).toBe('module')
})

test('a text that was another before the change counts, too', () => {
  expect(changedBy('', '', TEXT.replace('a + 1', 'a + 3'))).toEqual(['other'])
})

test('a file that is gone, or was not there', () => {
  const asked = { path: 'src/a.js', text: TEXT, functions: [] }
  expect(changedParts(asked, [undefined]).module).toBe(true)
  expect(changedParts(asked, [TEXT, undefined]).module).toBe(true)
})
