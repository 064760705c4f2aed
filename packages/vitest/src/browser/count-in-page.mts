/*
 * The first setup file of every project whose tests run in a browser, bundled into one file: no process is there, and no module of
 * Node's. It is evaluated once per test file; where a page runs several, the first evaluation does the work of all of them, with what
 * was there before a test could replace it.
 */
import { drain, RunningContexts } from '@tstrace/core/worker'
import { installState, type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { afterAll, beforeEach, inject } from 'vitest'
import { type FollowedPlace, followRunner, followTests } from '../worker/follow-tests.mts'
import { type NamedTask, namesOf } from '../worker/names-of.ts'
import { ORDERS_KEY, type WorkerOrders } from '../worker/worker-orders.ts'
import { COMMAND, type PageMessage } from './page-message.ts'
import { RecordedLines } from './recorded-lines.ts'
import { toBase64 } from './to-base64.ts'

/** What Vitest has in the page. */
interface VitestPage extends FollowedPlace {
  readonly sessionId: string
  readonly runner: { readonly hashMap?: Map<string, unknown> }
  [BEGIN]?: typeof beginTestFile
}

interface VitestWorker {
  readonly filepath: string
  readonly rpc: {
    triggerCommand(
      session: string,
      name: string,
      testFile: string,
      given: readonly [PageMessage],
    ): Promise<unknown>
  }
  onCleanup(listener: () => unknown): void
}

type Page = typeof globalThis & {
  readonly __vitest_browser_runner__: VitestPage
  readonly __vitest_worker__: VitestWorker
  addEventListener(type: 'pagehide', listener: () => void): void
  removeEventListener(type: 'pagehide', listener: () => void): void
}

const BEGIN = Symbol.for('tstrace.page')

/** When hooks of ours time out: what they take is no failure of a test. */
const NEVER = 0

/** Milliseconds between timed messages: what a page that is closed loses at most. */
const INTERVAL = 250

const realm = globalThis as Page
const vitest = realm.__vitest_browser_runner__
const worker = realm.__vitest_worker__
const { clearInterval, setInterval } = realm

/** The test file that this page runs, of those that it has run the last one. */
let running: CountedTestFile | undefined

/** What is registered for a test file stands in the modules that Vitest has for it. */
interface Hooks {
  readonly afterAll: typeof afterAll
  readonly beforeEach: typeof beforeEach
}

/** Counts for a test file from now on. What was counted in this page until now belongs to the one before. */
function beginTestFile(orders: WorkerOrders, { afterAll, beforeEach }: Hooks): void {
  if (running) running.close()
  else if (orders.contexts) followRunner(vitest, vitest.runner)
  const file = new CountedTestFile(orders)
  running = file
  const { lines } = file
  if (lines) beforeEach(({ task }) => lines.begin(namesOf(task as NamedTask)), NEVER)
  // What still runs behind it comes when the page is cleaned up, or another test file begins.
  afterAll(() => file.end(), NEVER)
  worker.onCleanup(() => file.close())
}

/** A test file that is at it. */
class CountedTestFile {
  readonly lines: RecordedLines | undefined
  readonly #testFile = worker.filepath
  readonly #project: string
  readonly #contexts: RunningContexts | undefined
  // Before setup files and tests replace what is in the realm.
  readonly #state: RuntimeState = stateOf(realm) ?? installState(realm)
  readonly #sent = { __proto__: null } as never
  readonly #timer: NodeJS.Timeout
  readonly #onHide = (): void => {
    this.#flush()
  }
  #frames = ''
  #hasEnded = false
  #isClosed = false

  constructor({ contexts, project, trace }: WorkerOrders) {
    this.#project = project
    if (trace) this.lines = new RecordedLines(this.#state, trace)
    // The frame is of what was running before.
    this.#contexts = contexts && new RunningContexts(() => this.#take())
    followTests(vitest, this.#contexts)
    this.#timer = setInterval(this.#onHide, INTERVAL)
    realm.addEventListener('pagehide', this.#onHide)
  }

  /** The test file has run. */
  end(): Promise<void> {
    this.#take(realm)
    this.#hasEnded = true
    return this.#send()
  }

  /** Nothing more belongs to it. */
  close(): Promise<void> | undefined {
    if (this.#isClosed) return undefined
    this.#take(realm)
    this.#isClosed = true
    clearInterval(this.#timer)
    realm.removeEventListener('pagehide', this.#onHide)
    const isKnown = this.#hasEnded && this.#frames === ''
    this.#hasEnded = true
    return isKnown ? undefined : this.#send()
  }

  #flush(): void {
    this.#take()
    if (this.#frames !== '') this.#send()
  }

  /** @param realm on whose global object the state still has to be. Default: nobody looks */
  #take(realm?: object): void {
    if (this.#isClosed) return
    const contexts = this.#contexts
    const running = contexts?.take()
    try {
      const label = { testFile: this.#testFile, project: this.#project, ...running }
      const frame = drain(label, { state: this.#state, sent: this.#sent, realm })
      if (frame) this.#frames += `${this.#frames && ','}${toBase64(frame)}`
    } catch {
      // A test may have replaced what is used here, and must not fail for it; the next one takes what this one left.
    }
  }

  async #send(): Promise<void> {
    const message = { frames: this.#frames, lines: this.lines?.take() ?? '', isEnd: this.#hasEnded }
    this.#frames = ''
    try {
      await worker.rpc.triggerCommand(vitest.sessionId, COMMAND, this.#testFile, [message])
    } catch {
      // The connection is gone, and with it the page: who waits for its end says so.
    }
  }
}

/** Vitest 3 evaluates a setup file once in a page that it has not forgotten. */
function forgetSetupFile(): void {
  const { hashMap } = vitest.runner
  hashMap?.forEach((_, path) => {
    if (import.meta.url.includes(path)) hashMap.delete(path)
  })
}

forgetSetupFile()
vitest[BEGIN] ?? Object.defineProperty(vitest, BEGIN, { value: beginTestFile })
vitest[BEGIN]?.((inject as (key: string) => WorkerOrders)(ORDERS_KEY), { afterAll, beforeEach })
