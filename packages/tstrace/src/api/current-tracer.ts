import { drainState } from '@tstrace/core/program'
import type { LiveFile, RuntimeState } from '@tstrace/instrument/runtime'

/** What shows lines while a tracer is at work. */
export type Shower = (path: string) => LiveFile

interface Running {
  readonly show: Shower | undefined
  readonly take: () => void
}

/** Tracers at work, the innermost last. */
const running: Running[] = []

/**
 * Puts a tracer to work until the function it returns is called. Whoever worked before gets what was counted until now.
 *
 * @param tracer.take takes what has been counted
 */
export function work(state: RuntimeState, tracer: Running): () => void {
  const current = state.at[0] ?? 0
  const outer = running.at(-1)
  if (outer) outer.take()
  else drainState(state)
  running.push(tracer)
  return () => {
    tracer.take()
    running.splice(running.lastIndexOf(tracer), 1)
    state.at[0] = current
  }
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
