import type { RawMap } from '@tstrace/instrument/maps'
import type { IstanbulInstrumenter, Vitest } from './vitest-versions.ts'

/** What Istanbul made of a module. */
interface Covered {
  readonly code: string
  /** From there to the sources. */
  readonly map: RawMap | undefined
  /** How often it was asked. */
  times: number
}

/**
 * Where code with Istanbul's counters comes from. Its provider in Vitest 3 and 4 asks Istanbul twice, gives the code of the
 * first answer and the map of the second, and its maps of components are off by some lines for that.
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
  take(id: string, code: string): RawMap | undefined {
    const covered = this.#covered.get(id)
    this.#covered.delete(id)
    return covered && covered.times > 1 && covered.code === code ? covered.map : undefined
  }

  #watch(instrumenter: IstanbulInstrumenter): void {
    this.#watched = instrumenter
    const { instrumentSync } = instrumenter
    instrumenter.instrumentSync = (code, id, map) => {
      const made = instrumentSync?.call(instrumenter, code, id, map) ?? code
      if (!this.#covered.has(id)) return made
      const known = this.#covered.get(id)
      if (known) known.times++
      else this.#covered.set(id, { code: made, map: instrumenter.lastSourceMap?.(), times: 1 })
      return made
    }
  }
}
