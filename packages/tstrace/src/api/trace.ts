import { existsSync } from 'node:fs'
import * as vm from 'node:vm'
import { type Collected, Collector, type Counted } from '@tstrace/core'
import {
  checkOptions,
  completeOptions,
  createSourceFilter,
  type GivenAt,
  type OptionsAt,
  type PythonNamesAt,
  type SourceFilter,
  SourceTables,
} from '@tstrace/core/adapter'
import { liveTrace, writeThrough } from '@tstrace/core/program'
import { absolutePath } from '@tstrace/instrument/source-file'
import { blockOutput } from '@tstrace/node'
import { CoverageResults as Results } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { readSource, reasonOf } from '@tstrace/results/files'
import { shown } from '@tstrace/results/internal'
import { printable, printableLines } from '@tstrace/results/printable'
import { inContext, isPromise, type Shower, whenDone, work } from './current-tracer.ts'
import { importTraced } from './import-traced.ts'
import { hasTracedModules, testRunIn, tracedRoot, tracedStates } from './traced-modules.ts'
import { CoverageResults } from './traced-results.ts'

/** What a tracer does, under our names or those of Python's `Trace`. */
export type TraceOptions = Readonly<GivenAt<'Trace'> & PythonNamesAt<'Trace'>>

/**
 * Runs functions and code, and says what ran. Only modules that were loaded by `import` of a tracer, or after
 * `import 'tstrace/register'`, can be traced. Several runs add up.
 */
export class Trace {
  readonly #options: OptionsAt<'Trace'> & { readonly count: boolean }
  readonly #collector = new Collector({ contexts: true })
  readonly #filter: SourceFilter
  readonly #show: Shower | undefined
  /** The counts of `infile`. */
  #before: CoverageResults | undefined
  /** How often something was taken: what a run has counted nothing at all of has no counters. */
  #taken = 0

  /** The global object of the code that traces: tests may have a realm of their own. */
  protected get realm(): object {
    return globalThis
  }

  /** @throws TstraceError `TST_OPTION_UNKNOWN` or `TST_OPTION_VALUE` */
  constructor(options: TraceOptions = {}) {
    const checked = checkOptions(options, { at: 'Trace', where: 'the options of Trace' })
    const asked = completeOptions(checked, 'Trace')
    const { exclude, file, ignoreDir, ignoreModule, include, infile, listfuncs, outfile, trackcalls } = asked
    const { count = !(listfuncs || trackcalls), trace = count } = asked
    this.#options = { ...asked, count, infile: infile || file, outfile: outfile || file }
    this.#filter = createSourceFilter(tracedRoot(this.realm), { include, exclude, ignoreModule, ignoreDir })
    this.#show = trace ? this.#shower() : undefined
  }

