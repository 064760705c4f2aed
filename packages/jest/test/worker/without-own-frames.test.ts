import { expect, test } from 'vitest'
import { withoutOwnFrames } from '../../src/worker/without-own-frames.ts'

test('frames of ours go, those with a path and those with a URL', () => {
  const error = new SyntaxError('Unexpected token')
  const users = ['SyntaxError: Unexpected token', '    at parse (/shop/node_modules/sass/index.js:3:4)']
  const ours = [
    '    at transformNow (file:///my%20shop/node_modules/@tstrace/jest/dist/transform/transform-file.js:9:1)',
    '    at transformNow (/my shop/node_modules/@tstrace/jest/dist/transform/transform-file.js:9:1)',
  ]
  error.stack = [...users, ...ours, '    at main (/shop/run.js:1:1)'].join('\n')
  const folder = new URL('file:///my%20shop/node_modules/@tstrace/jest/dist/')
  expect(withoutOwnFrames(error, folder)).toBe(error)
  expect(error.stack).toBe([...users, '    at main (/shop/run.js:1:1)'].join('\n'))
})
