import type { RawMap } from '@tstrace/instrument/maps'
import { hasSynchronousHooks } from '@tstrace/node'
import type { ReportedTest } from './reporter/reported-test.ts'

/*
 * Everything that differs between Vitest 3.2, 4 and 5, or between Vite 5 to 8, and the shape of what tstrace touches
 * in them. Internals are optional here, and every use copes with their absence.
 */

export interface VitePlugin {
  readonly name: string
}

/** What all plugins together make of a module. */
export interface ContainerResult {
  readonly code: string
  readonly map: object | string | null
}

export interface PluginContainer {
  readonly getSortedPlugins?: (hook: 'transform') => readonly VitePlugin[]
  transform: (code: string, id: string, options?: object) => Promise<ContainerResult>
}

export interface ViteEnvironment {
  readonly plugins: readonly VitePlugin[]
  readonly config: { readonly plugins: readonly VitePlugin[] }
  readonly pluginContainer: PluginContainer
  readonly depsOptimizer?: DepsOptimizer
  /** What has been loaded, by id; since Vite 6. */
  readonly moduleGraph?: {
    readonly idToModuleMap: ReadonlyMap<string, { readonly transformResult: unknown }>
  }
}

/** What bundles dependencies in front of all transforms; since Vite 6. */
interface DepsOptimizer {
  /** What has been bundled, by the name under which it is imported; `src` is the absolute path of its entry. */
  readonly metadata?: { readonly optimized?: Readonly<Record<string, { readonly src?: string }>> }
}

export interface ViteServer {
  readonly config: {
    readonly plugins: readonly VitePlugin[]
    readonly server: { readonly fs: { readonly allow: string[] } }
    /** Absolute path. */
    readonly cacheDir: string
    /** Options of Vite's compiler; before Vite 8 it is esbuild. */
    readonly oxc?: unknown
  }
  readonly pluginContainer: PluginContainer
  /** Since Vite 6. */
  readonly environments?: Readonly<Record<string, ViteEnvironment>>
}

export interface TestProject {
  readonly name: string
  readonly vite: ViteServer
  readonly config: {
    readonly root: string
    readonly dir?: string
    readonly include: readonly string[]
    readonly exclude: readonly string[]
    readonly setupFiles: string[]
    /** Absolute path of a module whose default export is a class of test runners; undefined for Vitest's own. */
    runner?: string
    readonly globalSetup?: readonly string[]
    /** `'benchmark'` where no tests run; until 4. */
    readonly mode?: string
    readonly isolate?: boolean
    readonly pool?: string
    /** Which test files run in another pool; until 3. */
    readonly poolMatchGlobs?: readonly unknown[]
    /** Until 3. */
    readonly poolOptions?: Readonly<Record<string, { readonly isolate?: boolean } | undefined>>
    readonly browser?: { readonly enabled?: boolean }
    readonly coverage?: { readonly enabled?: boolean }
    /** Absolute path of a folder for its transformed modules, where it has its own; in 4 experimental. */
    readonly fsModuleCachePath?: string
    readonly experimental?: { readonly viteModuleRunner?: boolean; readonly fsModuleCachePath?: string }
  }
  readonly provide: (key: string, value: unknown) => void
  /** Of a project whose tests run in a browser; before 5 once there is a server for it. */
  readonly browser?: ProjectBrowser
}

/** What pages call by name. */
export type BrowserCommand = (
  context: { readonly project: { readonly name: string }; readonly testPath?: string },
  given: unknown,
) => unknown

export interface ProjectBrowser {
  /** In 5 that of the project. */
  readonly vite: ViteServer
  /** Since 4. */
  readonly registerCommand?: (name: string, command: BrowserCommand) => void
  /** What the browsers of several projects share. */
  readonly parent?: { readonly commands: Record<string, BrowserCommand> }
}

