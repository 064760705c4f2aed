import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import type * as Core from '@tstrace/core/adapter'

const require = createRequire(import.meta.url)

/** Core, loaded with the first file that no cache of Jest's has: most runs need none of it. */
export function core(): typeof Core {
  return require('@tstrace/core/adapter')
}

/**
 * The parser starts a timer, and a timer keeps the context it was started in: that of the running test, when a test
 * imports the file, and with it all that the test file has loaded.
 */
const outsideOfTests = AsyncLocalStorage.snapshot()

/** `instrument` of core, away from whatever runs. */
export const instrument: typeof Core.instrument = (source, options) =>
  outsideOfTests(() => core().instrument(source, options))

/** `instrumentCompiled` of core, the same way. */
export const instrumentCompiled: typeof Core.instrumentCompiled = (input) =>
  outsideOfTests(() => core().instrumentCompiled(input))
