const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

let isHeard = false

/** Whether this process, which is Jest's own then, is listening to signals already. */
export function hearsSignals(): boolean {
  return isHeard
}

/**
 * Acts before this process ends by itself, or by a signal, which then ends it as it would have without us.
 * @returns what takes the listeners away again
 */
export function whenStopped(act: () => void): () => void {
  const stop = (): void => {
    isHeard = false
    process.off('exit', act)
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
  isHeard = true
  // In front of others: they may end the process again.
  process.prependListener('exit', act)
  for (const [signal, listener] of listeners) process.on(signal, listener)
  return stop
}
