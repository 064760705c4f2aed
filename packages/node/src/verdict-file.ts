import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFilter, Verdict } from '@tstrace/core/program'
import { writeUnseen } from './write-unseen.ts'

/** One line of JSON for each verdict; all processes and threads of a run append to it. */
const VERDICTS_FILE = 'verdicts'

/** A filter whose verdicts are left in the folder of a run, each once. */
export function notedFilter(filter: SourceFilter, folder: string): SourceFilter {
  const noted = new Set<string>()
  return (path) => {
    const verdict = filter(path)
    if (!noted.has(path)) note(folder, [path, verdict])
    noted.add(path)
    return verdict
  }
}

function note(folder: string, entry: readonly [string, Verdict]): void {
  try {
    writeUnseen(join(folder, VERDICTS_FILE), `${JSON.stringify(entry)}\n`, 'a')
  } catch {
    // The run has ended, and nobody reads it any more.
  }
}

/** The verdicts in the folder of a run, by absolute path. */
export function readVerdicts(folder: string): Map<string, Verdict> {
  const file = join(folder, VERDICTS_FILE)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return new Map(lines.filter(Boolean).map((line) => JSON.parse(line) as [string, Verdict]))
}