/** Gives pages a command. */
export function addCommand(browser: ProjectBrowser, name: string, command: BrowserCommand): void {
  if (browser.registerCommand) return browser.registerCommand(name, command)
  // Tests are given a list of those that can be enumerated.
  const { commands } = browser.parent ?? {}
  if (commands) Object.defineProperty(commands, name, { value: command, configurable: true })
}

/** Whether the tests of a project run in a browser. */
export function isInBrowser({ config }: Pick<TestProject, 'config'>): boolean {
  return config.browser?.enabled === true
}

export interface Vitest {
  readonly version: string
  readonly config: {
    readonly root: string
    readonly mergeReports?: string
    /** Whether Vitest goes on when all tests have run, and runs again what has changed. */
    readonly watch?: boolean
    readonly testNamePattern?: RegExp
    /** Since 4.1. */
    readonly tagsFilter?: readonly string[]
    /** False where nothing is to be kept from run to run. */
    readonly cache?: unknown
    readonly reporters: unknown[]
    readonly coverage?: { readonly enabled?: boolean; readonly provider?: string }
    passWithNoTests?: boolean
    /** 1-based. */
    readonly shard?: { readonly index: number; readonly count: number }
    /** Of what it makes in the end, one says which test files run. */
    readonly sequence?: { sequencer?: new (vitest: Vitest) => Sequencer }
  }
  /** What has been asked for since Vitest was started. */
  readonly configOverride?: { readonly testNamePattern?: RegExp }
  /** The run is to end before its time. */
  readonly isCancelling?: boolean
  readonly projects: readonly TestProject[]
  readonly vite: ViteServer
  readonly logger: { log(...texts: string[]): void; error(...texts: string[]): void }
  /** Folder of the Vitest that runs: its modules are found there even when tstrace is linked in from elsewhere. */
  readonly distPath?: string
  readonly reporters?: Reporter[]
  readonly state?: {
    /** What was read from blobs, while reports are merged. */
    readonly blobs?: { readonly files: readonly TestTask[] }
    /** All that ran, in watch mode those of earlier runs, too. */
    getTestModules?(): readonly TestModule[]
  }
  /** Imports a module as Vite would, TypeScript included; before 4 on `vitest` itself only. */
  readonly import?: (id: string) => Promise<unknown>
  readonly onClose?: (listener: () => void) => void
  /** Of the user's coverage; there from the start of the first run on. */
  readonly coverageProvider?: CoverageProvider | null
}

/** Of the user's coverage. */
export interface CoverageProvider {
  /** Istanbul's own. */
  readonly instrumenter?: IstanbulInstrumenter
  /** Since 5: those of the compilers, by environment. */
  readonly inputSourceMaps?: unknown
}

export interface IstanbulInstrumenter {
  /** Gives the code with counters. */
  instrumentSync?(code: string, id: string, map?: unknown): string
  /** Of the code that was given last. */
  lastSourceMap?(): RawMap | undefined
}

export interface Sequencer {
  sort(specifications: TestSpecification[]): TestSpecification[] | Promise<TestSpecification[]>
  shard(specifications: TestSpecification[]): TestSpecification[] | Promise<TestSpecification[]>
}

/** A test file of a run, before it is known whether it runs. */
export interface TestSpecification {
  /** Absolute path, with `/`. */
  readonly moduleId: string
  readonly project: TestProject
  readonly pool?: string
  /** Which of its tests are to run; undefined for all. The last two since 4. */
  readonly testLines?: readonly number[]
  readonly testIds?: readonly string[]
  readonly testNamePattern?: RegExp
}

export interface Reporter {
  onInit?(vitest: Vitest): unknown
  /** At the end, until 3. */
  onFinished?(tasks?: readonly TestTask[], ...rest: unknown[]): unknown
  onTestRunEnd?(modules: readonly TestModule[], ...rest: unknown[]): unknown
  /** Those have it that say on the screen how the tests ended. */
  readonly reportSummary?: unknown
  /** When the run began, in milliseconds: what they give as its duration starts there. */
  start?: unknown
}

