import type { RawMap } from '@tstrace/instrument/maps'
import type { IstanbulInstrumenter, Vitest } from '../vitest-versions.ts'

/** What Istanbul made of a module. */
interface Covered {
  /** What it was made of. */
  readonly given: string
  readonly code: string
  /** From there to the sources. */
  readonly map: RawMap | undefined
}

/**
 * What Istanbul is given, and where code with its counters comes from. In Vitest 3 its provider gives a map to the sources where one
 * to the compiled code belongs, so that the compiler's is applied twice; in Vitest 4 the code of one answer of Istanbul's with the
 * map of another, which is some lines longer.
 */
export class IstanbulMaps {
  readonly #vitest: Pick<Vitest, 'coverageProvider'>
  /** By id of the module; undefined until Istanbul has answered. */
  readonly #covered = new Map<string, Covered | undefined>()
  #watched: IstanbulInstrumenter | undefined

  constructor(vitest: Pick<Vitest, 'coverageProvider'>) {
    this.#vitest = vitest
  }

  /** Keeps what Istanbul is about to say of a module until that is taken. */
  expect(id: string): void {
    const instrumenter = this.#vitest.coverageProvider?.instrumenter
    if (!instrumenter?.instrumentSync) return
    if (this.#watched !== instrumenter) this.#watch(instrumenter)
    this.#covered.set(id, undefined)
  }

  /** The map of a code, where the one that came with it is not its own. */
  takeMap(id: string, code: string): RawMap | undefined {
    const covered = this.#take(id)
    // Who keeps the maps of compilers does not give them to Istanbul.
    if (!covered || this.#vitest.coverageProvider?.inputSourceMaps) return undefined
    return isSameButImports(covered.code, code) ? covered.map : undefined
  }

  /** The code that Istanbul was given of a module; undefined where it does not cover that. */
  takeGiven(id: string): string | undefined {
    return this.#take(id)?.given
  }

  #take(id: string): Covered | undefined {
    const covered = this.#covered.get(id)
    this.#covered.delete(id)
    return covered
  }

  #watch(instrumenter: IstanbulInstrumenter): void {
    this.#watched = instrumenter
    const { instrumentSync } = instrumenter
    instrumenter.instrumentSync = (code, id, map) => {
      const made = instrumentSync?.call(instrumenter, code, id, map) ?? code
      // The first answer is the one whose code runs.
      if (this.#covered.has(id) && !this.#covered.get(id))
        this.#covered.set(id, { given: code, code: made, map: instrumenter.lastSourceMap?.() })
      return made
    }
  }
}

/** Vite resolves what a module imports afterwards, each on its line. */
function isSameButImports(before: string, after: string): boolean {
  const [lines, others] = [before.split('\n'), after.split('\n')]
  const isSame = (line: string, i: number): boolean =>
    line === others[i] || /\b(?:import|export)\b/.test(line)
  return lines.length === others.length && lines.every(isSame)
}
