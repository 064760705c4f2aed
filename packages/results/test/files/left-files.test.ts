import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FileReplacement } from '../../src/files/file-replacement.ts'
import { replaceFile } from '../../src/files/replace-file.ts'
import { temporaryFolder } from '../temporary-folder.ts'

async function replaceInPieces(file: string, text: string): Promise<void> {
  const replacement = new FileReplacement(file)
  await replacement.write(text)
  await replacement.end()
  replacement.replace()
}

const WAYS = [
  ['at once', async (file: string, text: string) => replaceFile(file, text)],
  ['in pieces', replaceInPieces],
] as const

/** Has a process killed in the middle of writing a file. */
function leaveHalf(file: string): void {
  const source = (name: string): string =>
    JSON.stringify(new URL(`../../src/files/${name}.ts`, import.meta.url).href)
  const program = `
    const { FileReplacement } = await import(${source('file-replacement')})
    const replacement = new FileReplacement(${JSON.stringify(file)})
    await replacement.write('x'.repeat(2 ** 19))
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => setTimeout(() => {}, 60_000))`
  const words = ['--no-warnings', '--experimental-strip-types', '--input-type=module', '-e', program]
  expect(spawnSync(process.execPath, words)).toMatchObject({ signal: 'SIGKILL' })
}

describe.each(WAYS)('%s', (_, write) => {
  test.skipIf(process.platform === 'win32')(
    'what killed writers have left is removed by the next',
    async () => {
      const folder = temporaryFolder()
      const file = join(folder, 'a')
      leaveHalf(file)
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.tmp$/)])
      await write(file, 'whole')
      expect(readdirSync(folder)).toEqual(['a'])
    },
  )

  test('what others have or may have there stays', async () => {
    const folder = temporaryFolder()
    const living = new FileReplacement(join(folder, 'b'))
    await living.write('x'.repeat(2 ** 19))
    const [ours = ''] = readdirSync(folder)
    const elsewhere = ours.replace(/-\w+(-\w+\.tmp)$/, '-12345678$1')
    const others = [elsewhere, '.tstrace-mine.tmp', '.tstrace-1.tmp', ours.replace('.tstrace', '.other')]
    for (const name of others) writeFileSync(join(folder, name), '')
    await write(join(folder, 'a'), 'whole')
    expect(readdirSync(folder).sort()).toEqual(['a', ours, ...others].sort())
    await living.abandon()
    expect(readdirSync(folder)).not.toContain(ours)
  })

  test('what was left on another machine is removed after a day', async () => {
    const folder = temporaryFolder()
    const file = join(folder, '.tstrace-1-12345678-12345678-12345678.tmp')
    writeFileSync(file, '')
    utimesSync(file, new Date(), new Date(Date.now() - 86_500_000))
    await write(join(folder, 'a'), 'whole')
    expect(readdirSync(folder)).toEqual(['a'])
  })

  test.skipIf(process.platform === 'win32')(
    'who may read and write a file may do so afterwards',
    async () => {
      const file = join(temporaryFolder(), 'a')
      writeFileSync(file, 'before')
      for (const mode of [0o600, 0o664, 0o666, 0o444]) {
        chmodSync(file, mode)
        await write(file, 'after')
        expect((statSync(file).mode & 0o7777).toString(8)).toBe(mode.toString(8))
      }
      if (process.getuid?.() !== 0) return
      chownSync(file, 65534, 65533)
      chmodSync(file, 0o640)
      await write(file, 'again')
      expect(statSync(file)).toMatchObject({ uid: 65534, gid: 65533, mode: 0o100640 })
    },
  )

  test.skipIf(process.platform === 'win32')(
    'a link that is replaced tells nothing of what it leads to',
    async () => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'a'), '', { mode: 0o600 })
      symlinkSync('a', join(folder, 'b'))
      await write(join(folder, 'b'), 'text')
      const plain = join(folder, 'c')
      writeFileSync(plain, '')
      expect(lstatSync(join(folder, 'b')).mode).toBe(lstatSync(plain).mode)
    },
  )
})
