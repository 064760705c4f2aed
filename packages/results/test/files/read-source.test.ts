import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readSource } from '../../src/files/read-source.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let folder: string

beforeEach(() => {
  folder = temporaryFolder()
})

describe('readSource', () => {
  it('gives a text as it is on disk, through a link too, with its byte order mark', () => {
    const text = `\uFEFF${'é'.repeat(300_000)}`
    writeFileSync(join(folder, 'a.js'), text)
    symlinkSync('a.js', join(folder, 'b.js'))
    expect(readSource(join(folder, 'b.js'))).toBe(text)
    writeFileSync(join(folder, 'empty.js'), '')
    expect(readSource(join(folder, 'empty.js'))).toBe('')
  })

  it('refuses what is larger than 64 MiB, and nothing below', () => {
    const file = join(folder, 'a.js')
    writeFileSync(file, '')
    truncateSync(file, 2 ** 26)
    expect(readSource(file)).toHaveLength(2 ** 26)
    truncateSync(file, 2 ** 26 + 1)
    expect(() => readSource(file)).toThrow('it is larger than 64 MiB')
  })

  it('says what the system says of what is not there', () => {
    expect(() => readSource(join(folder, 'none.js'))).toThrow(expect.objectContaining({ code: 'ENOENT' }))
  })

  it('refuses a folder', () => {
    mkdirSync(join(folder, 'a.js'))
    expect(() => readSource(join(folder, 'a.js'))).toThrow('it is not a regular file')
  })

  it.skipIf(process.platform === 'win32')('waits for no pipe, and asks no device', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.js')])
    for (const path of [join(folder, 'pipe.js'), '/dev/zero', '/dev/null'])
      expect(() => readSource(path)).toThrow('it is not a regular file')
  })

  it.runIf(process.platform === 'linux')('reads nothing of what the kernel makes up', () => {
    expect(readSource('/proc/self/pagemap')).toBe('')
  })
})
