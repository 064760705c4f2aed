import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebasePath, rebasing } from '../../src/counts-file/rebase-path.ts'

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

test('many paths are given as each of them is by itself', () => {
  const folder = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 }).map((names) => names.join('/'))
  const path = fc
    .tuple(fc.constantFrom('', '../', '../../'), folder)
    .map(([up, inside]) => `${up}${[inside, 'x.ts'].filter(Boolean).join('/')}`)
  fc.assert(
    fc.property(folder, folder, path, (from, to, one) => {
      expect(rebasing(from, to)(one)).toBe(rebasePath(one, from, to))
    }),
  )
})
