import { printable } from '@tstrace/results/printable'
import { shortenedPath } from '@tstrace/results/shortened-path'
import type { OutputFile } from '@tstrace/results/writing'

/** How long nothing is said, and then how often something, in milliseconds. */
const SILENCE = 1000
const PAUSE = 100

const CLEAR_LINE = '\r\u001b[K'

/** Says how far something is. */
export interface ProgressLine {
  /** So many bytes of counts have been read. */
  readonly bytes: (count: number) => void
  /** The same files, of which it is said when they are written. */
  readonly watched: (files: readonly OutputFile[]) => OutputFile[]
  readonly clear: () => void
}

/** One line on a terminal that says how far something is; nothing anywhere else, nor of what is soon over. */
export function progressLine(stream: Pick<NodeJS.WriteStream, 'columns' | 'isTTY' | 'write'>): ProgressLine {
  // Nobody else needs the clock, with which Node loads more than that.
  let next = stream.isTTY ? performance.now() + SILENCE : 0
  let isShown = false
  const say: Say = (text) => {
    if (!stream.isTTY || performance.now() < next) return
    next = performance.now() + PAUSE
    isShown = true
    stream.write(`${CLEAR_LINE}${shortenedPath(`tstrace: ${text()}`, (stream.columns || 80) - 1)}`)
  }
  return {
    bytes: (count) => say(() => `${megabytes(count)} of counts read`),
    watched: (files) => files.map((file, at) => watchedFile(file, `${at + 1} of ${files.length} files`, say)),
    clear() {
      if (isShown) stream.write(CLEAR_LINE)
      isShown = false
    },
  }
}

type Say = (text: () => string) => void

function watchedFile(file: OutputFile, which: string, say: Say): OutputFile {
  const { listingOf, path } = file
  const told = (length: number): void => {
    say(() => `writing ${which}, ${printable(path)}${length > 0 ? `, ${megabytes(length)}` : ''}`)
  }
  return {
    path,
    ...(listingOf !== undefined && { listingOf }),
    get text() {
      told(0)
      const { text } = file
      return typeof text === 'string' ? text : pieces(text, told)
    },
  }
}

function* pieces(
  text: Iterable<string | Uint8Array>,
  tell: (length: number) => void,
): Generator<string | Uint8Array, void> {
  let length = 0
  for (const piece of text) {
    length += piece.length
    tell(length)
    yield piece
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
