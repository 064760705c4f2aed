/*
 * What makes code count, and decides of what: a file of its own beside the transformer, since most runs find all that it
 * would make in Jest's cache.
 */
import { startParser } from '@tstrace/instrument'

export { outsideSentence, tracedFilesOf, untouchedBecause } from '@tstrace/core/adapter'
export { hasLoadedReactCompiler, instrument, instrumentCompiled, readsText } from '@tstrace/instrument'

// What a test replaces must not meet what the parser loads later.
startParser('json')
