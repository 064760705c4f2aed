import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { ordersIn, type RunOrders } from '../config/run-orders.ts'
import { entryOptionsOf } from '../config/wrapped-config.ts'
import type { Environment, GlobalConfig, ProjectConfig, TestEvent, TestsState } from '../jest-versions.ts'
import { endWithProcess } from './end-with-process.ts'
import { followTests, hasEvents } from './follow-tests.ts'
import { noteLoaded } from './loaded-files.ts'
import { nameRunningTests } from './name-running-tests.ts'
import { nameUsersTransformer, type ScriptTransformer } from './name-transformer.ts'
import { givePlainCoverage } from './plain-coverage.ts'
import { WorkerCounts } from './worker-counts.ts'

/** What Jest constructs a runtime with; the other arguments are handed on. */
type Given = [
  config: ProjectConfig,
  environment: Environment,
  resolver: unknown,
  transformer: ScriptTransformer,
  cacheFS: unknown,
  coverageOptions: unknown,
  testPath: string,
  globalConfig: GlobalConfig,
]

type RuntimeClass = new (...given: Given) => object

const require = createRequire(import.meta.url)

/**
 * The runtime of a traced test file: Jest's own, which is only known from the configuration, with counts around it. It
 * is made in the outer realm of the worker, after the environment and before any code of the tests runs.
 */
function Runtime(...given: Given): object {
  const [config, environment, , transformer, , , testFile, globalConfig] = given
  const { base } = entryOptionsOf(config) ?? {}
  const loaded = require(base ?? '') as RuntimeClass & { default?: RuntimeClass }
  const orders = ordersIn(globalConfig)
  if (orders) {
    const project = config.displayName?.name ?? ''
    trace(environment, { orders, testFile, project, testRunner: config.testRunner })
  }
  if (orders?.debug) noteLoaded(transformer, orders.folder)
  nameUsersTransformer(transformer, config)
  const runtime = new (loaded.default ?? loaded)(...given)
  givePlainCoverage(runtime)
  return runtime
}

// Jest calls it with `new`.
export default Runtime as unknown as RuntimeClass

interface TracedTestFile {
  readonly orders: RunOrders
  readonly testFile: string
  readonly project: string
  readonly testRunner: string
}

function trace(environment: Environment, { orders, testFile, project, testRunner }: TracedTestFile): void {
  endWithProcess()
  const isFollowed = orders.contexts && hasEvents(testRunner)
  const counts = new WorkerCounts(
    { ...orders, contexts: isFollowed },
    { testFile, project },
    environment.global,
  )
  const { handleTestEvent, teardown } = environment
  // Jest awaits a handler, so one where there was none would let more promises settle between a test and its hooks.
  if (handleTestEvent) {
    environment.handleTestEvent = function (event: TestEvent, state: TestsState) {
      if (event.name === 'test_done') counts.flushAfterTest()
      return handleTestEvent.call(this, event, state)
    }
  }
  if (counts.contexts) followTests(environment, testRunner, counts.contexts)
  if (counts.lines) nameRunningTests(environment, testRunner, counts.lines)
  environment.teardown = async function () {
    counts.flush(environment.global)
    try {
      await teardown.call(this)
    } finally {
      // Timers that are due by now still count; what comes later does if nothing has been collected by then.
      await sleep(1)
      counts.end()
    }
  }
}
