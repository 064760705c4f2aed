/** Milliseconds between timed flushes: what a killed worker loses at most beside its running test. */
export const FLUSH_INTERVAL = 100

/** Milliseconds that flushing after tests may take in a process, beside a fiftieth of its running time. */
const ALLOWANCE = 5
const SHARE = 50

// Taken before a test can replace it. Bundles without budgets leave it out: Node loads more than a clock.
const processClock = /* @__PURE__ */ clockOfProcess()

/** From the process itself: environments and fake timers bring clocks of their own. */
function clockOfProcess(): () => number {
  const { performance } = process.getBuiltinModule('node:perf_hooks')
  return performance.now.bind(performance)
}

/** What a process that runs several test files hands from one to the next; in milliseconds. */
export interface FlushTimes {
  readonly started: number
  readonly spent: number
}

/** Keeps flushing after tests to a small part of the time that a process runs. */
export class FlushBudget implements FlushTimes {
  readonly started: number
  spent: number
  readonly #clock: () => number

  /**
   * @param earlier what the test file before this one has left. Default: this is the first
   * @param clock of the process, in milliseconds
   */
  constructor(earlier?: FlushTimes, clock: () => number = processClock) {
    this.started = earlier?.started ?? clock()
    this.spent = earlier?.spent ?? 0
    this.#clock = clock
  }

  /** Flushes, unless flushing has taken too much of the time already. */
  spend(flush: () => void): void {
    const start = this.#clock()
    if (this.spent > ALLOWANCE + (start - this.started) / SHARE) return
    flush()
    this.spent += this.#clock() - start
  }
}
