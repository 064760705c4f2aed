/*
 * For whoever starts traced processes: little, and loaded fast.
 */
export { blockOutput } from './block-output.ts'
export { codeCache, keepCode } from './code-cache.ts'
export { hasSynchronousHooks, stripsTypes } from './node-abilities.ts'
export { handledFile, heardFile, LEAVE, type Orders, SIGNALS, STARTED_VARIABLE } from './orders.ts'
export { readSiteTable } from './site-table-file.ts'
export { newStart, noteStarted, readUnheard } from './started-file.ts'
export { type TracedProcesses, tracedEnvironment } from './traced-environment.ts'
export { uncompiledFiles } from './uncompiled-file.ts'
export { readUnstarted } from './unstarted-file.ts'
export { readVerdicts } from './verdict-file.ts'
