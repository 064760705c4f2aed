import { expect, test } from 'vitest'
import { unsupportedJest } from '../src/jest-versions.ts'

test.each(['29.7.0', '30.0.0', '31.0.0-alpha.1'])('Jest %s can be traced', (version) => {
  expect(unsupportedJest(version)).toBeUndefined()
})

test.each(['27.5.1', '28.1.3', '29.6.4'])('Jest %s is told what could be', (version) => {
  expect(unsupportedJest(version)?.message).toBe(
    `Jest ${version} is not supported: the tests run untraced. tstrace works with Jest 29.7 and 30.`,
  )
})
