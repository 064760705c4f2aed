import { sentenceOf, TstraceError } from '../errors.ts'
import type { OutputFile } from '../files/output-file.ts'
import { recordsText } from './accumulate.ts'
import { contextsOf } from './counts-contexts.ts'
import { CountsLines } from './counts-lines.ts'
import type { CountsData } from './read-counts-file.ts'
import { packText } from './recorded-texts.ts'
import { RECORDING } from './recording-name.ts'

/** A recording before it is written. */
export interface RecordingFile {
  readonly files: readonly OutputFile[]
  /** One sentence for each thing that is not in it; complete when the file has been written. */
  readonly problems: readonly string[]
}

/**
 * The recording of some counts.
 *
 * @param source gives the text of a source by path and hash; undefined for one that is not to be had
 */
export function recordingFile(
  data: CountsData,
  source: (path: string, hash: string) => string | undefined,
): RecordingFile {
  const lines = new CountsLines()
  try {
    // Whatever is wrong with a run is said here; who writes the file writes others beside it.
    const head = [...lines.head(data.head, contextsOf(data.counted))]
    const textOf: CountsData['textOf'] = (version) => {
      const text = source(version.path, version.hash)
      return text === undefined ? data.textOf?.(version) : packText(text)
    }
    const text = (function* (): Generator<string, void> {
      yield* head
      yield* recordsText({ ...data, textOf }, lines)
    })()
    return { files: [{ path: RECORDING, text }], problems: lines.leftOut }
  } catch (error) {
    if (error instanceof TstraceError) return { files: [], problems: [sentenceOf(error)] }
    throw error
  }
}
