import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import type * as Instrumenter from './instrumenter.ts'

const require = createRequire(import.meta.url)

/**
 * What is loaded, and the timer that the parser starts, keep the context they were started in: that of the running test, when a
 * test imports the file, and with it all that the test file has loaded.
 */
const outsideOfTests = AsyncLocalStorage.snapshot()

let loaded: typeof Instrumenter | undefined

/** Core, loaded with the first file that no cache of Jest's has: most runs need none of it. */
export function core(): typeof Instrumenter {
  loaded ??= outsideOfTests(() => require('#instrumenter') as typeof Instrumenter)
  return loaded
}

/** `instrument`, loaded the same way, and away from whatever runs. */
export const instrument: typeof Instrumenter.instrument = (source, options) =>
  outsideOfTests(() => core().instrument(source, options))

/** `instrumentCompiled`, the same way. */
export const instrumentCompiled: typeof Instrumenter.instrumentCompiled = (input) =>
  outsideOfTests(() => core().instrumentCompiled(input))
