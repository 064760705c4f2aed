import { posix, win32 } from 'node:path'
import { pathProblem } from '@tstrace/results/internal'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { absolutePath, isBelow, pathFromRoot } from '../../src/source-file/path-from-root.ts'

describe('the name of a source', () => {
  test.each([
    ['/shop', '/shop/src/a.ts', 'src/a.ts'],
    ['/shop', '/lib/a.ts', '../lib/a.ts'],
    ['/', '/lib/a.ts', 'lib/a.ts'],
    ['/shop', '/shop/..a/b.ts', '..a/b.ts'],
    ['/shop', '/shop/a\\b.ts', 'a\\b.ts'],
  ])('from %s of %s is %s', (root, path, name) => {
    expect(pathFromRoot(root, path, posix)).toBe(name)
    expect(absolutePath(root, name, posix)).toBe(path)
  })

  test.each([
    ['C:\\shop', 'C:\\shop\\src\\a.ts', 'src/a.ts'],
    ['C:\\', 'C:\\shop\\a.ts', 'shop/a.ts'],
    ['C:\\shop', 'C:\\lib\\a.ts', '../lib/a.ts'],
    ['C:\\shop', 'D:\\lib\\a.ts', '../../D:/lib/a.ts'],
    ['C:\\work\\shop', 'D:\\a.ts', '../../../D:/a.ts'],
    ['C:\\', 'D:\\a.ts', '../D:/a.ts'],
    ['\\\\server\\share\\shop', '\\\\server\\share\\shop\\src\\a.ts', 'src/a.ts'],
    ['\\\\server\\share\\shop', 'C:\\lib\\a.ts', '../../../C:/lib/a.ts'],
  ])('from %s of %s is %s', (root, path, name) => {
    expect(pathFromRoot(root, path, win32)).toBe(name)
    expect(pathProblem(name, true)).toBeUndefined()
    expect(absolutePath(root, name, win32)).toBe(path)
  })

  test.each([
    ['c:\\shop', 'C:\\shop\\a.ts', 'a.ts'],
    ['C:\\Shop', 'c:\\shop\\a.ts', 'a.ts'],
    ['C:\\shop', 'C:/shop/src/a.ts', 'src/a.ts'],
    ['C:/shop', 'C:\\shop\\src\\a.ts', 'src/a.ts'],
    ['C:\\shop', 'd:/lib/a.ts', '../../D:/lib/a.ts'],
    ['\\\\server\\share\\shop', '\\\\SERVER\\share\\shop\\a.ts', 'a.ts'],
  ])('from %s of %s is %s, however the drive is written', (root, path, name) => {
    expect(pathFromRoot(root, path, win32)).toBe(name)
  })

  test.each([
    ['C:\\shop', '\\\\server\\share\\a.ts', '//server/share/a.ts'],
    ['\\\\server\\a\\shop', '\\\\server\\b\\a.ts', '//server/b/a.ts'],
  ])('from %s of %s is %s, which no results hold', (root, path, name) => {
    expect(pathFromRoot(root, path, win32)).toBe(name)
    expect(pathProblem(name, true)).toBe('is absolute')
  })
})

const part = fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }).filter((text) => {
  return !/[/\\:\0]/.test(text) && text !== '.' && text !== '..'
})
const parts = fc.array(part, { minLength: 1, maxLength: 4 })
const posixFolder = fc.array(part, { maxLength: 4 }).map((all) => `/${all.join('/')}`)
const drive = fc.constantFrom('C:', 'D:', 'e:')
const windowsFolder = fc
  .tuple(fc.oneof(drive, fc.constant('\\\\server\\share')), fc.array(part, { maxLength: 4 }))
  .map(([start, all]) => [start, ...all].join('\\') + (all.length === 0 ? '\\' : ''))

describe.each([
  ['posix', posix, posixFolder],
  ['win32', win32, windowsFolder],
] as const)('with the rules of %s', (_name, style, folders) => {
  test('the name of what is below a root is its parts with `/`, can be read, and leads back', () => {
    fc.assert(
      fc.property(folders, parts, (root, inside) => {
        const path = style.join(root, ...inside)
        const name = pathFromRoot(root, path, style)
        expect(name).toBe(inside.join('/'))
        expect(pathProblem(name, false)).toBeUndefined()
        expect(absolutePath(root, name, style)).toBe(path)
        expect(isBelow(root, path, style)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('a name leads back from anywhere, or cannot be read', () => {
    fc.assert(
      fc.property(folders, folders, parts, (root, other, inside) => {
        const path = style.join(other, ...inside)
        const name = pathFromRoot(root, path, style)
        if (pathProblem(name, true) !== undefined) {
          expect(style.parse(path).root).toMatch(/^\\\\/)
          return
        }
        expect(style.relative(absolutePath(root, name, style), path)).toBe('')
      }),
      { numRuns: 2000 },
    )
  })
})

test('a name from elsewhere leads to no other share, and to no place that only Windows would take for a drive', () => {
  expect(absolutePath('C:\\shop', 'D:a.ts', win32)).toBe('C:\\shop\\D:a.ts')
  expect(absolutePath('C:\\shop', '//server/share/a.ts', win32)).toBe('C:\\shop\\server\\share\\a.ts')
  expect(absolutePath('/shop', '../../D:/a.ts', posix)).toBe('/D:/a.ts')
})

test('below a folder is what lies in it, and what merely begins alike does not', () => {
  const below = (folder: string, path: string): boolean => isBelow(folder, path, win32)
  expect(below('C:\\shop', 'c:/shop/a.ts')).toBe(true)
  expect(below('C:\\shop', 'C:\\shops\\a.ts')).toBe(false)
  expect(below('C:\\shop', 'C:\\shop')).toBe(false)
  expect(below('C:\\shop', 'C:\\')).toBe(false)
  expect(below('C:\\shop', 'D:\\shop\\a.ts')).toBe(false)
  expect(below('C:\\shop', '\\\\server\\share\\a.ts')).toBe(false)
  expect(isBelow('/shop', '/shop/..a', posix)).toBe(true)
})
