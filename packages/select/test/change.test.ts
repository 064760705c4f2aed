import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { changeOfFiles, changeSince } from '../src/index.ts'
import { commit, git, newFolder, recordedProject, repository, write } from './recorded-project.ts'

const PRICE = 'export const price = () => 1\n'
const NAMES = 'export const names = () => []\n'
const TEXTS = {
  'src/price.ts': PRICE,
  'src/names.ts': NAMES,
  'test/price.test.ts': '',
  'test/names.test.ts': '',
}
const RAN = {
  'test/price.test.ts': { 'src/price.ts': PRICE },
  'test/names.test.ts': { 'src/names.ts': NAMES },
}

test('no repository, and no git: everything', () => {
  const folder = newFolder()
  const select = recordedProject(folder, RAN)
  expect(select(changeSince(folder, 'main')).everything).toEqual([
    expect.stringMatching(/^git cannot say what was changed since main: not a git repository/),
  ])
  vi.stubEnv('PATH', folder)
  try {
    expect(select(changeSince(folder, 'main')).everything).toEqual([
      'git cannot say what was changed since main: there is no git.',
    ])
  } finally {
    vi.unstubAllEnvs()
  }
})

test('a shallow clone that does not reach back to where the branch began: everything', () => {
  const origin = repository(TEXTS)
  git(origin, 'checkout', '--quiet', '-b', 'branch')
  write(origin, 'src/price.ts', PRICE.replace('1', '2'))
  commit(origin)
  const select = recordedProject(origin, RAN)
  git(origin, 'checkout', '--quiet', 'main')
  write(origin, 'src/names.ts', NAMES.replace('[]', '[1]'))
  commit(origin)
  const clone = newFolder()
  git(
    clone,
    'clone',
    '--quiet',
    '--depth=1',
    '--no-single-branch',
    '--branch=branch',
    `file://${origin}`,
    '.',
  )
  expect(select(changeSince(clone, 'origin/main')).everything).toEqual([
    'git cannot say what was changed since origin/main: this clone is shallow, and does not reach back to where the branch began; ' +
      'fetch all of it (fetch-depth: 0).',
  ])
})

test('a shallow clone without the commit that was recorded: everything', () => {
  const origin = repository(TEXTS)
  const select = recordedProject(origin, RAN)
  const recorded = git(origin, 'rev-parse', 'HEAD').slice(0, 12)
  commit(origin)
  const clone = newFolder()
  git(clone, 'clone', '--quiet', '--depth=1', `file://${origin}`, '.')
  const { everything } = select(changeSince(clone, 'main'))
  expect(everything).toEqual([
    expect.stringMatching(`^the recording was recorded at ${recorded}, which is not here: `),
  ])
})

test('a generated source that git ignores: who ran it, when it is another now', () => {
  const folder = repository({ ...TEXTS, '.gitignore': 'generated/\n' })
  const made = 'export const made = () => 1\n'
  write(folder, 'generated/made.ts', made)
  const select = recordedProject(folder, { ...RAN, 'test/names.test.ts': { 'generated/made.ts': made } })
  expect(select(changeSince(folder, 'main'))).toMatchObject({ everything: [], selected: [] })
  write(folder, 'generated/made.ts', made.replace('1', '2'))
  expect(select(changeSince(folder, 'main'))).toMatchObject({
    everything: [],
    selected: [{ file: 'test/names.test.ts', reasons: [{ kind: 'function', name: 'made' }] }],
    skipped: [{ file: 'test/price.test.ts' }],
  })
})

test('what only a process runs that a test starts, and nobody counted: everything', () => {
  const folder = repository({ ...TEXTS, 'src/server.ts': 'export const port = 1\n' })
  const select = recordedProject(folder, RAN)
  write(folder, 'src/server.ts', 'export const port = 2\n')
  expect(select(changeSince(folder, 'main')).everything).toEqual([
    'src/server.ts was changed, and is in no recording: nobody knows which tests use it.',
  ])
})

test.each([
  ['test/setup.ts', 'is in no recording: nobody knows which tests use it'],
  ['package-lock.json', 'says what the project depends on'],
  ['vitest.config.ts', 'configures what runs'],
  ['data/prices.json', 'is in no recording: nobody knows which tests use it'],
])('%s is another than when it was recorded: everything, on whatever branch that was', (path, why) => {
  const folder = repository({ ...TEXTS, [path]: '1' })
  const select = recordedProject(folder, RAN)
  write(folder, path, '2')
  expect(select(changeSince(folder, 'main')).everything).toEqual([`${path} was changed, and ${why}.`])
  commit(folder)
  expect(select(changeSince(folder, 'main')).everything).toEqual([
    `${path} was changed since the recording was recorded, and ${why}.`,
  ])
})

