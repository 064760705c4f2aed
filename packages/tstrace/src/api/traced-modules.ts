import { realpathSync } from 'node:fs'
import { installState, type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { hasSynchronousHooks } from '@tstrace/node'

let root: string | undefined

/** Absolute paths of the modules that were loaded instrumented. */
export const tracedModules: Set<string> = new Set()

/** What is loaded now that is to be instrumented. */
export const loading = {
  /** Whether all is. */
  everything: false,
  /** How many imports of tracers have not ended. */
  imports: 0,
}

/** The folder that names are relative to: the one the process was in when tracing began. Absolute, links resolved. */
export function tracedRoot(): string {
  root ??= realpathSync(process.cwd())
  return root
}

/** Where what runs in this realm is counted. */
export function tracedState(): RuntimeState {
  return stateOf(globalThis) ?? installState(globalThis)
}

/** Whether any module may have been loaded instrumented. */
export function hasTracedModules(): boolean {
  const isUnderCommand = stateOf(globalThis)?.take !== undefined
  return tracedModules.size > 0 || isUnderCommand || !hasSynchronousHooks()
}
