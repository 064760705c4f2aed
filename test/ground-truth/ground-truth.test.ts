import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { NODE } from '../e2e/node.ts'
import { NEWEST, vitestProject } from '../e2e/vitest-project.ts'

const PROGRAM = fileURLToPath(new URL('./ground-truth.ts', import.meta.url))

test('a test that counts something else alone is found, and so is nothing else', async () => {
  const project = vitestProject(NEWEST, new URL('../e2e/recurse/fixtures/', import.meta.url))
  project.write(
    'src/kept.ts',
    'const kept = new Map<number, number>()\nexport function twice(value: number): number {\n  if (!kept.has(value)) {\n    kept.set(value, value * 2)\n  }\n  return kept.get(value) as number\n}\n',
  )
  project.write(
    'test/kept.test.ts',
    "import { it } from 'vitest'\nimport { twice } from '../src/kept.ts'\nit('keeps (1)', () => { twice(1) })\nit('finds', () => { twice(1) })\n",
  )
  const { status, stdout } = spawnSync(NODE, [PROGRAM, project.folder], { encoding: 'utf8' })
  expect(stdout).toContain('1. test/kept.test.ts: finds #0\n   src/kept.ts:4: 0 in the whole run, 1 alone\n')
  expect(stdout).toMatch(/\n2 tests count the same alone, 1 something else\n$/)
  expect(status).toBe(1)
})
