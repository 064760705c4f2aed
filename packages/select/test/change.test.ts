import { readFileSync } from 'node:fs'
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

test('files that are listed need no git', () => {
  const folder = newFolder()
  for (const [path, text] of Object.entries(TEXTS)) write(folder, path, text)
  const select = recordedProject(folder, RAN)
  write(folder, 'src/price.ts', readFileSync(join(folder, 'src/price.ts'), 'utf8').replace('1', '2'))
  const { everything, selected } = select(changeOfFiles(folder, ['src/price.ts']))
  expect(everything).toEqual([])
  expect(selected.map(({ file }) => file)).toEqual(['test/price.test.ts'])
})
