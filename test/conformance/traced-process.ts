import { readFileSync } from 'node:fs'
import { type LoadHookSync, type ResolveHookSync, registerHooks } from 'node:module'
import { basename, join, parse, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Collector } from '@tstrace/core'
import { drain } from '@tstrace/core/worker'
import { type Instrumented, instrument } from '@tstrace/instrument'
import { transformSync } from 'esbuild'
import { createInstrumenter } from 'istanbul-lib-instrument'
import { istanbulCoverage } from '../../packages/formats/src/istanbul-coverage.ts'
import { itemsOf } from './istanbul-coverage-items.ts'
import type { IstanbulFile } from './istanbul-numbers.ts'
import type { OurNumber } from './istanbul-rules.ts'

/*
 * Runs a scenario in a process of its own, its package plain or instrumented, and prints what it did and counted.
 * Arguments: the mode, the URL of the scenario, and the URL of the folder whose files are instrumented.
 */
const [, , mode = 'plain', scenario = '', folder = ''] = process.argv
const ROOT = parse(process.cwd()).root
const made = new Map<string, Instrumented>()
const istanbul = createInstrumenter({
  esModules: true,
  compact: false,
  coverageVariable: '__istanbul__',
  parserPlugins: ['typescript'],
})

function counted(source: string, path: string): string {
  // A hundred tables of messages, one like the other.
  if (mode === 'plain' || path.includes('/locales/')) return source
  // Istanbul takes half a minute for all of them: these will do.
  if (mode === 'istanbul')
    return /^[a-lst]/.test(basename(path)) ? istanbul.instrumentSync(source, path) : source
  // Results name sources from a root.
  const file = relative(ROOT, path)
  const options = { file, calls: mode === 'all', branches: mode === 'all' }
  const done = instrument(source, options)
  if (done) made.set(done.id, done)
  return done?.code ?? source
}

/** Sources of packages import each other without extension, or with that of what they are compiled to. */
const resolve: ResolveHookSync = (specifier, context, next) => {
  if (!context.parentURL?.startsWith(folder) || !specifier.startsWith('.')) return next(specifier, context)
  const plain = specifier.replace(/\.js$/, '')
  for (const candidate of [specifier, `${plain}.ts`, `${plain}/index.ts`, `${plain}.js`]) {
    try {
      return next(candidate, context)
    } catch {}
  }
  return next(specifier, context)
}

const load: LoadHookSync = (url, context, next) => {
  if (!url.startsWith(folder) || url.endsWith('.json')) return next(url, context)
  const path = fileURLToPath(url)
  const code = counted(readFileSync(path, 'utf8'), path)
  if (!path.endsWith('.ts')) return { ...next(url, context), source: code }
  const { code: source } = transformSync(code, { loader: 'ts', format: 'esm', target: 'es2022' })
  return { format: 'module', source, shortCircuit: true }
}

registerHooks({ resolve, load })

const { run } = (await import(scenario)) as { run: () => unknown }
const output = await run()
await new Promise(setImmediate)

const shared = globalThis as {
  __tstrace__?: () => { at?: Int32Array }
  __istanbul__?: Record<string, IstanbulFile>
}
const at = shared.__tstrace__?.().at?.[0] ?? 0
const collector = new Collector()
const frame = drain({ testFile: '', project: '' })
if (frame) collector.add(frame, mode)
const { problems, results } = collector.finish(({ id }) => made.get(id))
const lines: Record<string, OurNumber[]> = {}
const items: Record<string, [item: string, number: string][]> = {}
const wrongSums: string[] = []
const edges = results.edges()
const into = new Map<string, number>()
for (const { callee, calls } of edges) {
  const key = `${callee.path} ${callee.name}`
  into.set(key, calls + (into.get(key) ?? 0))
}
for (const source of results.sources()) {
  const { counts, path, sites } = source
  const text = readFileSync(join(ROOT, path), 'utf8')
  if (mode === 'all') items[join(ROOT, path)] = [...itemsOf(istanbulCoverage(text, [source], path))]
  lines[join(ROOT, path)] = sites.lines.map(({ column, counters, line, rule }) => ({
    line,
    column,
    rule,
    count: counters.reduce((sum, counter) => sum + (counts[counter] ?? 0), 0),
  }))
  for (const { calls, name } of mode === 'all' ? results.functions(path) : []) {
    const sum = into.get(`${path} ${name}`) ?? 0
    if (sum !== calls) wrongSums.push(`${path} ${name}: ${calls} calls, ${sum} from callers`)
  }
}
const coverage = shared.__istanbul__ ?? {}
process.stdout.write(
  JSON.stringify({ output, problems, at, lines, items, coverage, wrongSums, edges: edges.length }),
)
