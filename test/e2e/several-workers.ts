import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** How many test files `writeSeveral` writes. */
export const SEVERAL = 7

/**
 * Writes test files into the folder `several`, each with a call of `slow` and the assertion that files of earlier workers
 * are gone from the temporary folder, up to two whose workers may be ending just now.
 *
 * @returns the environment in which they have a temporary folder of their own
 */
export function writeSeveral(
  project: { readonly folder: string; write(path: string, text: string): void },
  runner: string,
): { readonly TMPDIR: string } {
  for (let number = 0; number < SEVERAL; number++)
    project.write(
      `several/${number}.test.ts`,
      `import { readdirSync } from 'node:fs'
import { expect, test } from '${runner}'
import { slow } from '../src/slow.ts'

test('files of workers that are done are taken while the run goes on', () => {
  slow()
  const left = readdirSync(process.env.TMPDIR ?? '', { recursive: true, encoding: 'utf8' })
  expect(left.filter((path) => path.endsWith('.open')).length).toBeGreaterThan(0)
  expect(left.filter((path) => path.endsWith('.done')).length).toBeLessThan(3)
})
`,
    )
  const TMPDIR = join(project.folder, '..', 'temporary')
  mkdirSync(TMPDIR)
  return { TMPDIR }
}
