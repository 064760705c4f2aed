import { existsSync } from 'node:fs'
import { TstraceError } from '../errors.ts'
import { cannotWrite } from '../files/file-errors.ts'
import { withLock } from '../files/lock-file.ts'
import { obstacleTo } from '../files/obstacle-to.ts'
import { replaceFile } from '../files/replace-file.ts'
import { resolveTarget } from '../files/resolve-target.ts'
import { printable } from '../printable.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { compressedPieces } from './compression.ts'
import { contextsOf } from './counts-contexts.ts'
import { byPath, CountsLines, type PathCounts } from './counts-lines.ts'
import { type CountsData, readCountsFile } from './read-counts-file.ts'
import { type CountsHeader, isSameProject, type RunRecord } from './run-record.ts'
import { sumLabelled } from './sum-labelled.ts'

/** A run that is to be added to a counts file. */
export interface CountedRun {
  readonly project: CountsHeader
  readonly run: RunRecord
  readonly results: CoverageResults
}

/** What came of adding a run. */
export interface Accumulated {
  /** The sum of all runs in the file. */
  readonly results: CoverageResults
  /** The same, as the file has it. */
  readonly data: CountsData
  /** One sentence for each source that could not be written. */
  readonly leftOut: readonly string[]
}

/**
 * Adds a run to a counts file; without one, makes it. Runs that do so at the same time wait for each other.
 *
 * @throws TstraceError when the file cannot be read, is of another project, or cannot be written. It is left as it was
 * then; the run is in a file of its own beside it where that can be written, and the message says so.
 */
export function accumulate(counted: CountedRun, file: string): Accumulated {
  try {
    const target = resolveTarget(file)
    // What cannot be written need not be read.
    const obstacle = obstacleTo(target, 'file')
    if (obstacle) throw obstacle
    return withLock(target, () => addTo(target, counted))
  } catch (error) {
    throw withRescue(error, counted, file)
  }
}

function addTo(file: string, { project, results, run }: CountedRun): Accumulated {
  const earlier = existsSync(file) ? readCountsFile(file) : undefined
  if (earlier) refuseForeign(earlier, project, file)
  const counted = new Map(earlier?.counted)
  const own = counted.get(run.label)
  if (own) own.update(results)
  else counted.set(run.label, results)
  const head = { ...project, runs: [...(earlier?.head.runs ?? []), run] }
  const data = { ...earlier, head, counted }
  return { results: sumLabelled(counted), data, leftOut: writeCountsFile(file, data) }
}

/**
 * Replaces a counts file, or makes it. Whoever writes the same one at the same time must wait: `withLock`.
 *
 * @returns one sentence for each source that a counts file cannot hold, and that is not in it
 * @throws TstraceError `TST_CANNOT_WRITE`, `TST_COUNTS_COMPRESSION` or `TST_COUNTS_TOO_LARGE`
 */
export function writeCountsFile(file: string, data: CountsData): readonly string[] {
  const lines = new CountsLines()
  const pieces = compressedPieces(file, countsText(data, lines))
  try {
    replaceFile(file, pieces, `${file}.tstrace-tmp`)
  } catch (error) {
    throw cannotWrite(file, error)
  }
  return lines.leftOut
}

/** The text of a counts file, in pieces. */
export function* countsText(
  data: CountsData,
  lines: CountsLines = new CountsLines(),
): Generator<string, void> {
  yield* lines.head(data.head, contextsOf(data.counted))
  yield* recordsText(data, lines)
}

/** What stands behind the head of a counts file, in pieces. */
export function* recordsText({ counted, textOf }: CountsData, lines: CountsLines): Generator<string, void> {
  const parts = byPath(counted)
  for (const [at, part] of parts.entries()) {
    if (textOf && parts[at - 1]?.path !== part.path)
      yield* lines.texts(part.path, hashesFrom(parts, at), textOf)
    yield* lines.records(part)
  }
  yield lines.end()
}

/** Of all texts of the path of a part, whatever their labels. */
function hashesFrom(parts: readonly PathCounts[], first: number): Set<string> {
  const hashes = new Set<string>()
  for (let at = first; parts[at]?.path === parts[first]?.path; at++)
    for (const { hash } of parts[at]?.sources ?? []) hashes.add(hash)
  return hashes
}

function refuseForeign({ head }: CountsData, { base, project }: CountsHeader, file: string): void {
  if (head.base === base && isSameProject(head.project, project)) return
  const places = [head, { base, project }].map((place) => JSON.stringify(`${place.project}:${place.base}`))
  const message = `${file} holds counts of ${places[0]} (project:folder), this run is of ${places[1]}.`
  throw new TstraceError(
    'TST_COUNTS_PROJECT',
    `${message} Give each its own file; \`tstrace merge\` adds them up.`,
  )
}

/** What a run has counted must not be lost with the file it should have been added to. */
function withRescue(error: unknown, { project, results, run }: CountedRun, file: string): unknown {
  if (!(error instanceof TstraceError)) return error
  const rescue = `${file.replace(/(\.counts)?(\.gz|\.zst)?$/, '')}.${run.id.slice(0, 8)}.counts`
  try {
    writeCountsFile(rescue, { head: { ...project, runs: [run] }, counted: new Map([[run.label, results]]) })
  } catch {
    error.message += ' The counts of this run are lost.'
    return error
  }
  error.message += ` The counts of this run are in ${printable(rescue)}.`
  return error
}
