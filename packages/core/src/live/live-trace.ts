import { sourceLines } from '../report/cover-listing.ts'
import { printable } from '../report/printable.ts'
import type { LiveFile } from '../runtime/state.ts'
import { withoutMark } from '../source-file/byte-order-mark.ts'

export interface LiveTraceOptions {
  /** Text of a source by its path from the root; may throw where it cannot be had. */
  readonly source: (path: string) => string
  /** Takes lines, each with its end. */
  readonly write: (text: string) => void
  /** Seconds to put in front of each line. */
  readonly seconds?: (() => number) | undefined
}

/**
 * Shows a program while it runs, as Python's `--trace` does: ` --- modulename: …, funcname: …` where a function is
 * entered or goes on, and `FILE(LINE): SOURCE` before a line runs.
 *
 * @returns what `RuntimeState.live` is to be
 */
export function liveTrace({ seconds, source, write }: LiveTraceOptions): (path: string) => LiveFile {
  return (path) => {
    const file = path.slice(path.lastIndexOf('/') + 1)
    const module = moduleOf(path)
    const lines = sourceLines(textOf(source, path)).map((text, index) => `${file}(${index + 1}): ${text}\n`)
    const lineAt = (line: number): string => lines[line - 1] ?? `${file}(${line}): \n`
    return {
      line: seconds
        ? (line) => write(`${seconds().toFixed(2)} ${lineAt(line)}`)
        : (line) => write(lineAt(line)),
      enter: (name) => write(` --- modulename: ${module}, funcname: ${printable(name)}\n`),
    }
  }
}

/** What cannot be read is shown without its text: this runs in the middle of somebody's program. */
function textOf(source: LiveTraceOptions['source'], path: string): string {
  try {
    return withoutMark(source(path))
  } catch {
    return ''
  }
}

/** `src/recurse.ts` is `src.recurse`, as in the lists. */
function moduleOf(path: string): string {
  const dotted = path
    .replace(/\.[^./]+$/, '')
    .replaceAll('/', '.')
    .replace(/^\.+/, '')
  return printable(dotted || path)
}
