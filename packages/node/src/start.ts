import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { liveTrace, writeThrough } from '@tstrace/core/program'
import { installState } from '@tstrace/instrument/runtime'
import { absolutePath } from '@tstrace/instrument/source-file'
import { readSource, reasonOf } from '@tstrace/results/files'
import { blockOutput } from './block-output.ts'
import { KeptCode } from './kept-code.ts'
import { leaveCounts } from './leave-counts.ts'
import { registerLoadHooks } from './load/load-hooks.ts'
import { registerOlderHooks } from './load/older-hooks.ts'
import { programFilter } from './load/program-filter.ts'
import type { Tracing } from './load/traced-module.ts'
import { hasSynchronousHooks, stripsTypes } from './node-abilities.ts'
import { ORDERS_FILE, ORDERS_VARIABLE, type Orders } from './orders.ts'
import { traceOwnEnvironments } from './own-environments.ts'
import { writeSiteTable } from './site-table-file.ts'
import { takeStartingTest } from './starting-test.ts'
import { notedFilter } from './verdict-file.ts'

/**
 * Starts tracing in this process or thread.
 *
 * @param folder of the run
 */
export function start(folder: string): void {
  const text = process.env[ORDERS_VARIABLE] ?? readFileSync(join(folder, ORDERS_FILE), 'utf8')
  const orders = JSON.parse(text) as Orders
  const state = installState(globalThis)
  const problems: string[] = []
  if (orders.live) {
    blockOutput()
    state.live = liveTrace({
      source: (path) => readSource(absolutePath(orders.root, path)),
      write: writeThrough(1, (error) =>
        problems.push(`The lines of process ${process.pid} are cut off: ${reasonOf(error)}.`),
      ),
      ...(orders.timing && { seconds: secondsFrom(performance.now()) }),
    })
  }
  process.setSourceMapsEnabled(true)
  const test = takeStartingTest(orders.preload)
  traceOwnEnvironments({ folder, preload: orders.preload, test: test && (() => test.text) })
  leaveCounts({ folder, problems, state, test: test?.label })
  const tracing: Tracing = {
    root: orders.root,
    filter: orders.debug ? notedFilter(programFilter(orders), folder) : programFilter(orders),
    branches: orders.branches,
    calls: orders.calls,
    live: orders.live,
    strips: stripsTypes(),
    isActive: () => true,
    onProblem: (problem) => problems.push(problem),
    // Who runs tests has tables from its own transforms, and makes others.
    ...(!test && { onTraced: (_path, made) => writeSiteTable(folder, made) }),
    ...(!test && orders.code && { kept: new KeptCode(orders.code, folder, orders) }),
  }
  if (hasSynchronousHooks()) registerLoadHooks(tracing)
  else registerOlderHooks(tracing, { hooks: orders.hooks, data: { ...orders, folder }, own: __filename })
}

function secondsFrom(start: number): () => number {
  return () => (performance.now() - start) / 1000
}
