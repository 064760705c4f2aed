import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BUILD, hashOfFiles } from '../../src/run/build.ts'

test('a build is known by all code that makes code count', () => {
  const instrumenter = new URL('../../../instrument/dist/', import.meta.url)
  for (const room of ['instrument', 'compiled', 'runtime', 'source-file'])
    expect(existsSync(new URL(`${room}/`, instrumenter))).toBe(true)
  expect(BUILD.hash).toBe(hashOfFiles(instrumenter))
})
