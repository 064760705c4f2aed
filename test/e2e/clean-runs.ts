import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MAJORS } from './vitest-project.ts'

/** Removes what the last test run left behind; what this one leaves can be looked at. */
export default function cleanRuns(): void {
  for (const major of MAJORS) {
    const runs = fileURLToPath(new URL(`../../runners/vitest-${major}/runs`, import.meta.url))
    rmSync(runs, { recursive: true, force: true })
  }
}
