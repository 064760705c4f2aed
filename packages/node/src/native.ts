/*
 * What a process in which tests run needs of us where it loads its modules by itself, bundled into one file.
 */
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'
import type { NativeOrders, NativeTracing } from '@tstrace/core/worker'
import { startParser } from '@tstrace/instrument'
import { programFilter } from './load/program-filter.ts'
import { instrumentedModule, type Tracing } from './load/traced-module.ts'
import { notedFilter } from './verdict-file.ts'

interface Loaded {
  readonly format?: string | null | undefined
  readonly source?: string | ArrayBuffer | Uint8Array | null | undefined
}

/** What Node gives to code that is loaded synchronously; not there before Node 22.15. */
type RegisterHooks = (hooks: {
  load: (url: string, context: object, nextLoad: (url: string, context: object) => Loaded) => Loaded
}) => unknown

const { registerHooks } = nodeModule as unknown as { registerHooks: RegisterHooks }
const decoder = new TextDecoder()

/** Files of tests and of their setup, as Vitest asks for them. */
const OF_TESTS = /[?&]vitest=/

/** Has every module that is loaded from now on instrumented, if it is traced. All others have their hooks already. */
export const traceNative: NativeTracing['traceNative'] = (orders, onProblem) => {
  startParser('json')
  const tracing = tracingOf(orders, onProblem)
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      const { format, source } = loaded
      const isSource =
        url.startsWith('file:') && !OF_TESTS.test(url) && /^(module|commonjs)/.test(format ?? '')
      if (!isSource || source === null || source === undefined) return loaded
      const text = typeof source === 'string' ? source : decoder.decode(source)
      const code = instrumentedModule(fileURLToPath(url.replace(/[?#].*$/, '')), text, tracing)
      return code === undefined ? loaded : { ...loaded, source: code }
    },
  })
}

function tracingOf(
  { debug, folder, ...orders }: NativeOrders,
  onProblem: (problem: string) => void,
): Tracing {
  const filter = programFilter({ ...orders, program: '', home: orders.root })
  return {
    ...orders,
    filter: debug ? notedFilter(filter, folder) : filter,
    strips: true,
    isActive: () => true,
    onProblem,
  }
}
