import { expect, test } from 'vitest'
import { namedAsTests } from '../src/test-file.ts'

test.each([
  ['src/a.test.ts', true],
  ['src/a-test.mjs', true],
  ['src/a_spec.tsx', true],
  ['src/__tests__/a.js', true],
  ['test/login.e2e.ts', true],
  ['src/test.ts', true],
  ['src/a.ts', false],
  ['src/latest.ts', false],
  ['src/a.test.ts.snap', false],
  ['test/helpers.ts', false],
])('%s: %s', (path, isTest) => {
  expect(namedAsTests([{ project: '', file: 'test/other.e2e.ts' }])(path)).toBe(isTest)
})