test('a test file that ran nothing that was counted runs when any source is another', () => {
  const folder = repository({ ...TEXTS, 'test/command.test.ts': '' })
  const select = recordedProject(folder, { ...RAN, 'test/command.test.ts': {} })
  expect(select(changeSince(folder, 'main'))).toMatchObject({ everything: [], selected: [] })
  write(folder, 'src/price.ts', PRICE.replace('1', '2'))
  expect(select(changeSince(folder, 'main'))).toMatchObject({
    everything: [],
    selected: [
      { file: 'test/command.test.ts', reasons: [{ kind: 'uncounted' }] },
      { file: 'test/price.test.ts' },
    ],
    skipped: [{ file: 'test/names.test.ts' }],
  })
})

test('files that are listed need no git', () => {
  const folder = newFolder()
  for (const [path, text] of Object.entries(TEXTS)) write(folder, path, text)
  const select = recordedProject(folder, RAN)
  write(folder, 'src/price.ts', readFileSync(join(folder, 'src/price.ts'), 'utf8').replace('1', '2'))
  const { everything, selected } = select(changeOfFiles(folder, ['src/price.ts']))
  expect(everything).toEqual([])
  expect(selected.map(({ file }) => file)).toEqual(['test/price.test.ts'])
})

test('a branch that is not there, or none: everything, and what to do', () => {
  const folder = repository(TEXTS)
  expect(recordedProject(folder, RAN)(changeSince(folder, '')).everything).toEqual([
    'the commit to compare with is not named, as where a variable is empty; name a branch or a commit.',
  ])
  expect(recordedProject(folder, RAN)(changeSince(folder, 'dev')).everything).toEqual([
    'git cannot say what was changed since dev: this clone has no branch and no commit of that name; fetch it, or name it as origin/main.',
  ])
})

test('a test file that git ignores always runs; one in a submodule, or behind a link, when it is changed', () => {
  const library = repository({ 'library.test.ts': '' })
  const folder = repository({ 'src/names.ts': NAMES, '.gitignore': 'local/\n', 'shared/linked.test.ts': '' })
  write(folder, 'local/mine.test.ts', '')
  symlinkSync('shared', join(folder, 'link'))
  git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'library')
  commit(folder)
  const names = ['local/mine.test.ts', 'link/linked.test.ts', 'library/library.test.ts']
  const select = recordedProject(
    folder,
    Object.fromEntries(names.map((name) => [name, RAN['test/names.test.ts']])),
  )
  const selected = () => select(changeSince(folder, 'main'))
  expect(selected()).toMatchObject({
    everything: [],
    selected: [{ file: names[0], reasons: [{ kind: 'unseen' }] }],
  })
  write(folder, 'shared/linked.test.ts', '// changed')
  expect(selected().selected).toContainEqual({ project: '', file: names[1], reasons: [{ kind: 'changed' }] })
  write(folder, 'library/library.test.ts', '// changed')
  git(folder, 'config', 'diff.ignoreSubmodules', 'all')
  expect(selected().everything).toEqual([expect.stringMatching(/^library was changed, /)])
})

test('a project in a folder of a repository: test files beside it are not its own', () => {
  const top = repository({ 'b/test/b.test.ts': '', 'a/test/names.test.ts': '', 'a/src/names.ts': NAMES })
  const folder = join(top, 'a')
  const ran = { 'test/names.test.ts': RAN['test/names.test.ts'] }
  const select = recordedProject(folder, ran)
  write(top, 'b/test/b.test.ts', '// changed')
  expect(select(changeSince(folder, 'main'))).toMatchObject({ everything: [], selected: [] })
  const both = recordedProject(folder, { ...ran, '../b/test/b.test.ts': RAN['test/names.test.ts'] })
  expect(both(changeSince(folder, 'main')).selected).toMatchObject([{ file: '../b/test/b.test.ts' }])
})

test('in a hook, for which git names the repository: as without it, in each folder', () => {
  const top = repository({ 'a/test/names.test.ts': '', 'a/src/names.ts': NAMES, 'b/b.ts': '' })
  const folder = join(top, 'a')
  const select = recordedProject(folder, { 'test/names.test.ts': RAN['test/names.test.ts'] })
  vi.stubEnv('GIT_DIR', join(top, '.git'))
  try {
    expect(select(changeSince(folder, 'main'))).toMatchObject({ everything: [], selected: [] })
  } finally {
    vi.unstubAllEnvs()
  }
})
