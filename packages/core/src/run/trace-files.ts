import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { codePointOrder } from '@tstrace/results/internal'
import type { ShownTestFile } from '../live/test-lines.ts'
import type { TraceOrders } from '../live/trace-orders.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'

/** How the names begin of what workers leave there. */
const CLAIM = 'trace-'

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
  if (trace === 'stdout') return { root, timing }
  return { root, timing, files: { folder: resolve(root, coverdir), claims: join(run, CLAIM) } }
}

/** Paths, in the output folder, of the `.trace` files that workers of a run have written. */
export function tracesOf(run: string): readonly string[] {
  return claimsIn(run).flatMap(pathIn).sort(codePointOrder)
}

/** A worker that was killed, or had no room, has left no path, and no lines either. */
function pathIn(claim: string): string[] {
  const [line = '', owner] = readFileSync(claim, 'utf8').split('\n')
  return owner === undefined ? [] : [JSON.parse(line)]
}

/**
 * Those that are written from now on are of another run.
 *
 * @param isKept whether those of test files that are still there stay: who runs again replaces its own. Default: false
 */
export function forgetTraces(run: string, isKept = false): void {
  for (const claim of claimsIn(run)) if (!isKept || !isOfFile(claim)) rmSync(claim, { force: true })
}

function isOfFile(claim: string): boolean {
  try {
    const [, owner = ''] = readFileSync(claim, 'utf8').split('\n')
    return existsSync((JSON.parse(owner) as ShownTestFile).testFile)
  } catch {
    return false
  }
}

function claimsIn(run: string): string[] {
  try {
    return readdirSync(run).flatMap((name) => (name.startsWith(CLAIM) ? join(run, name) : []))
  } catch {
    // The folder is gone, and the run says so.
    return []
  }
}
