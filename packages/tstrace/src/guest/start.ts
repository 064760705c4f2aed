import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { installState, liveTrace, writeThrough } from '@tstrace/core/program'
import { leaveCounts } from './leave-counts.ts'
import { registerLoadHooks } from './load-hooks.ts'
import { registerOlderHooks } from './older-hooks.ts'
import { ORDERS_FILE, type Orders } from './orders.ts'
import { programFilter } from './program-filter.ts'
import { hasSynchronousHooks } from './synchronous-hooks.ts'
import type { Tracing } from './traced-module.ts'

/**
 * Starts tracing in this process or thread.
 *
 * @param folder of the run
 */
export function start(folder: string): void {
  const orders = JSON.parse(readFileSync(join(folder, ORDERS_FILE), 'utf8')) as Orders
  const state = installState(globalThis)
  const start = performance.now()
  if (orders.live) {
    blockOutput()
    state.live = liveTrace({
      source: (path) => readFileSync(resolve(orders.root, path), 'utf8'),
      write: writeThrough(1),
      ...(orders.timing && { seconds: () => (performance.now() - start) / 1000 }),
    })
  }
  process.setSourceMapsEnabled(true)
  const tracing: Tracing = {
    root: orders.root,
    filter: programFilter(orders),
    calls: orders.calls,
    live: orders.live,
    strips: Boolean((process.features as { typescript?: unknown }).typescript),
  }
  if (hasSynchronousHooks()) registerLoadHooks(tracing)
  else registerOlderHooks(tracing, { hooks: orders.hooks, data: orders })
  leaveCounts(folder)
}

/** What the program writes to a slow reader would otherwise wait in its memory, and come behind later lines of ours. */
function blockOutput(): void {
  const { _handle: handle } = process.stdout as { _handle?: { setBlocking?(blocking: boolean): void } }
  handle?.setBlocking?.(true)
}
