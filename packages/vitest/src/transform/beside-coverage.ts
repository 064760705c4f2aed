import type { TstraceOptions } from '@tstrace/core'
import type { Compiler } from '@tstrace/instrument'
import { type Language, sourceKind } from '@tstrace/instrument/source-file'
import type { ViteServer, Vitest } from '../vitest-versions.ts'

/**
 * Which files are printed anew behind us, by a compiler, and which keep their text but for some edits: coverage needs a map of
 * another kind for each. That is seen only in what comes out; until then a file is taken for what the last one of its language was.
 */
export class PrintedFiles {
  readonly #printer: Compiler
  readonly #last = new Map<Language, boolean>()

  constructor({ config }: ViteServer) {
    this.#printer = config.oxc === undefined ? 'esbuild' : 'oxc'
  }

  /** What a file (by its path) is taken for; Vite leaves alone what is JavaScript by its name. */
  isSupposed(path: string): boolean {
    const language = languageOf(path)
    return this.#last.get(language) ?? language !== 'js'
  }

  /** Whose map comes behind ours. */
  compiler(isPrinted: boolean): Compiler {
    return isPrinted ? this.#printer : 'none'
  }

  /** Looks at what became of the code of a file. */
  look(path: string, code: string, result: string): boolean {
    const isPrinted = !result.includes(lastLine(code))
    this.#last.set(languageOf(path), isPrinted)
    return isPrinted
  }
}

/**
 * The last line with the break in front of it. Our helper stands there: no edit of a source touches it, and whoever prints it, with
 * blanks and without, writes it or that break otherwise.
 */
function lastLine(code: string): string {
  return code.slice(Math.max(0, code.lastIndexOf('\n')))
}

function languageOf(path: string): Language {
  return sourceKind(path)?.language ?? 'js'
}

/**
 * Whether the user's coverage has functions by the names that V8 gives them, and not by those in the source. Where calls are
 * tracked, keeping names would be seen in its branches.
 */
export function needsNames(
  { config: { coverage }, version }: Vitest,
  { trackcalls }: TstraceOptions,
): boolean {
  const isByNames = coverage?.enabled === true && coverage.provider === 'v8' && version.startsWith('3.')
  return isByNames && trackcalls !== true
}
