import { TstraceError } from '@tstrace/results/errors'

/*
 * The shape of what tstrace touches in Jest 29.7 and 30.
 */

/** An entry of `transform` as Jest has normalized it: pattern, absolute path, options. */
export type TransformEntry = readonly [pattern: string, path: string, options?: unknown]

/** A project's configuration as Jest has normalized it. Frozen; paths are absolute. */
export interface ProjectConfig {
  /** By what reads them. */
  readonly globals?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>
  readonly id: string
  readonly cache: boolean
  readonly cacheDirectory: string
  readonly rootDir: string
  readonly roots: readonly string[]
  readonly modulePathIgnorePatterns?: readonly string[]
  readonly watchPathIgnorePatterns?: readonly string[]
  readonly runner: string
  readonly runtime?: string | null
  readonly displayName?: { readonly name: string }
  readonly testMatch: readonly string[]
  readonly testRegex: readonly (string | RegExp)[]
  readonly testPathIgnorePatterns: readonly string[]
  readonly transform: readonly TransformEntry[]
  readonly transformIgnorePatterns: readonly string[]
  readonly setupFiles: readonly string[]
  readonly setupFilesAfterEnv: readonly string[]
  readonly globalSetup?: string | null
  readonly globalTeardown?: string | null
  readonly testEnvironment: string
  readonly testRunner: string
}

export interface GlobalConfig {
  readonly rootDir: string
  readonly collectCoverage?: boolean
  readonly verbose?: boolean
  /** Absolute. */
  readonly coverageDirectory?: string
  readonly watch?: boolean
  readonly watchAll?: boolean
  /** Which tests are to run, by their names. */
  readonly testNamePattern?: string
  /** After how many failures it ends; 0 for never. */
  readonly bail?: number
  /** 1-based. */
  readonly shard?: { readonly shardIndex: number; readonly shardCount: number }
  readonly reporters?: readonly (readonly [path: string, options?: unknown] | string)[]
}

/** What the tests of a project have in common; its configuration can be replaced. */
export interface TestContext {
  config: ProjectConfig
}

export interface Test {
  readonly path: string
  readonly context: TestContext
}

/** What Jest knows at the end of a run. */
export interface RunResults {
  /** In the order in which the test files ended. */
  readonly testResults: readonly FileResult[]
  readonly numFailedTests: number
  readonly wasInterrupted?: boolean
}

/** Whether Jest goes on when all tests have run, and runs again what has changed. */
export function isWatching({ watch, watchAll }: GlobalConfig): boolean {
  return watch === true || watchAll === true
}

/** What became of a test file. */
export interface FileResult {
  /** Absolute path. */
  readonly testFilePath: string
  readonly displayName?: { readonly name: string }
  readonly numPassingTests: number
  readonly numFailingTests: number
  /** All of its tests, those too that did not run. */
  readonly testResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string }[]
  /** Why its tests could not be run. */
  readonly testExecError?: unknown
}

/** The test files that failed before any of their tests ran. */
export function failedEarly({ testResults }: RunResults): readonly FileResult[] {
  return testResults.filter(
    ({ numFailingTests, numPassingTests, testExecError }) =>
      testExecError && numFailingTests + numPassingTests === 0,
  )
}

/** Whether Jest has ended what it shows of test files with an empty line, and puts none in front of its summary. */
export function endsWithEmptyLine({ verbose }: GlobalConfig, { testResults }: RunResults): boolean {
  const last = testResults.at(-1)
  return Boolean(verbose || !last || last.numFailingTests || last.testExecError)
}

export interface Environment {
  readonly global: object
  handleTestEvent?: ((event: TestEvent, state: TestsState) => unknown) | undefined
  teardown(): Promise<void>
}

export interface TestEvent {
  readonly name: string
  readonly test?: RunningTest
  readonly describeBlock?: TestBlock
  readonly hook?: TestHook
}

/** A `beforeAll`, `beforeEach`, `afterEach` or `afterAll` of a block. */
export interface TestHook {
  readonly type: string
  readonly parent: TestBlock
}

/** What is known of the tests of a file while they run. */
export interface TestsState {
  readonly rootDescribeBlock: TestBlock
}

/** A block of tests; the outermost has no parent. */
export interface TestBlock {
  readonly type: 'describeBlock'
  readonly name: string
  readonly parent?: TestBlock
  readonly children: readonly (TestBlock | RunningTest)[]
}

export interface RunningTest {
  readonly type: 'test'
  readonly name: string
  readonly parent: TestBlock
  readonly concurrent?: boolean
  /** The test is expected to fail. */
  readonly failing?: boolean
  fn?: (this: unknown, ...given: unknown[]) => unknown
  readonly errors: readonly unknown[]
  /** How often it has begun. */
  readonly invocations: number
}

export interface TransformResult {
  readonly code: string
  readonly map?: object | string | null
}

/** What a transformer is told about a file. */
export interface TransformOptions {
  readonly cacheFS: Map<string, string>
  readonly config: ProjectConfig
  readonly configString: string
  readonly transformerConfig?: unknown
  /** The user's coverage counts this file. */
  readonly instrument?: boolean
  readonly collectCoverage?: boolean
  readonly coverageProvider?: 'babel' | 'v8'
  readonly supportsDynamicImport?: boolean
  readonly supportsExportNamespaceFrom?: boolean
  readonly supportsStaticESM?: boolean
  readonly supportsTopLevelAwait?: boolean
}

type Ask<Answer> = (text: string, path: string, options: TransformOptions) => Answer

/** Jest uses what is there; a transformer has at least one of the first two. */
export interface Transformer {
  readonly canInstrument?: boolean
  readonly process?: Ask<TransformResult>
  readonly processAsync?: Ask<Promise<TransformResult>>
  readonly getCacheKey?: Ask<string>
  readonly getCacheKeyAsync?: Ask<Promise<string>>
}

/** Why a Jest cannot be traced; undefined for those that can, and for later ones, which are tried. */
export function unsupportedJest(version: string): TstraceError | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 29 || (major === 29 && minor >= 7)) return undefined
  const message = `Jest ${version} is not supported: the tests run untraced.`
  return new TstraceError('TST_RUNNER', `${message} tstrace works with Jest 29.7 and 30.`)
}
