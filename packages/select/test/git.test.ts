import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Git } from '../src/git.ts'

test('texts of a commit: what is no file, or is not there, moves none of the others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tstrace-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const run = (...words: string[]) => execFileSync('git', words, { cwd: folder, stdio: 'pipe' })
  mkdirSync(join(folder, 'src'))
  writeFileSync(join(folder, 'src/a b.ts'), 'one\ntwo')
  writeFileSync(join(folder, 'c.ts'), '')
  run('init', '--quiet')
  run('add', '.')
  run('-c', 'user.name=Ada', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', 'commit', '-qm', 'first')
  const texts = new Git(folder).textsIn('HEAD', ['src', 'gone.ts', 'src/a b.ts', 'src/gone too.ts', 'c.ts'])
  expect([...texts]).toEqual([
    ['src/a b.ts', 'one\ntwo'],
    ['c.ts', ''],
  ])
  expect(() => new Git(folder).text(['rev-parse', '--verify', 'nothing'])).toThrow(
    /^Needed a single revision$/,
  )
})
