/**
 * Milliseconds between timed flushes: what a killed worker loses at most beside its running test. Tests that wait for nothing
 * leave a timer no turn; so flushes after tests come as often, and no more often: the first ones in a process are dear, being
 * cold code that finds all that has been imported.
 */
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

/** Keeps flushing after tests to one flush in an interval, and to a small part of the time that a process runs. */
export class FlushBudget implements FlushTimes {
  readonly started: number
  spent: number
  readonly #clock: () => number
  #last: number

  /**
   * @param earlier what the test file before this one has left. Default: this is the first
   * @param clock of the process, in milliseconds
   */
  constructor(earlier?: FlushTimes, clock: () => number = processClock) {
    // What the test file before this one has counted was flushed at its end.
    this.#last = clock()
    this.started = earlier?.started ?? this.#last
    this.spent = earlier?.spent ?? 0
    this.#clock = clock
  }

  /** Flushes, unless it is too early for that, or flushing has taken too much of the time already. */
  spend(flush: () => void): void {
    const start = this.#clock()
    const isEarly = start - this.#last < FLUSH_INTERVAL
    if (isEarly || this.spent > ALLOWANCE + (start - this.started) / SHARE) return
    flush()
    this.#last = this.#clock()
    this.spent += this.#last - start
  }
}
