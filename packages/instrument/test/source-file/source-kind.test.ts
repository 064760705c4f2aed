import { describe, expect, test } from 'vitest'
import {
  isSource,
  isToBeCompiled,
  isTypeScript,
  languageOf,
  patternOf,
  SOURCE_EXTENSIONS,
  sourceKind,
  writtenFor,
} from '../../src/source-file/source-kind.ts'

test.each([
  ['a.js', 'js'],
  ['a.mjs', 'js'],
  ['a.cjs', 'js'],
  ['a.jsx', 'jsx'],
  ['a.ts', 'ts'],
  ['a.mts', 'ts'],
  ['a.cts', 'ts'],
  ['a.tsx', 'tsx'],
  ['a.d.ts', 'ts'],
  ['a.vue', 'js'],
  ['a', 'js'],
  ['ts', 'js'],
  ['C:\\a.ts\\b', 'js'],
])('%s is read as %s', (file, language) => {
  expect(languageOf(file)).toBe(language)
})

const allOf = (is: (path: string) => boolean): string =>
  SOURCE_EXTENSIONS.filter((extension) => is(`/src/a${extension}`)).join(' ')

describe('which extensions', () => {
  test('are those of sources, in the order of TypeScript', () => {
    expect(SOURCE_EXTENSIONS.join(' ')).toBe('.ts .tsx .mts .cts .js .jsx .mjs .cjs')
    expect(allOf(isSource)).toBe(SOURCE_EXTENSIONS.join(' '))
  })

  test('have types', () => expect(allOf(isTypeScript)).toBe('.ts .tsx .mts .cts'))

  test('are not JavaScript yet', () => expect(allOf(isToBeCompiled)).toBe('.ts .tsx .mts .cts .jsx'))

  test('say how Node runs a file', () => {
    expect(allOf((path) => sourceKind(path)?.format === 'module')).toBe('.mts .mjs')
    expect(allOf((path) => sourceKind(path)?.format === 'commonjs')).toBe('.cts .cjs')
  })

  test('TypeScript may have for that of a specifier', () => {
    expect(['.js', '.jsx', '.mjs', '.cjs', '.ts', ''].map(writtenFor)).toEqual([
      ['.ts', '.tsx'],
      ['.tsx'],
      ['.mts'],
      ['.cts'],
      [],
      [],
    ])
  })

  test('a pattern matches', () => {
    const pattern = new RegExp(patternOf(['js', 'jsx']))
    expect(allOf((path) => pattern.test(path))).toBe('.js .jsx .mjs .cjs')
    expect(pattern.test('/src/ajs')).toBe(false)
    expect(pattern.test('/src/a.json')).toBe(false)
  })
})

test.each(['a.d.ts', 'a.d.mts', 'a.d.cts', 'a.d.css.ts', '/x/a.svg', 'a', '.ts', 'a.constructor', 'a.TS'])(
  '%s is no source',
  (path) => {
    expect(isSource(path)).toBe(false)
  },
)

test.each(['a.d.js', 'a.d.tsx', 'd.ts', 'and.ts'])('%s is a source', (path) => {
  expect(isSource(path)).toBe(true)
})
