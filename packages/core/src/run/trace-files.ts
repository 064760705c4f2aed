import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TraceOrders } from '../live/trace-orders.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'

/**
 * How workers are to show lines.
 *
 * @param root absolute path of the project root
 * @param run absolute path of the temporary folder of the run
 */
export function traceOrders(
  root: string,
  run: string,
  { coverdir, timing, trace }: Pick<TstraceOptions, 'coverdir' | 'timing' | 'trace'>,
): TraceOrders {
  const files = { folder: resolve(root, coverdir), notes: notesIn(run) }
  return { root, timing, ...(trace !== 'stdout' && { files }) }
}

/** Paths, in the output folder, of the `.trace` files that workers of a run have written. */
export function tracesOf(run: string): readonly string[] {
  try {
    return [...new Set(readFileSync(notesIn(run), 'utf8').split('\n'))].filter(Boolean).sort()
  } catch {
    return []
  }
}

/** Those that are written from now on are of another run. */
export function forgetTraces(run: string): void {
  rmSync(notesIn(run), { force: true })
}

function notesIn(run: string): string {
  return join(run, 'traces')
}
