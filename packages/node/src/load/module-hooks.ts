/*
 * The hooks of a Node whose hooks run in a thread of their own. Required modules come by another way: see older-hooks.ts.
 */
import { readFileSync } from 'node:fs'
import type { InitializeHook, LoadFnOutput, LoadHook, ResolveHook } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { drain, WorkerFile } from '@tstrace/core/program'
import { loadParser } from '@tstrace/instrument'
import { isToBeCompiled } from '@tstrace/instrument/source-file'
import type { Orders } from '../orders.ts'
import { writeSiteTable } from '../site-table-file.ts'
import { notedFilter } from '../verdict-file.ts'
import { hasModuleSyntax, moduleFormat } from './module-format.ts'
import { programFilter } from './program-filter.ts'
import { refusal } from './refusal.ts'
import { silenceWarningOf } from './silence-warning-of.ts'
import { COMPILER_LOADER, toJavaScript } from './to-javascript.ts'
import { type Tracing, tracedModule } from './traced-module.ts'
import { otherPlace } from './typescript-places.ts'

/** What crosses to the thread of the hooks. */
export type ModuleHooksData = Pick<
  Orders,
  'root' | 'program' | 'home' | 'branches' | 'calls' | 'live' | 'debug' | 'filters'
> & {
  /** Folder of the run, where there is one. */
  readonly folder?: string
}

let tracing: Tracing | undefined

export const initialize: InitializeHook<ModuleHooksData> = (data) => {
  const { branches, calls, debug, folder, live, root } = data
  loadParser()
  silenceWarningOf(COMPILER_LOADER)
  const program = programFilter(data)
  const filter = debug && folder !== undefined ? notedFilter(program, folder) : program
  tracing = {
    ...{ root, branches, calls, live, filter, strips: false, isActive: () => true },
    ...(folder !== undefined && {
      onProblem: (problem) => leaveProblem(folder, problem),
      onTraced: (_path, made) => writeSiteTable(folder, made),
    }),
  }
}

/** This thread counts nothing, and ends without a word. */
function leaveProblem(folder: string, problem: string): void {
  const label = { testFile: '', project: '' }
  const frame = drain(label, { problems: [problem] })
  const file = new WorkerFile(folder, label)
  if (frame) file.append(frame)
  file.close()
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const { parentURL } = context
  const place = parentURL?.startsWith('file:') && otherPlace(specifier, fileURLToPath(parentURL))
  return place ? { url: pathToFileURL(place).href, shortCircuit: true } : nextResolve(specifier, context)
}

export const load: LoadHook = async (url, context, nextLoad) => {
  if (!tracing || !url.startsWith('file:')) return nextLoad(url, context)
  const path = fileURLToPath(url.replace(/[?#].*$/, ''))
  if (isToBeCompiled(path)) {
    const source = readFileSync(path, 'utf8')
    const format = moduleFormat(path, source)
    // Without a source Node requires it, and what is required is compiled elsewhere; the types do not know that.
    if (format === 'commonjs') refuseModuleSyntax(path, source)
    if (format === 'commonjs') return { format, source: null, shortCircuit: true } as unknown as LoadFnOutput
    return { format, source: tracedModule(path, source, tracing)?.code ?? source, shortCircuit: true }
  }
  const loaded = await nextLoad(url, context)
  if (loaded.format !== 'module' || !loaded.source) return loaded
  const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
  return { ...loaded, source: tracedModule(path, source, tracing)?.code ?? source }
}

/** Node would find the syntax when it requires the file, require that as an ES module, and end up in a cycle with itself. */
function refuseModuleSyntax(path: string, source: string): void {
  const isModule = (code: string): boolean => hasModuleSyntax(path, code)
  if (!isModule(source) || !isModule(toJavaScript(path, { code: source }).code)) return
  throw refusal(
    `${path} has import or export, and is CommonJS by its extension or the "type" in package.json. Make it a module (.mts, ` +
      'or "type": "module"), or have it compiled to CommonJS: NODE_OPTIONS="--import tsx", for instance.',
  )
}
