import { TestLines } from '@tstrace/core/live'
import {
  drain,
  FLUSH_INTERVAL,
  FlushBudget,
  type FrameLabel,
  followStarts,
  RunningContexts,
  WorkerFile,
} from '@tstrace/core/worker'
import { installState, type RuntimeState } from '@tstrace/instrument/runtime'
import type { RunOrders } from '../config/run-orders.ts'
import { noteProblem, takeProblems } from './worker-problems.ts'

/** Of the process, whatever test files run in it. */
const budget = new FlushBudget()

/** Test files that have begun and not ended. */
const running = new Set<WorkerCounts>()
/** States of test files that have ended: what is still scheduled there goes on counting, and keeps its state alive. */
let ended: { readonly state: WeakRef<RuntimeState>; readonly folder: string; readonly label: FrameLabel }[] =
  []

/** What one test file counts, from before its first module is loaded. */
export class WorkerCounts {
  /** Shows what runs, where that is asked for. */
  readonly lines: TestLines | undefined
  /** Follows which test is running, where that is asked for. */
  readonly contexts: RunningContexts | undefined
  readonly #folder: string
  readonly #label: FrameLabel
  readonly #file: WorkerFile
  readonly #timer: NodeJS.Timeout
  readonly #endStarts: (() => void) | undefined
  #state: RuntimeState | undefined

  /** @param realm The global object of the tests. Jest 30 takes apart at the end what appears there later. */
  constructor(
    { branches, children, contexts, folder, lines, root }: RunOrders,
    label: FrameLabel,
    realm: object,
  ) {
    this.#folder = folder
    this.#label = label
    this.#file = new WorkerFile(folder, label)
    this.#state = installState(realm)
    this.#state.testRun = { root, branches, testFile: label.testFile }
    if (contexts) this.contexts = new RunningContexts(() => this.flush())
    if (lines) {
      this.lines = new TestLines(lines, label, { onProblem: noteProblem })
      this.#state.live = this.lines.live
    }
    this.#endStarts =
      children && followStarts(children, () => JSON.stringify({ ...label, context: this.contexts?.text }))
    this.#timer = setInterval(() => this.flush(), FLUSH_INTERVAL).unref()
    running.add(this)
  }

  /** @param realm whose global object still has to have the state. Default: nobody looks */
  flush(realm?: object): void {
    // What it has to say goes with the counts.
    this.lines?.flush()
    const frame =
      this.#state &&
      this.#file.isReady() &&
      drain(this.#now(), { state: this.#state, problems: takeProblems(), sent: this.#file.tablesSent, realm })
    if (frame) this.#file.append(frame)
  }

  #now(): FrameLabel {
    const { contexts } = this
    return contexts ? { ...this.#label, ...contexts.take() } : this.#label
  }

  /** As `flush`, unless flushing has taken too much of the time already. */
  flushAfterTest(): void {
    budget.spend(() => this.flush())
  }

  /** The test file has ended. */
  end(): void {
    if (!this.#state) return
    this.flush()
    clearInterval(this.#timer)
    this.#endStarts?.()
    this.#file.close()
    this.lines?.close()
    running.delete(this)
    ended = ended.filter(({ state }) => state.deref())
    ended.push({ state: new WeakRef(this.#state), folder: this.#folder, label: this.#now() })
    this.#state = undefined
  }
}

/** Ends what is running, and takes what came after the end of test files: no more will come from this process. */
export function endProcess(): void {
  for (const counts of running) counts.end()
  const late = ended
  ended = []
  for (const { state, folder, label } of late) {
    const known = state.deref()
    const frame = known && drain(label, { state: known })
    if (!frame) continue
    const file = new WorkerFile(folder, label)
    file.append(frame)
    file.close()
  }
}
