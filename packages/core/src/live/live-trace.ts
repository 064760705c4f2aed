import type { LiveFile } from '@tstrace/instrument/runtime'
import { withoutMark } from '@tstrace/instrument/source-file'
import { printable, printableLines } from '@tstrace/results/printable'
import { sourceLines } from '../report/cover-listing.ts'
import { ownBuiltins } from './own-builtins.ts'

export interface LiveTraceOptions {
  /** Text of a source by its path from the root; may throw where it cannot be had. */
  readonly source: (path: string) => string
  /** Takes lines, each with its end. */
  readonly write: (text: string) => void
  /** Seconds to put in front of each line. */
  readonly seconds?: (() => number) | undefined
}

interface ShownFile {
  readonly file: string
  readonly module: string
  readonly lines: readonly string[]
}

/** Taken before the program can replace them. */
const { apply } = Reflect
const { toFixed } = Number.prototype

/**
 * Shows a program while it runs, as Python's `--trace` does: ` --- modulename: …, funcname: …` where a function is
 * entered or goes on, and `FILE(LINE): SOURCE` before a line runs.
 *
 * @returns what `RuntimeState.live` is to be
 */
export function liveTrace({ seconds, source, write }: LiveTraceOptions): (path: string) => LiveFile {
  const own = ownBuiltins()
  return (path) => {
    const { file, module, lines } = own(() => shownOf(path, source))
    const lineAt = (line: number): string => lines[line - 1] ?? `${file}(${line}): \n`
    return {
      line: seconds
        ? (line) => write(`${apply(toFixed, seconds(), [2])} ${lineAt(line)}`)
        : (line) => write(lineAt(line)),
      enter: (name) =>
        write(
          ` --- modulename: ${module}, funcname: ${isPrintable(name) ? name : own(() => printable(name))}\n`,
        ),
    }
  }
}

function shownOf(path: string, source: LiveTraceOptions['source']): ShownFile {
  const file = printable(path.slice(path.lastIndexOf('/') + 1))
  const lines = sourceLines(textOf(source, path)).map((text, index) =>
    printableLines(`${file}(${index + 1}): ${text}\n`),
  )
  return { file, module: moduleOf(path), lines }
}

/** Whether nothing in a name has to be escaped; without a method that the program may have replaced. */
function isPrintable(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const character = name[at] as string
    if (character < ' ' || character > '~' || character === '#') return false
  }
  return true
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
