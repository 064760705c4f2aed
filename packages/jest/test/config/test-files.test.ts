import { win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testFilesOf } from '../../src/config/test-files.ts'
import type { ProjectConfig } from '../../src/jest-versions.ts'

function project(config: Partial<ProjectConfig>): ProjectConfig {
  return {
    cache: true,
    cacheDirectory: '/cache',
    id: 'shop',
    rootDir: '/shop',
    roots: ['/shop'],
    runner: '/jest-runner/index.js',
    testMatch: [],
    testRegex: [],
    testPathIgnorePatterns: ['/node_modules/'],
    transform: [],
    transformIgnorePatterns: [],
    setupFiles: [],
    setupFilesAfterEnv: [],
    testEnvironment: '/environment.js',
    testRunner: '/jest-circus/runner.js',
    ...config,
  }
}

const MATCH = ['**/__tests__/**/*.[jt]s?(x)', '**/?(*.)+(spec|test).[jt]s?(x)']

describe('which files hold tests', () => {
  test.each([
    ['/shop/src/cart.test.ts', { testMatch: MATCH }, true],
    ['/shop/src/__tests__/cart.js', { testMatch: MATCH }, true],
    ['/shop/src/cart.ts', { testMatch: MATCH }, false],
    ['/shop/node_modules/a/b.test.ts', { testMatch: MATCH }, false],
    ['/shop/e2e/cart.test.ts', { testMatch: MATCH, roots: ['/shop/src'] }, false],
    ['/shop/src/cart.test.ts', { testMatch: [...MATCH, '!**/cart.*'] }, false],
    ['/shop/src/cart.check.ts', { testRegex: ['\\.check\\.ts$'] }, true],
    ['/shop/src/cart.test.ts', { testRegex: ['\\.check\\.ts$'] }, false],
  ])('%s with %j: %j', (path, config, expected) => {
    expect(testFilesOf([project(config)]).isTest(path)).toBe(expected)
  })
})

test('projects that come later are asked, too', () => {
  const projects = new Set([project({ testMatch: ['**/a/**'] })])
  const files = testFilesOf(projects)
  expect(files.isTest('/shop/b/x.ts')).toBe(false)
  projects.add(project({ testMatch: ['**/b/**'], setupFiles: ['/shop/setup.ts'] }))
  expect(files.isTest('/shop/b/x.ts')).toBe(true)
  expect(['/shop/setup.ts', '/environment.js', '/shop/b/x.ts'].map((path) => files.isSetup(path))).toEqual([
    true,
    true,
    false,
  ])
})

test('a root is no folder that merely lies above or begins alike', () => {
  const files = testFilesOf([project({ roots: ['/shop/src'], testMatch: MATCH })])
  expect(files.isTest('/shop/src/..hidden/a.test.ts')).toBe(true)
  expect(files.isTest('/shop/srcs/a.test.ts')).toBe(false)
})

test('on Windows a test file lies on the drive of its root', () => {
  const config = { roots: ['C:\\shop'], testMatch: MATCH, testPathIgnorePatterns: ['\\\\node_modules\\\\'] }
  const files = testFilesOf([project(config)], win32)
  const tests = ['C:\\shop\\src\\a.test.ts', 'c:\\shop\\__tests__\\a.js']
  const others = [
    'C:\\shop\\src\\a.ts',
    'C:\\shop\\node_modules\\a.test.ts',
    'D:\\shop\\src\\a.test.ts',
    'C:\\a.test.ts',
  ]
  expect(tests.map((path) => files.isTest(path))).toEqual([true, true])
  expect(others.map((path) => files.isTest(path))).toEqual([false, false, false, false])
})
