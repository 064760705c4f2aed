import { mkdirSync, symlinkSync } from 'node:fs'
import { join, posix, resolve, win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { createSourceFilter, type FilterOptions } from '../../src/filter/source-filter.ts'

const ROOT = resolve('/home/ann/shop')

function verdict(path: string, options: Partial<FilterOptions> = {}) {
  const none: FilterOptions = { include: [], exclude: [], ignoreModule: [], ignoreDir: [] }
  return createSourceFilter(ROOT, { ...none, ...options })(resolve(ROOT, path))
}

test.each([
  ['src/cart.ts', {}, true, 'no filter holds'],
  ['src/view.jsx', {}, true, 'no filter holds'],
  ['src/logo.svg', {}, false, 'src/logo.svg does not have the extension of a source file'],
  ['src/types.d.ts', {}, false, 'src/types.d.ts does not have the extension of a source file'],
  ['src/style.d.css.ts', {}, false, 'src/style.d.css.ts does not have the extension of a source file'],
  ['node_modules/pkg/index.js', {}, false, 'is in node_modules'],
  ['packages/a/node_modules/pkg/index.js', {}, false, 'is in node_modules'],
  ['node_modules/pkg/index.js', { include: ['node_modules/pkg/**'] }, true, 'matches include'],
  ['../other/src/a.ts', {}, false, 'is outside the project root and no include names it'],
  ['../other/src/a.ts', { include: ['../other/**'] }, true, 'matches include'],
  ['src/cart.ts', { include: ['lib/**'] }, false, 'matches no include'],
  ['src/cart.ts', { include: ['./src/**'] }, true, 'matches include'],
  ['src/.hidden/cart.ts', { include: ['src/**'] }, true, 'matches include'],
  ['src/cart.ts', { exclude: ['lib/**', 'src/c*.ts'] }, false, 'matches exclude src/c*.ts'],
  ['src/cart.ts', { include: ['src/**'], exclude: ['src/**'] }, false, 'matches exclude src/**'],
  ['src/vendor/a.ts', { ignoreDir: ['src/vendor'] }, false, 'is in ignoreDir src/vendor'],
  [
    'src/vendor/a.ts',
    { ignoreDir: [join(ROOT, 'src/vendor/')] },
    false,
    `is in ignoreDir ${join(ROOT, 'src/vendor/')}`,
  ],
  ['src/vendors/a.ts', { ignoreDir: ['src/vendor'] }, true, 'no filter holds'],
  ['src/parser.ts', { ignoreModule: ['src.parser'] }, false, 'is in ignoreModule src.parser'],
  ['src/parser/tokens.ts', { ignoreModule: ['src.parser'] }, false, 'is in ignoreModule src.parser'],
  ['src/parser.test.ts', { ignoreModule: ['src.parser'] }, false, 'is in ignoreModule src.parser'],
  ['src/parsers.ts', { ignoreModule: ['src.parser'] }, true, 'no filter holds'],
  ['src/parser.ts', { ignoreModule: ['parser'] }, true, 'no filter holds'],
])('%s with %j', (path, options, trace, reason) => {
  expect(verdict(path, options)).toEqual({ trace, reason })
})

test('two files of the same base name have their own verdicts, and a path keeps its verdict', () => {
  const filter = createSourceFilter(ROOT, { include: [], exclude: ['a/**'], ignoreModule: [], ignoreDir: [] })
  const inA = filter(join(ROOT, 'a/same.ts'))
  expect(inA.trace).toBe(false)
  expect(filter(join(ROOT, 'b/same.ts')).trace).toBe(true)
  expect(filter(join(ROOT, 'a/same.ts'))).toBe(inA)
})

describe('globs that lead through links', () => {
  const linked = (place: string, link: string) => {
    const above = temporaryFolder()
    const root = join(above, 'shop')
    mkdirSync(join(root, 'src'), { recursive: true })
    mkdirSync(join(root, place), { recursive: true })
    mkdirSync(join(root, link, '..'), { recursive: true })
    symlinkSync(join(root, place), join(root, link), 'junction')
    return (options: Partial<FilterOptions>, path: string) => {
      const none: FilterOptions = { include: [], exclude: [], ignoreModule: [], ignoreDir: [] }
      return createSourceFilter(root, { ...none, ...options })(join(root, path))
    }
  }

  test.each([
    ['in the store of pnpm', 'node_modules/.pnpm/dep@1.0.0(a@2)/node_modules/dep', 'node_modules/dep'],
    ['of a scope', 'node_modules/.pnpm/@a+dep@1/node_modules/@a/dep', 'node_modules/@a/dep'],
    ['beside it', 'packages/dep', 'node_modules/dep'],
    ['outside of it', '../dep', 'node_modules/dep'],
    ['from a folder of sources', 'node_modules/.pnpm/dep@1/node_modules/dep', 'src/dep'],
    ['with a name like a pattern', 'packages/[d]{e,p}*', 'node_modules/dep'],
  ])('a package %s', (_, place, link) => {
    const verdict = linked(place, link)
    const include = [`${link}/**`]
    expect(verdict({ include }, `${place}/lib/a.js`)).toEqual({ trace: true, reason: 'matches include' })
    // Where the runner keeps to links.
    expect(verdict({ include }, `${link}/lib/a.js`).trace).toBe(true)
    expect(verdict({ include }, 'src/a.js').trace).toBe(false)
    expect(verdict({ include, exclude: [`./${link}/lib/*.js`] }, `${place}/lib/a.js`)).toEqual({
      trace: false,
      reason: `matches exclude ./${link}/lib/*.js`,
    })
    expect(verdict({ include: [`${link}/lib/*.cjs`] }, `${place}/lib/a.js`).trace).toBe(false)
  })
})

test('what is no file is not traced', () => {
  const filter = createSourceFilter(ROOT, { include: [], exclude: [], ignoreModule: [], ignoreDir: [] })
  expect(filter('node:fs')).toEqual({ trace: false, reason: 'is not a file' })
  expect(filter('\0virtual:x')).toEqual({ trace: false, reason: 'is not a file' })
})

describe('on Windows', () => {
  const filter = (options: Partial<FilterOptions> = {}) => {
    const none: FilterOptions = { include: [], exclude: [], ignoreModule: [], ignoreDir: [] }
    return createSourceFilter('C:\\Users\\ann\\shop', { ...none, ...options }, win32)
  }

  test.each([
    ['C:\\Users\\ann\\shop\\src\\cart.ts', {}, true, 'no filter holds'],
    ['c:/Users/ann/shop/src/cart.ts', {}, true, 'no filter holds'],
    ['C:\\Users\\ann\\shop\\node_modules\\a\\i.js', {}, false, 'is in node_modules'],
    ['C:\\Users\\ann\\shop\\src\\a.ts', { include: ['src/*.ts'] }, true, 'matches include'],
    ['C:\\Users\\ann\\shop\\src\\a.ts', { exclude: ['src/**'] }, false, 'matches exclude src/**'],
    ['C:\\Users\\ann\\shop\\src\\a.ts', { ignoreModule: ['src.a'] }, false, 'is in ignoreModule src.a'],
    ['C:\\Users\\ann\\shop\\old\\a.ts', { ignoreDir: ['old'] }, false, 'is in ignoreDir old'],
    [
      'C:/Users/ann/shop/old/a.ts',
      { ignoreDir: ['c:\\users\\ann\\shop\\old'] },
      false,
      'is in ignoreDir c:\\users\\ann\\shop\\old',
    ],
    ['C:\\Users\\ann\\shop\\older\\a.ts', { ignoreDir: ['old'] }, true, 'no filter holds'],
    ['C:\\Users\\ann\\a.ts', {}, false, 'is outside the project root and no include names it'],
    ['D:\\lib\\a.ts', {}, false, 'is outside the project root and no include names it'],
    ['D:\\lib\\a.ts', { include: ['../../../../D:/lib/**'] }, true, 'matches include'],
    ['D:\\lib\\a.ts', { ignoreDir: ['D:\\lib'] }, false, 'is in ignoreDir D:\\lib'],
    [
      '\\\\server\\share\\a.ts',
      { include: ['**', '//server/**'] },
      false,
      'no results can name it: its path from the root is absolute',
    ],
    ['node:fs', {}, false, 'is not a file'],
  ])('%s with %j', (path, options, trace, reason) => {
    expect(filter(options)(path)).toEqual({ trace, reason })
  })
})

test('what no results can name is not traced on Linux either', () => {
  const none: FilterOptions = { include: [], exclude: [], ignoreModule: [], ignoreDir: [] }
  const filter = createSourceFilter('/shop', none, posix)
  const reason = 'no results can name it: its path from the root is absolute'
  expect(filter('/shop/C:/a.ts')).toEqual({ trace: false, reason })
  expect(filter('/shop/src/C:/a.ts').trace).toBe(true)
})
