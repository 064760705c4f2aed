import { chmodSync, cpSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

const passing = "import { test } from 'vitest'\n\ntest('one', () => {})\ntest('two', () => {})\n"
const failing = "import { test } from 'vitest'\n\ntest('three', () => {\n  throw new Error('3')\n})\n"

/** Runs a copy of `.ci/run` with an `npm` that says nothing for `ci` and runs `testScript` for `test`. */
async function ci(testScript: string, tests: Record<string, string> = {}): Promise<Outcome> {
  const tree = temporaryTree({
    'bin/npm': `#!/usr/bin/env bash\nif [ "$1" = test ]; then ${testScript}; fi\n`,
    ...tests,
  })
  cpSync(join(root, '.ci'), join(tree, '.ci'), { recursive: true })
  chmodSync(join(tree, 'bin/npm'), 0o755)
  const path = [join(tree, 'bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  return await runCommand('bash', ['.ci/run'], { cwd: tree, env: { PATH: path } })
}

const sleeping = (ms: number): string =>
  `import { describe, test } from 'vitest'

const sleep = () => new Promise((resolve) => setTimeout(resolve, ${ms}))
describe('a group', () => {
  test('of some', sleep)
  test('that fails', async () => { await sleep(); throw new Error('too late') })
  test('in no time', () => {})
})
test('alone', sleep)
`

const lastLine = (outcome: Outcome): string | undefined => outcome.output.trimEnd().split('\n').at(-1)
const runOf = (folder: string): string =>
  `(cd ${folder} && vitest run --root . 2>&1) | sed "s/^/@tstrace\\/${folder}:test: /"`

test('the last line sums the tests of all runs', async () => {
  const outcome = await ci(`${runOf('a')} && ${runOf('b')}`, {
    'a/one.test.ts': passing,
    'b/one.test.ts': passing,
  })
  expect(lastLine(outcome)).toBe('4 passed, 0 failed')
  expect(outcome.status).toBe(0)
})

test('a failing test fails the run and is counted', async () => {
  const outcome = await ci(`set -o pipefail; ${runOf('a')}`, {
    'a/one.test.ts': passing,
    'a/two.test.ts': failing,
  })
  expect(lastLine(outcome)).toBe('2 passed, 1 failed')
  expect(outcome.status).toBe(1)
})

test('a failure outside the tests fails the run too', async () => {
  const outcome = await ci('echo "error TS2322"; exit 2')
  expect(lastLine(outcome)).toBe('0 passed, 1 failed')
  expect(outcome.status).toBe(2)
})

test('the slowest ten tests are named, the slowest first, and the folders that take most', async () => {
  const files = [400, 500, 600, 700].map((ms): [string, string] => [`a/after-${ms}.test.ts`, sleeping(ms)])
  const { output } = await ci(runOf('a'), Object.fromEntries(files))
  const [, listed = ''] = output.split('\nThe slowest tests:\n')
  const rows = listed.split('\n').slice(0, -2)
  expect(rows).toHaveLength(10)
  for (const row of rows)
    expect(row).toMatch(/^ +\d+\.\d s {2}after-\d00\.test\.ts > (a group > (of some|that fails)|alone)$/)
  expect(rows.join('\n')).toContain('a group > that fails')
  const seconds = rows.map((row) => Number.parseFloat(row))
  expect(seconds).toEqual(seconds.toSorted((a, b) => b - a))
  expect(listed).not.toContain('in no time')
  expect(output).toMatch(
    /\nThe folders of tests that take most:\n +[1-9]\d*\.\d s {2}@tstrace\/a \.\n\nThe slowest/,
  )
})

test('a run that was stopped halfway has failed', async () => {
  const stopped = await ci('echo " Tasks:    30 successful, 31 total"')
  expect(lastLine(stopped)).toBe('0 passed, 1 failed')
  expect(stopped.status).toBe(1)
  const complete = await ci('echo " Tasks:    31 successful, 31 total"')
  expect(complete.status).toBe(0)
})
