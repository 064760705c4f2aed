import type { RawMap } from '@tstrace/instrument/maps'
import type { IstanbulInstrumenter, Vitest } from '../vitest-versions.ts'

/** What Istanbul made of a module. */
interface Covered {
  readonly code: string
  /** From there to the sources. */
  readonly map: RawMap | undefined
}

/**
 * Where code with Istanbul's counters comes from. In Vitest 3 its provider gives a map to the sources where one to the compiled
 * code belongs, so that the compiler's is applied twice; in Vitest 4 the code of one answer of Istanbul's with the map of
 * another, which is some lines longer.
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
    const provider = this.#vitest.coverageProvider
    const instrumenter = provider?.instrumenter
    // Who keeps the maps of compilers does not give them to Istanbul.
    if (!instrumenter?.instrumentSync || provider?.inputSourceMaps) return
    if (this.#watched !== instrumenter) this.#watch(instrumenter)
    this.#covered.set(id, undefined)
  }

  /** The map of a code, where the one that came with it is not its own. */
  take(id: string, code: string): RawMap | undefined {
    const covered = this.#covered.get(id)
    this.#covered.delete(id)
    return covered && isSameButImports(covered.code, code) ? covered.map : undefined
  }

  #watch(instrumenter: IstanbulInstrumenter): void {
    this.#watched = instrumenter
    const { instrumentSync } = instrumenter
    instrumenter.instrumentSync = (code, id, map) => {
      const made = instrumentSync?.call(instrumenter, code, id, map) ?? code
      // The first answer is the one whose code runs.
      if (this.#covered.has(id) && !this.#covered.get(id))
        this.#covered.set(id, { code: made, map: instrumenter.lastSourceMap?.() })
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
