import type { SourceFilter } from '@tstrace/core/adapter'
import { unsupportedNode } from '@tstrace/core/node-support'
import { hasSynchronousHooks, stripsTypes } from '@tstrace/node'
import {
  hooksUrl,
  programFilter,
  registerLoadHooks,
  registerOlderHooks,
  type Tracing,
} from '@tstrace/node/load'
import { sentenceOf } from '@tstrace/results/errors'
import { shownByCurrent } from './current-tracer.ts'
import { loading, tracedModules, tracedRoot, tracedState } from './traced-modules.ts'

let tracing: Tracing | undefined

/** Has every module that is loaded from now on instrumented, if it is one of the project; where that cannot be, says so. */
export function traceEverything(): void {
  const unsupported = unsupportedNode()
  if (unsupported) return process.emitWarning(sentenceOf(unsupported), 'TstraceWarning')
  loading.everything = true
  beginTracing()
}

/**
 * Has modules instrumented while `loading` says so; once in a process.
 *
 * @returns which modules can be
 */
export function beginTracing(): SourceFilter {
  tracing ??= begun()
  return tracing.filter
}

function begun(): Tracing {
  const unsupported = unsupportedNode()
  if (unsupported) throw unsupported
  // What each tracer leaves out it leaves out by itself.
  const filters = { include: [], exclude: [], ignoreDir: [], ignoreModule: [] }
  const place = { root: tracedRoot(), program: '', home: tracedRoot(), filters }
  const state = tracedState()
  // In one realm a module that a test run has loaded, too, counts into the same counters.
  const branches = state.testRun?.branches ?? false
  const { live } = state
  state.live = (path) => shownByCurrent(path, live)
  const tracing: Tracing = {
    root: place.root,
    filter: programFilter(place),
    branches,
    calls: true,
    live: true,
    strips: stripsTypes(),
    isActive: () => loading.everything || loading.imports > 0,
    onTraced: (path) => tracedModules.add(path),
  }
  process.setSourceMapsEnabled(true)
  if (hasSynchronousHooks()) registerLoadHooks(tracing)
  else
    registerOlderHooks(tracing, {
      hooks: hooksUrl(),
      data: { ...place, branches, calls: true, live: true, debug: false },
    })
  return tracing
}
