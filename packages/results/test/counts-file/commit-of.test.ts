import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { commitOf } from '../../src/counts-file/commit-of.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let root: string
let first: string

function git(...words: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...words], { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** Without a `git` to ask. */
function readCommit(folder = root): string {
  vi.stubEnv('PATH', join(root, 'nothing'))
  const commit = commitOf(folder)
  vi.unstubAllEnvs()
  return commit
}

beforeEach(() => {
  root = temporaryFolder()
  git('init', '-q', '-b', 'main/line')
  git('commit', '-q', '--allow-empty', '-m', 'first')
  first = git('rev-parse', 'HEAD')
})

test('a branch, a packed one, one that has gone on, and none are read from the files', () => {
  expect(readCommit()).toBe(first)
  git('pack-refs', '--all')
  expect(readCommit()).toBe(first)
  git('commit', '-q', '--allow-empty', '-m', 'second')
  const second = git('rev-parse', 'HEAD')
  expect(second).not.toBe(first)
  expect(readCommit()).toBe(second)
  git('checkout', '-q', first)
  expect(readCommit()).toBe(first)
  mkdirSync(join(root, 'packages/a'), { recursive: true })
  expect(readCommit(join(root, 'packages/a'))).toBe(first)
})

test('a working tree beside the first has a commit of its own', () => {
  git('worktree', 'add', '-q', '-b', 'other', 'tree')
  git('commit', '-q', '--allow-empty', '-m', 'second')
  expect(readCommit(join(root, 'tree'))).toBe(first)
  expect(readCommit()).not.toBe(first)
})

test.each([
  ['a branch without a commit', () => git('checkout', '-q', '--orphan', 'new'), ''],
  ['a head that cannot be read', () => writeFileSync(join(root, '.git/HEAD'), 'what?'), ''],
])('git is asked about %s', (_, change, commit) => {
  change()
  expect([readCommit(), commitOf(root)]).toEqual([commit, commit])
})

test('a bare repository is read, too', () => {
  git('clone', '-q', '--bare', '.', 'bare')
  expect(readCommit(join(root, 'bare'))).toBe(first)
  expect(readCommit(join(root, 'bare/refs'))).toBe(first)
})

test.skipIf(process.platform === 'win32')('without a repository git is not started', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'git'), `#!/bin/sh\necho ${first}\n`, { mode: 0o755 })
  vi.stubEnv('PATH', folder)
  expect(commitOf(folder)).toBe('')
  writeFileSync(join(root, '.git/HEAD'), 'what?')
  expect(commitOf(root)).toBe(first)
  vi.unstubAllEnvs()
})

test('git is asked where its variables say what belongs to what', () => {
  const folder = temporaryFolder()
  vi.stubEnv('GIT_DIR', join(root, '.git'))
  expect(commitOf(folder)).toBe(first)
  vi.unstubAllEnvs()
})
