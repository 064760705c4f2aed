import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { modulePlace } from '../../src/transform/module-place.ts'

test.each([
  ['/shop/src/a.ts', '/shop/src/a.ts'],
  ['/shop/src/../a.ts', '/shop/a.ts'],
  ['/shop/src/a.ts?v=1f3&import', '/shop/src/a.ts'],
  ['/shop/src/a.ts?fresh', '/shop/src/a.ts'],
  ['/shop/src/a.ts?rawest&x=url', '/shop/src/a.ts'],
  ['/shop/src/a.ts?a?b', '/shop/src/a.ts'],
  ['/shop/src/a.ts#fresh', '/shop/src/a.ts'],
  ['/shop/src/a.ts?x#fresh', '/shop/src/a.ts'],
  ['/shop/src/a.ts#fresh?x', '/shop/src/a.ts'],
  ['/c#/src/a#b.ts', '/c#/src/a#b.ts'],
  ['/shop/src/a.ts?raw', undefined],
  ['/shop/src/a.ts?x&raw', undefined],
  ['/shop/src/a.ts?url', undefined],
  ['/shop/src/a.ts?worker&inline', undefined],
  ['/shop/src/a.ts?sharedworker', undefined],
  ['/@fs/lib/a.ts', '/lib/a.ts'],
  ['/@fsharp/a.ts', '/@fsharp/a.ts'],
  ['\0virtual:a', undefined],
  ['virtual:a', undefined],
  ['node:fs', undefined],
])('%j is the file %j', (id, path) => {
  expect(modulePlace(id, posix)?.path).toBe(path)
})

test.each([
  ['C:/shop/src/a.ts', 'C:\\shop\\src\\a.ts'],
  ['c:/shop/src/a.ts?t=17', 'c:\\shop\\src\\a.ts'],
  ['C:\\shop\\src\\a.ts', 'C:\\shop\\src\\a.ts'],
  ['/@fs/C:/lib/a.ts', 'C:\\lib\\a.ts'],
  ['/@fs//server/share/a.ts', '\\\\server\\share\\a.ts'],
  ['//server/share/a.ts', '\\\\server\\share\\a.ts'],
  ['C:a.ts', undefined],
  ['virtual:a', undefined],
])('on Windows %j is the file %j', (id, path) => {
  expect(modulePlace(id, win32)?.path).toBe(path)
})

test.each([
  ['/a.ts', false],
  ['/a.ts?v=1f3&t=1&import', false],
  ['/a.ts?import', false],
  ['/a.ts?fresh', true],
  ['/a.ts?v=1&fresh', true],
  ['/a.ts#fresh', true],
  ['/a.ts?vue&type=script', true],
])('%j asks for something: %j', (id, isAsked) => {
  expect(modulePlace(id, posix)).toEqual({ path: '/a.ts', isAsked })
})
