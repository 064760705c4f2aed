import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { changedLines } from '../../src/run/changed-lines.ts'

/** What removed and added lines may look like. */
const LOOKS_LIKE_HEADS = '++ b/other.ts\n-- a/other.ts\n@@ -1 +1,99 @@\ndiff --git a/x b/x\n'

test('lines that a commit adds or replaces, whatever stands in them and however files are called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tstrace-diff-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const git = (...words: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=main', ...words],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
  const write = (path: string, text: string): void => writeFileSync(join(folder, 'app', path), text)
  const hostile = 'a "quoted"\t\\näme.ts'
  mkdirSync(join(folder, 'app'))
  git('init', '-q')
  write('a.ts', `1\n2\n${LOOKS_LIKE_HEADS}7\n8\n9`)
  write('gone.ts', '1\n')
  write('same.ts', '1\n')
  writeFileSync(join(folder, 'outside.ts'), '1\n')
  git('add', '-A')
  git('commit', '-qm', 'one')
  write('a.ts', `1\nzwei\n${LOOKS_LIKE_HEADS.replaceAll('other', 'more')}8\n9\n10\n${LOOKS_LIKE_HEADS}`)
  write(hostile, '1\n2\n')
  rmSync(join(folder, 'app/gone.ts'))
  writeFileSync(join(folder, 'outside.ts'), '2\n')
  git('add', '-A')
  git('commit', '-qm', 'two')
  expect(changedLines(join(folder, 'app'), 'HEAD^1')).toEqual(
    new Map([
      [hostile, [{ from: 1, to: 2 }]],
      ['a.ts', [{ from: 2, to: 9 }]],
    ]),
  )
  expect(changedLines(join(folder, 'app'), 'HEAD^9')).toMatchObject({
    unknown: expect.stringContaining('git cannot compare with HEAD^9: fatal: '),
  })
  expect(changedLines(folder, '--output=x')).toHaveProperty('unknown')
})
