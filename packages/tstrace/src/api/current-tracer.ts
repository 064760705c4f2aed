import { AsyncLocalStorage } from 'node:async_hooks'
import { types } from 'node:util'
import type { Counted } from '@tstrace/core'
import { drainState, OF_PROGRAMS, putBack, RunningContexts } from '@tstrace/core/program'
import type { LiveFile, NamedContexts, RuntimeState } from '@tstrace/instrument/runtime'

/** What shows lines while a tracer is at work. */
export type Shower = (path: string) => LiveFile

interface Tracer {
  /** Where it counts: the realm of Node's modules, and that of the tests where these have another. */
  readonly states: readonly RuntimeState[]
  readonly show: Shower | undefined
  /** Is given what was counted, and the context as JSON. */
  readonly add: (counted: Counted, context: string | undefined) => void
}

/** Tracers at work, the innermost last. */
const running: Tracer[] = []

/** What was taken while tracers are at work, and belongs to a test run as well. */
const owed = new Map<RuntimeState, Counted[]>()

/** What was begun by `inContext` around what runs. */
const around = new AsyncLocalStorage<object>()

/**
 * Puts a tracer to work until the function it returns is called. Whoever worked before gets what was counted until now; a test
 * run gets all in the end.
 */
export function work(tracer: Tracer): () => void {
  const { states } = tracer
  const current = currentIn(states)
  const outer = running.at(-1)
  if (outer) takeFor(outer)
  for (const state of states) {
    if (state.testRun) state.testRun.giveBack ??= () => giveBack(state)
    if (!outer) state.take?.()
    const before = drainState(state)
    if (before) owe(state, before)
  }
  // For a test run, calls have the callers that they have without a tracer.
  if (states.some(({ testRun }) => testRun)) goOn(states, current)
  running.push(tracer)
  return () => {
    takeFor(tracer)
    running.splice(running.lastIndexOf(tracer), 1)
    if (running.length === 0) for (const state of owed.keys()) putBackAll(state)
    goOn(states, current)
  }
}

function takeFor({ add, states }: Tracer): void {
  for (const state of states) {
    const counted = drainState(state)
    if (!counted) continue
    add(counted, state.contexts?.text)
    owe(state, counted)
  }
}

function owe(state: RuntimeState, counted: Counted): void {
  if (!state.testRun) return
  const before = owed.get(state)
  if (before) before.push(counted)
  else owed.set(state, [counted])
}

/** A test run takes what was counted until now, and a tracer may be at work. */
function giveBack(state: RuntimeState): void {
  const tracer = running.at(-1)
  if (tracer) takeFor(tracer)
  putBackAll(state)
}

function putBackAll(state: RuntimeState): void {
  for (const counted of owed.get(state) ?? []) putBack(state, counted)
  owed.delete(state)
}

/** The functions that run, one in each state: taking what was counted forgets them. */
function currentIn(states: readonly RuntimeState[]): readonly number[] {
  return states.map(({ at }) => at?.[0] ?? 0)
}

function goOn(states: readonly RuntimeState[], current: readonly number[]): void {
  for (const [place, { at }] of states.entries()) if (at) at[0] = current[place] ?? 0
}

/** What follows the contexts of a realm in which only tracers count. */
export function contextsOfTracers(): NamedContexts {
  return new RunningContexts(() => {}, OF_PROGRAMS)
}

/**
 * Calls a function; what is counted meanwhile, by whomever, is in a context. Where nothing is counted it is just called.
 *
 * @param states where it may count
 */
export function inContext<Value>(states: readonly RuntimeState[], name: string, fn: () => Value): Value {
  const contexts = states.find((state) => state.contexts)?.contexts
  if (!contexts) return fn()
  const change = (action: () => void): void => {
    const current = currentIn(states)
    const tracer = running.at(-1)
    if (tracer) takeFor(tracer)
    action()
    goOn(states, current)
  }
  const what = {}
  change(() => contexts.beginNamed(what, name, around.getStore()))
  return whenDone(
    () => around.run(what, fn),
    () => change(() => contexts.end(what)),
  )
}

/**
 * Calls a function.
 *
 * @param end called when it has returned or thrown, or when the promise that it returns is settled
 */
export function whenDone<Value>(fn: () => Value, end: () => void): Value {
  let value: Value
  try {
    value = fn()
  } catch (error) {
    end()
    throw error
  }
  if (isPromise(value)) return value.finally(end) as Value
  end()
  return value
}

/** Of whatever realm. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return types.isPromise(value)
}

/**
 * Shows the lines of a file by whichever tracer is at work when they run.
 *
 * @param others what shows them while none is. Default: nothing
 */
export function shownByCurrent(path: string, others?: Shower): LiveFile {
  const files = new WeakMap<Shower, LiveFile>()
  const current = (): LiveFile | undefined => {
    const show = running.at(-1)?.show ?? others
    if (!show) return undefined
    const known = files.get(show)
    if (known) return known
    const file = show(path)
    files.set(show, file)
    return file
  }
  return { line: (line) => current()?.line(line), enter: (name) => current()?.enter(name) }
}
