import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import type * as Core from '@tstrace/core/adapter'
import type * as Instrument from '@tstrace/instrument'

const require = createRequire(import.meta.url)

/** Core, loaded with the first file that no cache of Jest's has: most runs need none of it. */
export function core(): typeof Core {
  return require('@tstrace/core/adapter')
}

function instrumenter(): typeof Instrument {
  return require('@tstrace/instrument')
}

/**
 * The parser starts a timer, and a timer keeps the context it was started in: that of the running test, when a test
 * imports the file, and with it all that the test file has loaded.
 */
const outsideOfTests = AsyncLocalStorage.snapshot()

/** `instrument`, loaded the same way, and away from whatever runs. */
export const instrument: typeof Instrument.instrument = (source, options) =>
  outsideOfTests(() => instrumenter().instrument(source, options))

/** `instrumentCompiled`, the same way. */
export const instrumentCompiled: typeof Instrument.instrumentCompiled = (input) =>
  outsideOfTests(() => instrumenter().instrumentCompiled(input))
