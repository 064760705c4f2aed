import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { identifyProject, identifyRun } from '../../src/counts-file/identify-run.ts'
import { checkRun } from '../../src/counts-file/run-record.ts'

const top = mkdtempSync(join(tmpdir(), 'identify-run-'))
afterAll(() => rmSync(top, { recursive: true }))

const VARIABLES = [
  'TSTRACE_RUN',
  'GITHUB_RUN_ID',
  'CI_PIPELINE_ID',
  'CIRCLE_WORKFLOW_ID',
  'BUILD_TAG',
  'TSTRACE_PROJECT',
]
beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(top, 'test-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const SAID = { runner: 'vitest 5.1.1', shard: '1/2', label: 'os=linux', tstrace: '0.1.0', rules: 'abc' }
const FACTS = { ...SAID, started: new Date(0), losses: ['One.', 'Two\nlines.'] }

test('what a run says of itself can be read, and no two have the same id', () => {
  const [one, other] = [identifyRun({ root: top, ...FACTS }), identifyRun({ root: top, ...FACTS })]
  expect(checkRun(one, 'here')).toEqual(one)
  expect(one).toMatchObject({ ...SAID, base: '', commit: '', run: '', node: process.versions.node })
  expect(one.losses).toBe('One. Two lines.')
  expect(one.id).not.toBe(other.id)
  expect(one.started).toBe('1970-01-01T00:00:00.000Z')
})

test.each([
  [{ GITHUB_RUN_ID: '77' }, 'github 77'],
  [{ CI_PIPELINE_ID: '5' }, 'gitlab 5'],
  [{ CIRCLE_WORKFLOW_ID: 'a-b' }, 'circleci a-b'],
  [{ TSTRACE_RUN: 'mine', GITHUB_RUN_ID: '77' }, 'mine'],
  [{ TSTRACE_RUN: 'two\nlines' }, 'two lines'],
  [{ BUILD_TAG: 'jenkins-job-5', BUILD_NUMBER: '5' }, 'jenkins jenkins-job-5'],
])('with %j the run is %s', (variables, name) => {
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value)
  expect(identifyRun({ root: top, ...FACTS }).run).toBe(name)
})

test('the commit is the one that git says', () => {
  const root = folderWith({ 'a.txt': '' })
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
  git('init')
  expect(identifyRun({ root, ...FACTS }).commit).toBe('')
  git('-c', 'user.name=n', '-c', 'user.email=e@example.org', 'commit', '--allow-empty', '-m', 'first')
  expect(identifyRun({ root, ...FACTS }).commit).toBe(git('rev-parse', 'HEAD'))
})

test.each([
  ['a repository', { '.git/HEAD': '', 'package.json': '{"name":"all"}' }],
  ['a worktree', { '.git': 'gitdir: elsewhere', 'package.json': '{"name":"all"}' }],
  ['npm workspaces', { 'package.json': '{"name":"all","workspaces":["packages/*"]}' }],
  ['pnpm workspaces', { 'pnpm-workspace.yaml': '', 'package.json': '{"name":"all"}' }],
])('a package in %s starts at its folder', (_, files) => {
  const folder = folderWith({ ...files, 'packages/a/package.json': '{"name":"a"}' })
  expect(identifyProject(join(folder, 'packages/a'))).toEqual({ project: 'all', base: 'packages/a' })
  expect(identifyProject(folder)).toEqual({ project: 'all', base: '' })
  expect(identifyRun({ root: join(folder, 'packages/a'), ...FACTS }).base).toBe('packages/a')
  vi.stubEnv('TSTRACE_PROJECT', 'mine')
  expect(identifyProject(folder)).toEqual({ project: 'mine', base: '' })
})

test('a package on its own is its own top, and one without a name has none', () => {
  const folder = folderWith({ 'a/package.json': '{"name":"a"}', 'b/package.json': '{"name":7}', 'c/x': '' })
  expect(identifyProject(join(folder, 'a'))).toEqual({ project: 'a', base: '' })
  expect(identifyProject(join(folder, 'b'))).toEqual({ project: '', base: '' })
  expect(identifyProject(join(folder, 'c'))).toEqual({ project: '', base: '' })
})

test('a run of a part of its tests says so, in a line; others say nothing', () => {
  const facts = {
    root: folderWith({}),
    runner: 'jest 30.4.2',
    shard: '',
    label: '',
    tstrace: '0',
    rules: 'r',
  }
  const whole = identifyRun({ ...facts, started: new Date(), losses: [] })
  expect(Object.hasOwn(whole, 'part')).toBe(false)
  const part = identifyRun({ ...facts, started: new Date(), losses: [], part: 'Of tests\nnamed a.' })
  expect(part.part).toBe('Of tests named a.')
  for (const run of [whole, part]) expect(checkRun(JSON.parse(JSON.stringify(run)), 'run')).toEqual(run)
  expect(() => checkRun({ ...whole, part: 1 }, 'run')).toThrow(/run\.part/)
})
