import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAJORS, type Major, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)

/** The oldest of each supported line, and the newest line; the other tests run on Node 24. */
const NODES = ['node20', 'node22', 'node26'] as const

/** Vitest 5 needs Node 22.12. */
const CELLS = NODES.flatMap((name) =>
  MAJORS.filter((major) => name !== 'node20' || major < 5).map((major): [string, Major] => [name, major]),
)

test.each(CELLS)('%s counts the same in Vitest %i', async (name, major) => {
  const folder = createRequire(import.meta.url).resolve(`${name}/package.json`)
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
    const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
    expect(`node${version}`.startsWith(name)).toBe(true)
  }
})
