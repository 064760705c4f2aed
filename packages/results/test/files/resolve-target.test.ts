import { mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveTarget } from '../../src/files/resolve-target.ts'
import { temporaryFolder } from '../temporary-folder.ts'

test('links to what is not there yet are followed to their end, from where each really is', () => {
  const folder = temporaryFolder()
  symlinkSync('two', join(folder, 'one'))
  symlinkSync('three', join(folder, 'two'))
  expect(resolveTarget(join(folder, 'one'))).toBe(join(folder, 'three'))
  mkdirSync(join(folder, 'far/deep'), { recursive: true })
  symlinkSync('far/deep', join(folder, 'link'))
  symlinkSync('../all.counts', join(folder, 'far/deep/c'))
  expect(resolveTarget(join(folder, 'link/c'))).toBe(join(folder, 'far/all.counts'))
  expect(readlinkSync(join(folder, 'one'))).toBe('two')
})

test('links in a circle are an error', () => {
  const folder = temporaryFolder()
  symlinkSync('b', join(folder, 'a'))
  symlinkSync('a', join(folder, 'b'))
  expect(() => resolveTarget(join(folder, 'a'))).toThrow('Cannot write')
})
