/** Loaded before a program: when it ends, says what it took. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface Taken {
  /** Processor time of all its threads, in microseconds. */
  readonly processor: number
  /** Memory at most, in kB. */
  readonly memory: number
}

const file = process.env.BENCH_TAKEN
if (file !== undefined) {
  process.on('exit', () => {
    const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage()
    const memory = ownPeak() ?? maxRSS
    writeFileSync(file, JSON.stringify({ processor: systemCPUTime + userCPUTime, memory } satisfies Taken))
  })
}

/** What this process held at most, in kB, where the system tells: it begins `maxRSS` with what the parent holds. */
function ownPeak(): number | undefined {
  const status = '/proc/self/status'
  if (!existsSync(status)) return undefined
  const found = /VmHWM:\s*(\d+)/.exec(readFileSync(status, 'utf8'))
  return found ? Number(found[1]) : undefined
}
