import { readFileSync } from 'node:fs'
import { RULES_HASH } from '@tstrace/instrument/build'
import { expect, test } from 'vitest'
import { BUILD } from '../../src/run/build.ts'

test('a build is known by its version, and by the hash of what makes code count', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  expect(BUILD).toEqual({ version: JSON.parse(manifest).version, hash: RULES_HASH })
})
