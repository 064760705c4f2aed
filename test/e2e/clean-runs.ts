import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { JEST_MAJORS } from './jest-project.ts'
import { MAJORS } from './vitest-project.ts'

/** Runs younger than this may belong to tests that are going on. */
const MINUTES = 15

/** Names this test run, and removes what earlier ones left behind; what this one leaves can be looked at. */
export default function cleanRuns(): void {
  process.env.TEST_RUN = randomUUID()
  const runners = [
    ...MAJORS.map((major) => `vitest-${major}`),
    ...JEST_MAJORS.map((major) => `jest-${major}`),
  ]
  for (const runner of runners) {
    const runs = fileURLToPath(new URL(`../../runners/${runner}/runs`, import.meta.url))
    if (!existsSync(runs)) continue
    for (const name of readdirSync(runs)) {
      const path = join(runs, name)
      // Somebody else may be cleaning, too.
      const { mtimeMs = Date.now() } = statSync(path, { throwIfNoEntry: false }) ?? {}
      if (Date.now() - mtimeMs > MINUTES * 60_000) rmSync(path, { recursive: true, force: true })
    }
  }
}
