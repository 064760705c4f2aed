import { hearsSignals } from './when-stopped.ts'
import { endProcess } from './worker-counts.ts'

let isListening = false

/** Takes the last counts when this process or thread ends by itself or because Jest stops it. */
export function endWithProcess(): void {
  if (isListening) return
  isListening = true
  process.on('exit', endProcess)
  // A worker process that will not end gets this signal, and half a second later one that cannot be heard.
  if (process.send && !hearsSignals()) process.on('SIGTERM', onStop)
}

function onStop(): void {
  endProcess()
  // Listening has taken the signal's effect away; others who listen may want it so.
  if (process.listenerCount('SIGTERM') > 1) return
  process.off('SIGTERM', onStop)
  process.kill(process.pid, 'SIGTERM')
}
