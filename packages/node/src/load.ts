/*
 * For whoever has modules instrumented in its own process.
 */
export { blockOutput } from './block-output.ts'
export { HOOKS_URL } from './hooks-url.ts'
export { registerLoadHooks } from './load/load-hooks.ts'
export { registerOlderHooks } from './load/older-hooks.ts'
export { programFilter } from './load/program-filter.ts'
export type { Tracing } from './load/traced-module.ts'
