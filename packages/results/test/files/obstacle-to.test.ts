import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { obstacleTo } from '../../src/files/obstacle-to.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let base: string

beforeEach(() => {
  base = temporaryFolder()
  mkdirSync(join(base, 'folder'))
  writeFileSync(join(base, 'file'), '')
})

describe('obstacleTo', () => {
  it('finds nothing where something can be made or replaced, and makes nothing', () => {
    for (const path of ['folder', 'new', 'new/deep/er'])
      expect(obstacleTo(join(base, path), 'folder')).toBeUndefined()
    for (const path of ['file', 'new', 'folder/a', 'new/a'])
      expect(obstacleTo(join(base, path), 'file')).toBeUndefined()
    expect(readdirSync(base).sort()).toEqual(['file', 'folder'])
  })

  it.each([
    ['file', 'folder', 'ENOTDIR'],
    ['file/deep/er', 'folder', 'ENOTDIR'],
    ['file/a', 'file', 'ENOTDIR'],
    ['folder', 'file', 'EISDIR'],
    ['circle', 'folder', 'ELOOP'],
    ['x'.repeat(300), 'file', 'ENAMETOOLONG'],
  ] as const)('says of %s what keeps a %s from being written there', (path, what, code) => {
    symlinkSync('circle', join(base, 'circle'))
    expect(obstacleTo(join(base, path), what)).toMatchObject({
      code: 'TST_CANNOT_WRITE',
      message: expect.stringMatching(new RegExp(`^Cannot write ${join(base, path)}: .*\\(${code}\\)`)),
    })
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('sees what is not allowed', () => {
    chmodSync(join(base, 'folder'), 0o500)
    expect(obstacleTo(join(base, 'folder/a'), 'file')?.message).toMatch(/a: .*\(EACCES\)/)
    expect(obstacleTo(join(base, 'folder/a/b'), 'folder')?.message).toMatch(/a\/b: .*\(EACCES\)/)
  })
})