  /**
   * Loads a module with everything that it loads, instrumented, and counts what runs meanwhile.
   *
   * @param specifier a URL, a path, or the name of a package
   * @param parent where a relative specifier starts: `import.meta.url`; the current folder unless given
   * @throws TstraceError `TST_LOADED_BEFORE` when the module was there already, without counters
   */
  // biome-ignore lint/suspicious/noExplicitAny: as with `import()`, whoever calls knows what is in the module
  async import<Module = any>(specifier: string | URL, parent?: string | URL): Promise<Module> {
    return (await this.#traced(() => importTraced(specifier, parent))) as Module
  }

  /**
   * Runs code in the realm of the program: what it declares stays there. Its own lines are not counted, only those of
   * the modules it calls.
   *
   * @returns the value of its last expression; a promise is traced until it is settled
   */
  run(code: string): unknown {
    const { USE_MAIN_CONTEXT_DEFAULT_LOADER: importModuleDynamically } = vm.constants
    return this.#traced(() => vm.runInThisContext(code, { filename: '<string>', importModuleDynamically }))
  }

  /**
   * Runs code in a realm of its own.
   *
   * @param globals its global variables; what it declares is put there. A new object unless given
   * @param locals variables in front of those; with them the code is the body of a function, which may return
   * @returns the value of its last expression, or with locals what it returns
   */
  runctx(code: string, globals: object = {}, locals?: object): unknown {
    const context = vm.isContext(globals) ? globals : vm.createContext(globals)
    const filename = '<string>'
    if (!locals) return this.#traced(() => vm.runInContext(code, context, { filename }))
    const body = vm.compileFunction(code, [], {
      filename,
      parsingContext: context,
      contextExtensions: [locals],
    })
    return this.#traced(() => body())
  }

  /**
   * Calls a function and counts what runs until it returns, or until the promise that it returns is settled. An
   * exception is passed on; what was counted until then is kept.
   *
   * @throws TstraceError `TST_NOT_INSTRUMENTED` when nothing at all could be counted
   */
  runfunc<Args extends readonly unknown[], Value>(fn: (...args: Args) => Value, ...args: Args): Value {
    if (!hasTracedModules(this.realm)) throw notInstrumented(fn)
    const before = this.#taken
    return this.#traced(
      () => fn(...args),
      () => {
        // A generator runs when somebody asks for what it yields.
        if (this.#taken === before && !isGenerator(fn)) throw notInstrumented(fn)
      },
    )
  }

  /**
   * Calls a function and puts what is counted meanwhile into a context: until it returns, or until the promise that it
   * returns is settled. Whoever counts has that context: tracers at work, or the command under which the program runs.
   * Where nobody counts the function is just called. An exception is passed on.
   *
   * @param name of the context. Inside of another one it takes the place of that; of those that run at the same time
   * nobody can say for which something ran, and what ran then is in a context that names them all
   * @throws TstraceError `TST_CONTEXT_NAME` for a name that is no text, or an empty one
   */
  context<Value>(name: string, fn: () => Value): Value {
    if (typeof name !== 'string' || name === '') throw noContextName(name)
    return inContext(hasTracedModules(this.realm) ? tracedStates(this.realm) : [], name, fn)
  }

  /** What was counted so far, with the counts of `infile`. Asking changes nothing. */
  results(): CoverageResults {
    const { count, infile, listfuncs, outfile, trackcalls } = this.#options
    const { problems, results } = this.#counted()
    for (const problem of problems) process.emitWarning(printableLines(problem), 'TstraceWarning')
    const isTraced = (path: string): boolean => this.#isTraced(path)
    const own = new Results()
    own.update(results, isTraced, (path) => trackcalls && isTraced(path))
    const kept = new CoverageResults(own, { root: tracedRoot(), count, listfuncs, trackcalls, outfile })
    // Read once: where it is `outfile`, too, it has these counts in it afterwards.
    if (infile) this.#before ??= earlier(infile)
    if (this.#before) kept.update(this.#before)
    return kept
  }

  #counted(): Collected {
    // Test runs may count branches, and then modules that were loaded elsewhere have none.
    const tables = [false, true].map(
      (branches) => new SourceTables({ root: tracedRoot(), calls: false, branches }),
    )
    return this.#collector.finish((source) => firstOf(tables, (one) => one.tableFor(source)))
  }

  #traced<Value>(action: () => Value, check: () => void = () => {}): Value {
    const states = tracedStates(this.realm)
    const add = (counted: Counted, context: string | undefined): void => {
      this.#taken++
      this.#collector.addCounted(counted, context)
    }
    const value = whenDone(action, work({ states, show: this.#show, add }))
    if (isPromise(value))
      return value.then((settled) => {
        check()
        return settled
      }) as Value
    check()
    return value
  }

  #shower(): Shower {
    const start = performance.now()
    const show = liveTrace({
      source: (path) => readSource(absolutePath(tracedRoot(), path)),
      write: writeThrough(1, (error) =>
        process.emitWarning(printable(`The lines are cut off: ${reasonOf(error)}.`), 'TstraceWarning'),
      ),
      ...(this.#options.timing && { seconds: () => (performance.now() - start) / 1000 }),
    })
    const silent = { line: () => {}, enter: () => {} }
    return (path) => {
      blockOutput()
      return this.#isTraced(path) ? show(path) : silent
    }
  }

  #isTraced(path: string): boolean {
    const absolute = absolutePath(tracedRoot(), path)
    // A test run may count in its test files, too, for contexts and calls.
    return absolute !== testRunIn(this.realm)?.testFile && this.#filter(absolute).trace
  }
}

/** The class for code in a realm, of whose global object Node may know nothing. */
export function traceIn(realm: object): typeof Trace {
  if (realm === globalThis) return Trace
  const OfRealm = class extends Trace {
    protected override get realm(): object {
      return realm
    }
  }
  return Object.defineProperty(OfRealm, 'name', { value: Trace.name })
}

/** A file that is not there yet is the first run. */
function earlier(file: string): CoverageResults {
  return existsSync(file) ? new CoverageResults(file, { root: tracedRoot() }) : new CoverageResults()
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function isGenerator(fn: unknown): boolean {
  return /Generator/.test(Object.prototype.toString.call(fn))
}

function noContextName(name: unknown): TstraceError {
  const message = `The name of a context must be a text of at least one character, not ${shown(name)}.`
  return new TstraceError('TST_CONTEXT_NAME', `${message} Give tracer.context() one, and then the function.`)
}

function notInstrumented(fn: { readonly name: string }): TstraceError {
  return new TstraceError(
    'TST_NOT_INSTRUMENTED',
    `The function ${fn.name || '(anonymous)'} was loaded without counters, and so was all that it calls. Load its module ` +
      "with tracer.import(), import 'tstrace/register' before it, or run the test with the reporter.",
  )
}
