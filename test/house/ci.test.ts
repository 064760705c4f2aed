import { chmodSync, cpSync, mkdirSync } from 'node:fs'
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
  mkdirSync(join(tree, '.ci'))
  cpSync(join(root, '.ci/run'), join(tree, '.ci/run'))
  chmodSync(join(tree, 'bin/npm'), 0o755)
  const path = [join(tree, 'bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  return await runCommand('bash', ['.ci/run'], { cwd: tree, env: { PATH: path } })
}

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
