import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSource } from '@tstrace/results/files'
import { codePointOrder } from '@tstrace/results/internal'
import { writeFilesSync } from '@tstrace/results/writing'
import type { Selection } from './select-tests.ts'
import { type TestFile, testFileKey } from './test-file.ts'

/** A line of it for each run that had everything run and said what it would have left out; each is JSON. */
const LOG = 'select-shadow.jsonl'

/** How a run would have ended if it had been of what was selected alone. */
interface ShadowRun {
  /** When it ended, in UTC. */
  readonly at: string
  readonly since: string
  readonly testFiles: number
  readonly skipped: number
  readonly failed: number
  /** Test files that failed, and would have been left out. */
  readonly missed: readonly string[]
}

export interface Shadow {
  readonly selection: Selection
  /** Test files in which something failed. */
  readonly failed: readonly TestFile[]
  readonly since: string
}

/**
 * Notes what a run would have left out.
 *
 * @param folder absolute path of the folder of reports
 * @returns what is to be said of it, and of all runs until now
 * @throws as `writeFilesSync`
 */
export function noteShadow(folder: string, { failed, selection, since }: Shadow): string[] {
  const skipped = new Set(selection.skipped.map(testFileKey))
  const missed = failed.filter((testFile) => skipped.has(testFileKey(testFile))).map(({ file }) => file)
  const run: ShadowRun = {
    at: new Date().toISOString(),
    since,
    testFiles: skipped.size + selection.selected.length,
    skipped: skipped.size,
    failed: failed.length,
    missed: missed.sort(codePointOrder),
  }
  const path = join(folder, LOG)
  const before = existsSync(path) ? readSource(path) : ''
  const log = `${before}${JSON.stringify(run)}\n`
  writeFilesSync(folder, [{ path: LOG, text: log }])
  return [saidOf(run), ...saidOfAll(runsIn(log))]
}

function saidOf({ missed, skipped, testFiles }: ShadowRun): string {
  if (testFiles === 0) return 'The selection would have left out nothing: everything had to run.'
  const left = `The selection would have left out ${skipped} of ${testFiles} test files`
  if (missed.length === 0) return `${left}; none of them failed.`
  return `${left}; of these failed ${missed.join(', ')}. Please tell us: that is a fault of tstrace.`
}

function saidOfAll(runs: readonly ShadowRun[]): string[] {
  if (runs.length < 2) return []
  const sum = (of: (run: ShadowRun) => number): number => runs.reduce((all, run) => all + of(run), 0)
  const [skipped, testFiles] = [sum((run) => run.skipped), sum((run) => run.testFiles)]
  const missed = sum((run) => run.missed.length)
  return [
    `In ${runs.length} runs it would have left out ${skipped} of ${testFiles} test files, of which ${missed} failed.`,
  ]
}

/** Lines that nobody can read are none of ours. */
function runsIn(log: string): ShadowRun[] {
  return log.split('\n').flatMap((line): ShadowRun[] => {
    try {
      const run = JSON.parse(line) as Partial<ShadowRun> | null
      return run && Array.isArray(run.missed) && typeof run.skipped === 'number' ? [run as ShadowRun] : []
    } catch {
      return []
    }
  })
}
