/*
 * For whoever has modules instrumented in its own process.
 */

export { registerLoadHooks } from './load/load-hooks.ts'
export { registerOlderHooks } from './load/older-hooks.ts'
export { programFilter } from './load/program-filter.ts'
export type { Tracing } from './load/traced-module.ts'
export { hooksUrl } from './own-file.ts'
