import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('../jest-recurse/fixtures/', import.meta.url)

/** The oldest of each supported line, and the newest line: Jest requires our modules, which each of them must allow. */
const NODES = ['node-20', 'node-22', 'node-26'] as const

const ROWS = rowsOf({ name: NODES, major: JEST_MAJORS }, 1)

test.each(ROWS)('$name counts the same in Jest $major', async ({ major, name }) => {
  const folder = createRequire(new URL(`../../../runners/${name}/`, import.meta.url)).resolve(
    'node/package.json',
  )
  const project = jestProject(major, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', 'tstrace/jest'],
    maxWorkers: 2,
    workerIdleMemoryLimit: '4GB',
  })
  const { status, stderr } = await project.jest([], {
    node: join(folder, '../bin/node'),
    env: { TSTRACE: '--trackcalls' },
  })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('Warning')
  expect(stderr).toContain('    6    83%   src.recurse   (src/recurse.ts)\n')
  expect(stderr).toContain('\n    src.recurse.recurse -> src.recurse.recurse\n')
})
