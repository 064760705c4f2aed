import { expect, test } from 'vitest'
import { rebasePath } from '../../src/counts-file/rebase-path.ts'

test.each([
  ['src/x.ts', 'packages/a', '', 'packages/a/src/x.ts'],
  ['src/x.ts', 'packages/a', 'packages/a', 'src/x.ts'],
  ['src/x.ts', 'packages/a', 'packages/b', '../a/src/x.ts'],
  ['../b/x.ts', 'packages/a', 'packages/b', 'x.ts'],
  ['../b/x.ts', 'packages/a', '', 'packages/b/x.ts'],
  ['packages/a/x.ts', '', 'packages/a', 'x.ts'],
  ['../x.ts', '', 'packages/a', '../../../x.ts'],
  ['../../../x.ts', 'packages/a', '', '../x.ts'],
])('%s from "%s" is, from "%s", %s', (path, from, to, expected) => {
  expect(rebasePath(path, from, to)).toBe(expected)
})
