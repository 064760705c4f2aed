import { AsyncLocalStorage } from 'node:async_hooks'
import { drainState, OF_PROGRAMS, RunningContexts } from '@tstrace/core/program'
import { type LiveFile, type NamedContexts, type RuntimeState, stateOf } from '@tstrace/instrument/runtime'

/** What shows lines while a tracer is at work. */
export type Shower = (path: string) => LiveFile

interface Running {
  readonly show: Shower | undefined
  readonly take: () => void
}

/** Tracers at work, the innermost last. */
const running: Running[] = []

/** What was begun by `inContext` around what runs. */
const around = new AsyncLocalStorage<object>()

/**
 * Puts a tracer to work until the function it returns is called. Whoever worked before gets what was counted until now.
 *
 * @param tracer.take takes what has been counted
 */
export function work(state: RuntimeState, tracer: Running): () => void {
  const current = state.at?.[0] ?? 0
  const outer = running.at(-1)
  if (outer) outer.take()
  else {
    state.take?.()
    drainState(state)
  }
  running.push(tracer)
  return () => {
    tracer.take()
    running.splice(running.lastIndexOf(tracer), 1)
    if (state.at) state.at[0] = current
  }
}

/** What follows the contexts of a realm in which only tracers count. */
export function contextsOfTracers(): NamedContexts {
  return new RunningContexts(() => {}, OF_PROGRAMS)
}

/** Calls a function; what is counted meanwhile, by whomever, is in a context. Where nothing is counted it is just called. */
export function inContext<Value>(name: string, fn: () => Value): Value {
  const state = stateOf(globalThis)
  const contexts = state?.contexts
  if (!contexts) return fn()
  const change = (action: () => void): void => {
    const current = state.at?.[0] ?? 0
    running.at(-1)?.take()
    action()
    if (state.at) state.at[0] = current
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
  if (value instanceof Promise) return value.finally(end) as Value
  end()
  return value
}

/** Shows the lines of a file by whichever tracer is at work when they run. */
export function shownByCurrent(path: string): LiveFile {
  const files = new WeakMap<Shower, LiveFile>()
  const current = (): LiveFile | undefined => {
    const show = running.at(-1)?.show
    if (!show) return undefined
    const known = files.get(show)
    if (known) return known
    const file = show(path)
    files.set(show, file)
    return file
  }
  return { line: (line) => current()?.line(line), enter: (name) => current()?.enter(name) }
}
