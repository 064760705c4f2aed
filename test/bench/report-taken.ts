/** Loaded before a program: when it ends, says what it took. */
import { writeFileSync } from 'node:fs'

export interface Taken {
  /** Processor time of all its threads, in microseconds. */
  readonly processor: number
  /** Memory at most, in kB. */
  readonly memory: number
}

const file = process.env.BENCH_TAKEN
if (file !== undefined) {
  process.on('exit', () => {
    const { maxRSS: memory, systemCPUTime, userCPUTime } = process.resourceUsage()
    writeFileSync(file, JSON.stringify({ processor: systemCPUTime + userCPUTime, memory } satisfies Taken))
  })
}
