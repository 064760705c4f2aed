import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REPOSITORY } from '../install.ts'

/** What `npm test` prints in an example, and the listing it writes. */
function run(name: string, listing: string): { printed: string; listing: string } {
  const folder = join(REPOSITORY, 'examples', name)
  const { status, stderr } = spawnSync('npm', ['test'], { cwd: folder, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return { printed: stderr, listing: readFileSync(join(folder, 'coverage/tstrace', listing), 'utf8') }
}

test('jest-basic prints and writes what the guide shows', () => {
  const { printed, listing } = run('jest-basic', 'src/recurse.cover')
  const guide = readFileSync(join(REPOSITORY, 'docs/guides/jest.md'), 'utf8')
  const [summary = '', shown = ''] = [...guide.matchAll(/^```text\n(.*?)^```$/gms)].map(
    ([, screen]) => screen,
  )
  expect(printed).toContain(summary)
  expect(listing.replaceAll(/ +$/gm, '')).toContain(shown)
})

test('jest-ts-esm counts TypeScript in modules of the engine, its types checked', () => {
  const { printed, listing } = run('jest-ts-esm', 'src/queue.cover')
  expect(listing).toContain('    3:     while (this.#items.length > 0) {')
  expect(printed).toContain(
    '    test.queue.test.test("gives back what was added") -> src.queue.Queue.drain\n',
  )
})
