import type { Recording } from '@tstrace/results/recording'
import { type TestFile, testFileKey, testFilesOf } from './test-file.ts'

/** A recording, and what it is called in messages. */
export interface NamedRecording {
  readonly name: string
  /** Absolute path of its file. */
  readonly path: string
  readonly recording: Recording
}

/** A recording with the test files of which it says most recently what they ran. */
export interface EvidencePart extends NamedRecording {
  /** By key. */
  readonly testFiles: ReadonlyMap<string, TestFile>
  /** Keys of those with a test that failed, or did not end. */
  readonly failed: ReadonlySet<string>
}

/** What recordings of earlier runs say of test files: of each the latest run in which it was. */
export interface Evidence {
  /** The latest one first. */
  readonly parts: readonly EvidencePart[]
  /** Why there is nothing in `parts` of some recordings, one sentence each. */
  readonly refused: readonly string[]
}

/** @param recordings in any order; of a test file that is in several, the one whose runs began last counts */
export function evidenceOf(recordings: readonly NamedRecording[]): Evidence {
  const known = new Set<string>()
  const whole = recordings.filter(({ recording }) => partOf(recording) === undefined)
  const latestFirst = whole.toSorted((a, b) => (startOf(b) > startOf(a) ? 1 : -1))
  return {
    refused: recordings.flatMap(({ name, recording }) => {
      const part = partOf(recording)
      return part === undefined ? [] : [`${name} is no evidence: ${part}`]
    }),
    parts: latestFirst.map((named) => {
      const testFiles = new Map<string, TestFile>()
      const failed = new Set<string>()
      for (const context of named.recording.contexts()) {
        for (const one of testFilesOf(context)) {
          const { file, project } = one
          const key = testFileKey(one)
          if (known.has(key)) continue
          testFiles.set(key, { file, project })
          if ('state' in one && (one.state === 'failed' || one.state === 'unfinished')) failed.add(key)
        }
      }
      for (const key of testFiles.keys()) known.add(key)
      return { ...named, testFiles, failed }
    }),
  }
}

/** Why a recording says of its test files only what a part of their tests ran; undefined where it says all. */
function partOf({ runs }: Recording): string | undefined {
  return runs.find(({ part }) => part !== undefined)?.part
}

/** When the latest run of a recording began. */
function startOf({ recording: { runs } }: NamedRecording): string {
  return runs.reduce((latest, { started }) => (started > latest ? started : latest), '')
}
