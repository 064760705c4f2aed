import type { BegunTestFile, BesideTests } from './begin-test-file.ts'
import type { RunnerClass } from './follow-tests.mts'
import type { WorkerOrders } from './worker-orders.ts'

// From the process itself, as in the setup file.
const { createRequire } = process.getBuiltinModule('node:module')

/**
 * In place of a setup file, which Vitest fetches and compiles again for each test file, also where they share a process.
 *
 * @param Base of Vitest itself: runners of others may hide methods behind fields
 * @param ordersNow what is asked for in the run that is at it: processes may outlive one
 * @returns a class of runners that do what those of `Base` do, and begin test files
 */
export function beginningRunner(Base: RunnerClass, ordersNow: () => WorkerOrders): RunnerClass {
  const { beginTestFile, outlastTimers, timersOutlasted }: BesideTests = createRequire(import.meta.url)(
    './begin-test-file.cjs',
  )
  return class extends Base {
    #begun: BegunTestFile | undefined

    /** In front of setup files, and sooner behind the test file before than those are. */
    override async onBeforeCollect(paths: unknown): Promise<unknown> {
      await timersOutlasted()
      this.#begun = beginTestFile(globalThis, ordersNow())
      return super.onBeforeCollect?.(paths)
    }

    /** Behind all hooks of a test. */
    override onAfterRunTask(test: never): unknown {
      this.#begun?.afterTest?.()
      return super.onAfterRunTask?.(test)
    }

    /** Behind all hooks of the file, also where it could not be imported. */
    override onAfterRunFiles(files: unknown): unknown {
      this.#begun?.afterFile()
      outlastTimers()
      return super.onAfterRunFiles?.(files)
    }
  }
}
