/*
 * What the processes in which tests run need of us where tests start something, bundled into one file that they load then.
 */
import type { Started } from '@tstrace/core/worker'
import { noteUncounted } from './children/uncounted-file.ts'
import { nodeScripts } from './node-script.ts'
import { traceOwnEnvironments } from './own-environments.ts'

/** Leaves word in the folder of a run of what was started and is not counted: what belongs to dependencies would not be, either. */
export function noteStarts(folder: string, { processes, threads }: Started): void {
  const scripts = processes.map(scriptsOf).filter((all) => all.length > 0)
  if (scripts.length + threads > 0) noteUncounted(folder, { processes: scripts, threads })
}

function scriptsOf({ pid, spawnargs, spawnfile }: Started['processes'][number]): readonly string[] {
  if (pid === undefined) return []
  const { PATH = '' } = process.env
  // As for another user, who has nothing counted: then all are named that may run.
  const place = { folder: process.cwd(), path: PATH, isOther: true, depth: 0 }
  const { scripts } = nodeScripts([spawnfile, ...spawnargs.slice(1)], place)
  return scripts.filter((script) => !/[\\/]node_modules[\\/]/.test(script))
}

export { traceOwnEnvironments as traceStarts }
