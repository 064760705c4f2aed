import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './workspace.ts'

/** The codes a source text can throw, and the places where the code is not written out. */
function codesIn(source: string): { codes: string[]; unclear: string[] } {
  const make = /\bextends TstraceError\b/.test(source) ? '(?:new TstraceError|super)' : 'new TstraceError'
  const uses = [...source.matchAll(new RegExp(`${make}\\(\\s*('(TST_[A-Z_]+)'|[^\\s,]*)`, 'g'))]
  return {
    codes: uses.flatMap(([, , code]) => code ?? []),
    unclear: uses.flatMap(([use, , code]) => (code ? [] : use)),
  }
}

const headingsOf = (page: string): string[] =>
  [...page.matchAll(/^## `(TST_[A-Z_]+)`$/gm)].map(([, code = '']) => code)

const sources = globSync('packages/*/src/**/*.{ts,mts}', { cwd: root }).map((file) => {
  return codesIn(readFileSync(join(root, file), 'utf8'))
})
const codes = [...new Set(sources.flatMap((source) => source.codes))].sort()
const headings = headingsOf(readFileSync(join(root, 'docs/reference/messages.md'), 'utf8'))

test('every error code has its heading, and every heading its code', () => {
  expect([...headings].sort()).toEqual(codes)
})

test('headings are in order', () => {
  expect(headings).toEqual([...headings].sort())
})

test('every code is written out where it is thrown', () => {
  expect(sources.flatMap((source) => source.unclear)).toEqual([])
})

test('a code or heading without the other is found', () => {
  const { codes, unclear } = codesIn(`throw new TstraceError(\n  'TST_ONE', ''); new TstraceError(code, '')`)
  expect(codes).toEqual(['TST_ONE'])
  expect(unclear).toEqual(['new TstraceError(code'])
  expect(codesIn("class A extends TstraceError { constructor() { super('TST_TWO', '') } }").codes).toEqual([
    'TST_TWO',
  ])
  expect(headingsOf('## `TST_TWO`\n\n### `TST_THREE`\n')).toEqual(['TST_TWO'])
})
