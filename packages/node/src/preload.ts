/*
 * Node requires this first in every process and thread of a traced program. It is a CommonJS file, which every Node can
 * require without taking another way to the program than it would.
 */
import { join } from 'node:path'
import { isMainThread, parentPort } from 'node:worker_threads'
import { loadsAddons, WITHOUT_ADDONS } from '@tstrace/core/node-support'
import { lacksCompiled, loadCompiled } from '@tstrace/results/compiled-code'
import { FOLDER_VARIABLE } from './orders.ts'
import { noteBegun } from './started-file.ts'
import { noteUncompiled } from './uncompiled-file.ts'
import { noteUnstarted } from './unstarted-file.ts'

const folder = process.env[FOLDER_VARIABLE]
if (isMainThread) noteBegun(folder)
try {
  // Older versions run hooks in a thread that is nobody's.
  if (folder && (isMainThread || parentPort)) {
    const { start } = loadCompiled(join(__dirname, 'guest.cjs')) as {
      readonly start: (folder: string) => void
    }
    start(folder)
    if (lacksCompiled()) noteUncompiled(folder)
  }
} catch (error) {
  // The program goes on without us.
  if (folder) noteUnstarted(folder, loadsAddons() ? changed(error) : WITHOUT_ADDONS)
}

function changed(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return (
    `${reason}. Something that was loaded first, as \`--require\` in NODE_OPTIONS does, has changed what tracing needs; ` +
    'leave it out.'
  )
}
