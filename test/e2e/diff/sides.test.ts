import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const BEFORE = `export function greeting(name: string): string {
  if (name === '') return 'Hello'
  return \`Hello, \${name}\`
}
`
const AFTER = `// greets politely
export function greeting(name: string): string {
  const known = name.trim()
  if (known === '') return 'Hello'
  return \`Hello, \${known}\`
}
`

/** A test file that greets so many. */
const testOf = (names: number): string => `import { expect, test } from 'vitest'
import { greeting } from '../src/greeting.ts'

test('greets', () => {
  for (let i = 0; i < ${names}; i++) expect(greeting('you')).toBe('Hello, you')
})
`

/** Where a commit was counted as a whole, and the next one in two shards, each in a file without texts. */
let folder = ''

beforeAll(async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  folder = project.folder
  for (const name of ['counted', 'flaky', 'unique']) rmSync(join(folder, `test/${name}.test.ts`))
  project.write('test/few.test.ts', testOf(2))
  project.write('test/many.test.ts', testOf(5))
  project.write('src/greeting.ts', BEFORE)
  project.write('.gitignore', 'node_modules\n*.counts\ncoverage\n')
  const run = async (name: string, label: string, ...args: string[]): Promise<void> => {
    const env = { TSTRACE: `--file counts/${name}.counts --label ${label} --trackcalls` }
    expect(await project.vitest(['--reporter=tstrace', ...args], { env })).toMatchObject({ status: 0 })
  }
  git('init', '--quiet')
  commit('one')
  git('branch', 'main-before')
  await run('whole', 'os=linux')
  project.write('src/greeting.ts', AFTER)
  commit('two')
  await run('first', 'os=windows', '--shard=1/2')
  await run('second', 'os=windows', '--shard=2/2')
  project.write('src/greeting.ts', 'export const gone = true\n')
})

function git(...words: string[]): void {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...author, ...words], { cwd: folder, stdio: 'ignore' })
}

function commit(message: string): void {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

interface Answer {
  readonly rows: readonly { after?: { from: number }; counts: readonly number[] }[]
  readonly changed: { readonly rows: readonly { counts: readonly number[] }[] }
  readonly unmatched: { readonly rows: readonly object[] }
}

async function diffJson(...words: string[]): Promise<Answer> {
  const { stderr, stdout } = await tstrace(folder, ['diff', ...words, '--json', '--all'])
  expect(stderr).toBe('')
  return JSON.parse(stdout) as Answer
}

test.each([
  ['commits, the shards of one added up', ['commit=main-before', 'commit=HEAD', '-f', 'counts']],
  ['labels', ['os=linux', 'os=windows', '-f', 'counts']],
  ['a file and a glob', ['counts/whole.counts', 'counts/*[dt].counts']],
])('%s, with texts that only git has', async (_, words) => {
  const { changed, rows, unmatched } = await diffJson(...words)
  // One line is new, and what it was added to runs as often.
  expect(rows.map(({ after, counts }) => [after?.from, counts])).toEqual([[3, [0, 7]]])
  expect([changed.rows, unmatched.rows]).toEqual([[], []])
})

test('shards', async () => {
  const { changed, rows } = await diffJson('shard=1/2', 'shard=2/2', '-f', 'counts')
  expect(rows).toEqual([])
  expect(changed.rows.map(({ counts }) => counts.toSorted())).toContainEqual([2, 5])
})

test('runs that no file has alone, or nobody, are said', async () => {
  const said = async (...words: string[]): Promise<string> =>
    (await tstrace(folder, ['diff', ...words])).stderr
  expect(await said('commit=elsewhere', 'commit=HEAD', '-f', 'counts')).toContain(
    'Git knows no commit "elsewhere" here.',
  )
  expect(await said('shard=3/4', 'commit=HEAD', '-f', 'counts')).toContain('is of the runs "shard=3/4"')
  expect(await said('os=beos', 'os=linux', '-f', 'counts')).toContain(
    'No run in counts has the label os=beos. There are: os=linux; os=windows.',
  )
})

test('where nobody has a text that ran its lines are not compared, which is said', async () => {
  rmSync(join(folder, '.git'), { recursive: true })
  git('init', '--quiet')
  const { status, stdout } = await tstrace(folder, ['diff', 'counts/whole.counts', 'counts/first.counts'])
  expect(status).toBe(0)
  expect(stdout).toContain(
    'Lines of src/greeting.ts could not be compared: both texts that ran are neither in the recording, nor on disk, nor in git.',
  )
  expect(stdout).not.toContain('Nothing ran differently.')
})
