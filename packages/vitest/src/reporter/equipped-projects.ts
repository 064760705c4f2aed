import { fileURLToPath } from 'node:url'
import type { TstraceOptions } from '@tstrace/core'
import type { TracedRun } from '@tstrace/core/adapter'
import { nativeOrders } from '@tstrace/node/children'
import { COMMAND } from '../browser/page-message.ts'
import { PageMessages } from '../browser/take-from-pages.ts'
import { injectTransform, type Transform } from '../transform/inject-transform.ts'
import { moduleTransform } from '../transform/module-transform.ts'
import {
  addCommand,
  isInBrowser,
  isNative,
  sharesModules,
  type TestProject,
  type ViteServer,
  type Vitest,
} from '../vitest-versions.ts'
import { ORDERS_KEY, type WorkerOrders } from '../worker/worker-orders.ts'

/** The extension says TypeScript although it is none: Vitest evaluates such a file once per test file. */
const WORKER_FILE = fileURLToPath(new URL('./worker.mts', import.meta.url))
/** The same for Node itself, which takes no TypeScript from dependencies. */
const NATIVE_WORKER_FILE = fileURLToPath(new URL('./worker.mjs', import.meta.url))
const PAGE_FILE = fileURLToPath(new URL('./in-browser.mjs', import.meta.url))
const RUNNER_FILE = fileURLToPath(new URL('./runner.mts', import.meta.url))
const NATIVE_RUNNER_FILE = fileURLToPath(new URL('./runner.mjs', import.meta.url))
const PACKAGE_FOLDER = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '')

interface Equipment {
  readonly vitest: Vitest
  readonly options: TstraceOptions
  /** What counts in processes that tests start; undefined where nothing can be left for them. */
  readonly children: WorkerOrders['children']
  /** Is told in a sentence where lines of pages cannot be shown. */
  readonly onProblem: (problem: string) => void
}

/** Gives projects what counts in them. */
export class EquippedProjects {
  readonly #run: TracedRun
  readonly #vitest: Vitest
  readonly #options: TstraceOptions
  readonly #transform: Transform
  readonly #messages: PageMessages
  readonly #children: WorkerOrders['children']

  constructor(run: TracedRun, { children, onProblem, options, vitest }: Equipment) {
    this.#vitest = vitest
    this.#run = run
    this.#options = options
    this.#children = children
    this.#transform = moduleTransform(run, options, vitest)
    this.#messages = new PageMessages(run, onProblem)
  }

  equip(project: TestProject): void {
    const { name, vite } = project
    const { intake, lines } = this.#run
    // Browsers may share a list of setup files.
    if (isEquipped(project) && !isInBrowser(project)) return
    project.provide(ORDERS_KEY, {
      folder: intake.folder,
      root: this.#vitest.config.root,
      branches: this.#options.branches,
      project: name,
      ...(this.#children && !isInBrowser(project) && { children: this.#children }),
      ...(isNative(project) && { native: this.#nativeOrders() }),
      ...(lines && { trace: lines }),
      ...this.#putBesideTests(project),
    })
    this.#equipServer(vite, { asPlugin: true })
    this.equipBrowser(project)
  }

  /** For projects whose browser was not there yet; twice does no harm. */
  equipBrowser({ browser }: TestProject): void {
    if (!browser) return
    addCommand(browser, COMMAND, this.#messages.command)
    // Before 5 a browser has a server of its own, which is at work already.
    this.#equipServer(browser.vite, { asPlugin: false })
  }

  /** What pages send from now on belongs to no run that is reported. */
  closePages(): void {
    this.#messages.close()
  }

  /**
   * Has test files begun by our test runner where it is as good as a setup file, which costs more for each of them. The runner goes
   * around that of the project; in a page the one that is there is followed.
   */
  #putBesideTests(project: TestProject): Pick<WorkerOrders, 'beginsInRunner' | 'contexts' | 'runner'> {
    const { config } = project
    const { runner } = config
    // Lines have the name of the test, which only a hook can tell them in time.
    const beginsInRunner = runner === undefined && !this.#run.lines && canBeginInRunner(project)
    const setupFile = setupFileOf(project)
    if (!beginsInRunner && !config.setupFiles.includes(setupFile)) config.setupFiles.unshift(setupFile)
    const contexts = this.#options.contexts === 'test' && hasTestRunner(project)
    if ((contexts || beginsInRunner) && !isInBrowser(project)) config.runner = runnerFileOf(project)
    return {
      ...(beginsInRunner && { beginsInRunner }),
      ...(contexts && { contexts }),
      ...(runner !== undefined && { runner }),
    }
  }

  #nativeOrders(): WorkerOrders['native'] {
    const { folder } = this.#run.intake
    return nativeOrders({ root: this.#vitest.config.root, folder, options: this.#options })
  }

  #equipServer(server: ViteServer, how: { readonly asPlugin: boolean }): void {
    const { allow } = server.config.server.fs
    if (!allow.includes(PACKAGE_FOLDER)) allow.push(PACKAGE_FOLDER)
    injectTransform(server, this.#transform, how)
  }
}

function setupFileOf(project: TestProject): string {
  if (isInBrowser(project)) return PAGE_FILE
  return isNative(project) ? NATIVE_WORKER_FILE : WORKER_FILE
}

/** Whether a test runner is loaded once for several test files, in the realm in which they all run. */
function canBeginInRunner(project: TestProject): boolean {
  const { pool = '', poolMatchGlobs = [] } = project.config
  const isOnePool = ['forks', 'threads'].includes(pool) && poolMatchGlobs.length === 0
  const isOwnWay = isNative(project) || isInBrowser(project) || !hasTestRunner(project)
  return isOnePool && !isOwnWay && sharesModules(project)
}

/** Benchmarks have another one. */
function hasTestRunner({ config }: TestProject): boolean {
  return config.mode !== 'benchmark'
}

function runnerFileOf(project: TestProject): string {
  return isNative(project) ? NATIVE_RUNNER_FILE : RUNNER_FILE
}

function isEquipped(project: TestProject): boolean {
  const { runner, setupFiles } = project.config
  return runner === runnerFileOf(project) || setupFiles.includes(setupFileOf(project))
}