/** A test file. */
export interface TestModule {
  readonly task: TestTask
  /** Absolute path, with `/`. */
  readonly moduleId: string
  readonly project: { readonly name: string }
  state(): string
  readonly children: { allTests(): Iterable<ReportedTest> }
}

/** The test files that have failed, and none of whose tests has ended. */
export function failedEarly({ state }: Vitest): TestModule[] {
  const modules = state?.getTestModules?.() ?? []
  return modules.filter(
    (module) =>
      module.state() === 'failed' &&
      [...module.children.allTests()].every((test) => !ENDED.includes(test.result().state)),
  )
}

const ENDED = ['passed', 'failed']

/** What is known of a test file; workers and blobs bring it as plain data. */
export interface TestTask {
  readonly meta: Record<string, unknown>
}

/** Whether a reporter tells people how the tests ended. */
export function isForPeople({ reportSummary }: Reporter): boolean {
  return typeof reportSummary === 'function'
}

/** Whether a reporter may print something for programs, unless it has a file to write to. */
export function isForPrograms(reporter: Reporter): boolean {
  return /^(Json|JUnit|Tap|TapFlat)Reporter$/.test(reporter.constructor.name)
}

/** Vite's environments of a server; before Vite 6 the server was the only one. */
export function environmentsOf(server: ViteServer): readonly ViteEnvironment[] {
  if (!server.environments) {
    const { config, pluginContainer } = server
    return [{ plugins: config.plugins, config, pluginContainer }]
  }
  return Object.entries(server.environments)
    .filter(([name]) => name !== '__vitest__')
    .map(([, environment]) => environment)
}

/** Whether the test files of a project share the modules they load, as far as they run in one process. */
export function sharesModules({ config }: TestProject): boolean {
  const { isolate, pool = '', poolOptions = {} } = config
  return isolate === false || poolOptions[pool]?.isolate === false
}

/** Why the tests of a project cannot be traced; undefined where they can. */
export function obstacleIn({ config }: TestProject): string | undefined {
  if (!isNative({ config })) return undefined
  if (!hasSynchronousHooks()) return `${WITHOUT_VITE} on a Node.js before 22.15`
  // Vitest takes what V8 has counted for counts of the text on disk.
  return config.coverage?.enabled
    ? `${WITHOUT_VITE}, where the coverage of V8 would be another with counters,`
    : undefined
}

const WITHOUT_VITE = 'runs without Vite (viteModuleRunner: false)'

/** Whether Node loads the modules of a project itself. */
export function isNative({ config }: Pick<TestProject, 'config'>): boolean {
  return config.experimental?.viteModuleRunner === false
}

/**
 * How long to wait for workers before reading what they wrote, in milliseconds. Vitest 4 and 5 start to stop the last
 * workers before `onTestRunEnd`, and their end is seen in their files. In 3.2 the workers of vm pools go on living
 * and say nothing, so that their next timed flush has to be enough.
 */
export function waitingTime(vitest: Vitest): { readonly most: number; readonly livingEndInTime: boolean } {
  return vitest.version.startsWith('3.')
    ? { most: 250, livingEndInTime: false }
    : { most: 1500, livingEndInTime: true }
}

/** The test files that a run gives to workers. Vitest 3 and 4 tell of those of the other shards too. */
export async function specificationsOf(
  vitest: Vitest,
  announced: readonly TestSpecification[],
): Promise<readonly TestSpecification[]> {
  const { sequence, shard } = vitest.config
  const isOwnShard = !shard || !/^[34]\./.test(vitest.version)
  const Sequencer = isOwnShard ? undefined : sequence?.sequencer
  const specifications = Sequencer ? await new Sequencer(vitest).shard([...announced]) : announced
  // Types are checked by a compiler, and nothing runs.
  return specifications.filter(({ pool }) => pool !== 'typescript')
}
