import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { modulePath } from '../src/module-path.ts'

test.each([
  ['/shop/src/a.ts', '/shop/src/a.ts'],
  ['/shop/src/../a.ts', '/shop/a.ts'],
  ['/shop/src/a.ts?v=1f3&import', '/shop/src/a.ts'],
  ['/shop/src/a.vue?vue&type=script', undefined],
  ['/shop/src/a.ts?raw', undefined],
  ['/@fs/lib/a.ts', '/lib/a.ts'],
  ['/@fsharp/a.ts', '/@fsharp/a.ts'],
  ['\0virtual:a', undefined],
  ['virtual:a', undefined],
  ['node:fs', undefined],
])('%j is the file %j', (id, path) => {
  expect(modulePath(id, posix)).toBe(path)
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
  expect(modulePath(id, win32)).toBe(path)
})
