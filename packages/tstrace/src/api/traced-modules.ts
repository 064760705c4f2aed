import { realpathSync } from 'node:fs'
import { type CountedTestRun, installState, type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { hasSynchronousHooks } from '@tstrace/node'
import { contextsOfTracers } from './current-tracer.ts'

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

/**
 * The folder that names are relative to: that of the test run, or else the one the process was in when tracing began. Absolute,
 * links resolved.
 *
 * @param realm the global object of whoever traces
 */
export function tracedRoot(realm: object = globalThis): string {
  root ??= testRunIn(realm)?.root ?? realpathSync(process.cwd())
  return root
}

/** The run of a test runner that counts in a realm, if there is one. */
export function testRunIn(realm: object): CountedTestRun | undefined {
  return stateOf(realm)?.testRun
}

/** Where what Node runs is counted. */
export function tracedState(): RuntimeState {
  return stateOf(globalThis) ?? installState(globalThis, true)
}

/** Where what runs in a realm, and what tracers have loaded there, is counted: that by Node, which knows one realm only. */
export function tracedStates(realm: object): readonly RuntimeState[] {
  const states = [...new Set([tracedState(), stateOf(realm) ?? tracedState()])]
  const [own] = states
  const contexts = own?.contexts ?? contextsOfTracers()
  for (const state of states) state.contexts ??= contexts
  return states
}

/** Whether any module may have been loaded instrumented. */
export function hasTracedModules(realm: object): boolean {
  const isUnderCommand = stateOf(globalThis)?.take !== undefined
  return tracedModules.size > 0 || isUnderCommand || testRunIn(realm) !== undefined || !hasSynchronousHooks()
}
