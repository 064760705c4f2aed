import { win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testFilesOf } from '../../src/reporter/test-files.ts'
import type { TestProject } from '../../src/vitest-versions.ts'

function project(config: Partial<TestProject['config']>): TestProject {
  const server = {
    config: { plugins: [], server: { fs: { allow: [] } }, cacheDir: '' },
    pluginContainer: { transform: async () => ({ code: '', map: null }) },
  }
  const defaults = {
    root: '/shop',
    include: ['**/*.{test,spec}.ts'],
    exclude: ['**/node_modules/**'],
    setupFiles: [],
  }
  return { name: '', vite: server, config: { ...defaults, ...config }, provide: () => {} }
}

describe('which files hold tests', () => {
  test.each([
    ['/shop/src/cart.test.ts', {}, true],
    ['/shop/.hidden/cart.spec.ts', {}, true],
    ['/shop/src/cart.ts', {}, false],
    ['/shop/node_modules/a/b.test.ts', {}, false],
    ['/shop/unit/cart.test.ts', { dir: '/shop/e2e' }, false],
    ['/shop/e2e/cart.test.ts', { dir: '/shop/e2e', include: ['*.test.ts'] }, true],
    ['/shop/src/cart.ts', { include: ['/shop/src/*.ts'] }, true],
  ])('%s with %j: %j', (path, config, expected) => {
    expect(testFilesOf([project(config)]).isTest(path)).toBe(expected)
  })

  test('what is a test file for one project is one for all', () => {
    const files = testFilesOf([project({ include: ['a/**'] }), project({ include: ['b/**'] })])
    expect(['/shop/a/x.ts', '/shop/b/x.ts', '/shop/c/x.ts'].map((path) => files.isTest(path))).toEqual([
      true,
      true,
      false,
    ])
  })
})

test('setup files are those of any project', () => {
  const files = testFilesOf([
    project({ setupFiles: ['/shop/setup.ts'] }),
    project({ globalSetup: ['/shop/global.ts'] }),
  ])
  expect(['/shop/setup.ts', '/shop/global.ts', '/shop/other.ts'].map((path) => files.isSetup(path))).toEqual([
    true,
    true,
    false,
  ])
})

test('on Windows paths from Vite, with `/`, and those of the system are the same', () => {
  const files = testFilesOf(
    [
      project({
        root: 'C:/shop',
        include: ['src/*.test.ts', 'C:/shop/e2e/*.ts'],
        setupFiles: ['C:/shop/setup.ts'],
      }),
    ],
    win32,
  )
  const tests = ['C:\\shop\\src\\a.test.ts', 'c:/shop/src/a.test.ts', 'C:\\shop\\e2e\\b.ts']
  const others = [
    'C:\\shop\\src\\a.ts',
    'C:\\src\\a.test.ts',
    'D:\\shop\\src\\a.test.ts',
    'D:\\src\\a.test.ts',
  ]
  expect(tests.map((path) => files.isTest(path))).toEqual([true, true, true])
  expect(others.map((path) => files.isTest(path))).toEqual([false, false, false, false])
  expect(
    ['C:\\shop\\setup.ts', 'c:/shop/setup.ts', 'C:\\shop\\a.ts'].map((path) => files.isSetup(path)),
  ).toEqual([true, true, false])
})
