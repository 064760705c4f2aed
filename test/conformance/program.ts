import { Collector } from '@tstrace/core'
import { drain } from '@tstrace/core/worker'
import { type Instrumented, instrument } from '@tstrace/instrument'
import type { Language } from '@tstrace/instrument/source-file'
import type { CoverageResults } from '@tstrace/results'
import { transform } from 'esbuild'
import { transformWithOxc } from 'vite'

/** A program as its author wrote it. It reports what it does through the global function `log`. */
export interface Program {
  readonly source: string
  readonly language: Language
  /** Run as CommonJS, sloppy where it does not say 'use strict'. Default: an ES module. */
  readonly commonjs?: boolean
  /** TypeScript's own decorators instead of the standard ones. */
  readonly legacyDecorators?: boolean
}

/** What makes text that Node runs. `lowered`: classes and `using` in terms of older syntax. */
export type Transformer = 'oxc' | 'esbuild' | 'lowered' | 'none'

export interface Mode {
  /** Undefined: the program as it is, without counters. */
  readonly instrument?: { readonly calls?: boolean; readonly branches?: boolean; readonly live?: boolean }
  readonly transformer: Transformer
}

/** What a program did. */
export interface Run {
  /** Everything it logged, then its exports with names and lengths of functions, then the error it ended with. */
  readonly behaviour: string[]
  readonly instrumented?: Instrumented
  readonly results: CoverageResults
  /** Number of the function that was current when everything had settled; 0 is the event loop. */
  readonly at: number
}

interface Shared {
  log?: (...values: unknown[]) => void
  __tstrace__?: () => { at?: Int32Array }
}
const shared = globalThis as Shared

export function fileOf({ language }: Pick<Program, 'language'>): string {
  return `case.${language}`
}

/** Runs a program to its end: until nothing it started is left to be awaited. */
export async function run(program: Program, mode: Mode): Promise<Run> {
  const file = fileOf(program)
  const instrumented =
    mode.instrument && instrument(program.source, { file, lang: program.language, ...mode.instrument })
  const code = await transpile(instrumented?.code ?? program.source, program, mode.transformer)
  delete shared.__tstrace__
  const behaviour: string[] = []
  shared.log = (...values) => behaviour.push(values.map(String).join(' '))
  try {
    const exported = await (program.commonjs ? runScript(code) : runModule(code))
    behaviour.push(
      ...Object.keys(exported)
        .sort()
        .map((key) => `${key}: ${describe(exported[key])}`),
    )
  } catch (error) {
    behaviour.push(`${error}`)
  }
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
  const at = currentFunction()
  const collector = new Collector()
  const frame = drain({ testFile: '', project: '' })
  if (frame) collector.add(frame, 'the program')
  const { problems, results } = collector.finish(() => instrumented)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return { behaviour, results, at, ...(instrumented && { instrumented }) }
}

/** Runs several ES modules in JavaScript one after the other, with calls; gives what all of them counted. */
export async function runTogether(sources: readonly string[]): Promise<CoverageResults> {
  delete shared.__tstrace__
  shared.log = () => {}
  const made = new Map<string, Instrumented>()
  for (const source of sources) {
    const instrumented = instrument(source, { file: 'case.js', calls: true, branches: true })
    if (instrumented) made.set(instrumented.id, instrumented)
    await runModule(instrumented?.code ?? source)
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
  }
  const collector = new Collector()
  const frame = drain({ testFile: '', project: '' })
  if (frame) collector.add(frame, 'the programs')
  const { problems, results } = collector.finish(({ id }) => made.get(id))
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return results
}

/** The text that Node runs. */
async function transpile(code: string, program: Program, transformer: Transformer): Promise<string> {
  const { commonjs = false, language, legacyDecorators = false } = program
  if (transformer === 'none') return code
  if (transformer === 'oxc') {
    const done = await transformWithOxc(code, fileOf(program), {
      lang: language,
      sourceType: commonjs ? 'commonjs' : 'module',
      jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
      decorator: { legacy: legacyDecorators },
      assumptions: {},
    })
    return done.code
  }
  const done = await transform(code, {
    loader: language,
    format: commonjs ? 'cjs' : 'esm',
    jsxFactory: 'h',
    jsxFragment: 'Fragment',
    logLevel: 'silent',
    target: transformer === 'lowered' ? 'es2021' : 'esnext',
    supported:
      transformer === 'lowered' ? { 'top-level-await': true, hashbang: true } : { decorators: false },
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: legacyDecorators, verbatimModuleSyntax: true },
    },
  })
  return done.code
}

function currentFunction(): number {
  return shared.__tstrace__?.().at?.[0] ?? 0
}

let runs = 0

async function runModule(code: string): Promise<Record<string, unknown>> {
  const unique = `${code}\n//${runs++}`
  return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(unique)}`)) as Record<
    string,
    unknown
  >
}

async function runScript(code: string): Promise<Record<string, unknown>> {
  const module = { exports: {} as Record<string, unknown> }
  const script = code.startsWith('#!') ? `//${code}` : code
  new Function('module', 'exports', 'require', script)(module, module.exports, () => ({}))
  await module.exports.done
  return module.exports
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `object ${Object.keys(value)}`
  if (typeof value !== 'function') return String(value)
  const members = [value, value.prototype as object | undefined].flatMap((owner) =>
    owner
      ? Reflect.ownKeys(owner).flatMap((key) => {
          const { value: member, get, set } = Object.getOwnPropertyDescriptor(owner, key) ?? {}
          return [member, get, set]
            .filter((part) => typeof part === 'function' && part !== value)
            .map((part: (...parameters: never[]) => unknown) => `${String(key)}=${part.name}/${part.length}`)
        })
      : [],
  )
  return `function ${value.name}/${value.length} ${members.join(' ')}`
}
