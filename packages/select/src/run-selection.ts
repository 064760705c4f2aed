import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { readSource } from '@tstrace/results/files'
import { KEPT_RECORDINGS, RECORDING, readRecording } from '@tstrace/results/recording'
import { writeFilesSync } from '@tstrace/results/writing'
import picomatch from 'picomatch'
import { changeSince } from './change.ts'
import { type Evidence, evidenceOf, type NamedRecording } from './evidence.ts'
import { ownFiles } from './own-files.ts'
import { type Selection, selectTests } from './select-tests.ts'
import type { TestFile } from './test-file.ts'

/** A run that is to be of fewer test files, or in another order. */
export interface SelectingRun {
  /** Absolute path of the project. */
  readonly root: string
  /** Absolute path of the folder of its reports. */
  readonly folder: string
  /** As for `changeSince`. */
  readonly since: string
  /** Globs of files that no test has to do with. */
  readonly unrelated: readonly string[]
  /** Names of projects whose test files share modules. */
  readonly sharing: readonly string[]
}

/**
 * Which of the test files that are to run a change needs, by the recordings in the output folder. That of the last run is kept
 * there beside those before it: this run will replace it, and may be of few test files.
 *
 * @throws TstraceError what `readRecording` and `writeFilesSync` throw
 */
export function selectForRun(
  { folder, root, sharing, since, unrelated }: SelectingRun,
  testFiles: readonly TestFile[],
): Selection {
  const evidence = evidenceOf(recordingsIn(folder, root))
  keepEvidence(evidence, folder)
  return selectTests({
    evidence,
    change: changeSince(root, since),
    node: process.versions.node,
    isUnrelated: unrelatedBy(root, unrelated, [folder]),
    sharing,
    testFiles,
  })
}

/**
 * Says of a path from the root whether no test has to do with it: what is named, and what tstrace has written, in the
 * folders given and wherever else.
 *
 * @param folders absolute paths of folders that tstrace writes into
 */
export function unrelatedBy(
  root: string,
  globs: readonly string[],
  folders: readonly string[],
): (path: string) => boolean {
  const isNamed = picomatch([...globs], { dot: true })
  const own = folders.map((folder) => pathFromRoot(root, folder)).filter((path) => path !== '')
  const isOwn = ownFiles(root)
  return (path) => isNamed(path) || own.some((folder) => path.startsWith(`${folder}/`)) || isOwn(path)
}

/**
 * Recordings of earlier runs that were kept beside that of the last one.
 *
 * @param recording absolute path of that
 * @returns absolute paths
 */
export function recordingsBeside(recording: string): string[] {
  const kept = join(dirname(recording), KEPT_RECORDINGS)
  const names = existsSync(kept) ? readdirSync(kept) : []
  return names.filter((name) => name.endsWith('.counts')).map((name) => join(kept, name))
}

function recordingsIn(folder: string, root: string): NamedRecording[] {
  const latest = join(folder, RECORDING)
  const paths = [...(existsSync(latest) ? [latest] : []), ...recordingsBeside(latest)]
  const known = new Set<string>()
  return paths.flatMap((path) => {
    const recording = readRecording(path, { root })
    const runs = recording.runs.map(({ id }) => id).join(' ')
    if (known.has(runs)) return []
    known.add(runs)
    return [{ name: pathFromRoot(root, path), path, recording }]
  })
}

/** Keeps the last run's, and lets go of those of which every test file has run since. */
function keepEvidence({ parts }: Evidence, folder: string): void {
  const latest = join(folder, RECORDING)
  for (const { path, recording, testFiles } of parts) {
    if (testFiles.size === 0 && path !== latest) rmSync(path, { force: true })
    if (testFiles.size === 0 || path !== latest) continue
    const kept = `${KEPT_RECORDINGS}/${recording.runs[0]?.id}.counts`
    writeFilesSync(folder, [{ path: kept, text: readSource(latest) }])
  }
}
