import { expect, test } from 'vitest'
import { unsupportedVitest } from '../src/supported-vitest.ts'

test.each(['3.2.0', '4.0.0', '5.1.1', '6.0.0-beta.1', undefined])('Vitest %s can be traced', (version) => {
  expect(unsupportedVitest(version)).toBeUndefined()
})

test.each(['1.6.1', '2.1.9', '3.1.4'])('Vitest %s is told what could be', (version) => {
  expect(unsupportedVitest(version)?.message).toBe(
    `Vitest ${version} is not supported: the tests run untraced. tstrace works with Vitest 3.2, 4 and 5.`,
  )
})
