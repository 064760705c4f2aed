import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rowsOf } from '../matrix.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)

/** The oldest of each supported line, and the newest line; the other tests run on Node 24. */
const NODES = ['node-20', 'node-22', 'node-26'] as const

/** Each is the `node` of a workspace of its own, so that the `node` of our scripts stays the one at the root. */
function packageOf(name: string): string {
  return createRequire(new URL(`../../../runners/${name}/`, import.meta.url)).resolve('node/package.json')
}

/** Vitest 5 needs Node 22.12. */
const ROWS = rowsOf({ name: NODES, major: MAJORS }, 1, ({ major, name }) => name !== 'node-20' || major < 5)

test.each(ROWS)('$name counts the same in Vitest $major', async ({ major, name }) => {
  const folder = packageOf(name)
  const project = vitestProject(major, FIXTURE)
  const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'], {
    node: join(folder, '../bin/node'),
    env: { TSTRACE: '--trackcalls' },
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toContain('    6    83%   src.recurse   (src/recurse.ts)\n')
  expect(stdout).toContain('\n    src.recurse.recurse -> src.recurse.recurse\n')
  expect(project.read('coverage/tstrace/src/recurse.cover')).toMatch(
    /^ {4}1: .*\n {4}3: .*\n {4}3: .*\n {4}2: /,
  )
})

test('each of them is the Node it says', async () => {
  for (const name of NODES) {
    const { version } = createRequire(import.meta.url)(packageOf(name)) as { version: string }
    expect(`node-${version}`.startsWith(name)).toBe(true)
  }
})
