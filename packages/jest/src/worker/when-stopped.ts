const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

let isHeard = false

/** Whether this process, which is Jest's own then, is listening to signals already. */
export function hearsSignals(): boolean {
  return isHeard
}

const { apply, defineProperty } = Reflect

/**
 * Acts before this process ends by itself, in whatever way, or by a signal, which then ends it as it would have without us.
 * @returns what takes the listeners away again
 */
export function whenStopped(act: () => void): () => void {
  const stop = (): void => {
    isHeard = false
    process.off('exit', act)
    restore()
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      // Listening has taken the signal's effect away; others who listen may want it so, or end the process themselves.
      if (process.listenerCount(signal) > 1) return
      stop()
      act()
      process.kill(process.pid, signal)
    }
    return [signal, listener] as const
  })
  const restore = aheadOfEnds(() => {
    stop()
    act()
  })
  isHeard = true
  // In front of others: they may end the process again.
  process.prependListener('exit', act)
  for (const [signal, listener] of listeners) process.on(signal, listener)
  return stop
}

/** What ends a process without a word to its listeners; a test that runs in it may call it. */
const ENDS: Readonly<Record<'reallyExit' | 'abort' | 'kill', (args: readonly unknown[]) => boolean>> = {
  reallyExit: () => true,
  abort: () => true,
  kill: ([pid, signal]) => pid === process.pid && (signal === 'SIGKILL' || signal === 9),
}

/** @returns what takes it away again */
function aheadOfEnds(act: () => void): () => void {
  const owner = process as unknown as Record<string, unknown>
  const originals = Object.entries(ENDS).map(([name, isEnd]) => {
    const original = owner[name] as (...args: unknown[]) => unknown
    const value = function (this: unknown, ...args: unknown[]): unknown {
      if (isEnd(args)) act()
      return apply(original, this, args)
    }
    defineProperty(value, 'name', { value: name })
    defineProperty(process, name, { value })
    return { name, original, value }
  })
  return () => {
    for (const { name, original, value } of originals)
      if (owner[name] === value) defineProperty(process, name, { value: original })
  }
}
