/** One program as one variant in a process of its own: `program variant module repetitions`; sends the times. */
import { pathToFileURL } from 'node:url'
import { programs } from './programs.ts'
import { threadTime } from './thread-time.ts'
import { variants } from './variants.ts'

export interface Run {
  /** Milliseconds of the thread that runs the program, one for each repetition. */
  readonly times: readonly number[]
  readonly result: string | number
  /** What the variant has counted. */
  readonly counted: number
}

const [programName, variantName, path = '', repetitions] = process.argv.slice(2)
const program = programs.find(({ name }) => name === programName)
const variant = variants.find(({ name }) => name === variantName)
if (!program || !variant) throw new Error(`No program ${programName} or no variant ${variantName}`)

const quick = process.env.BENCH_QUICK === '1'
const counted = await variant.watch()
const module = await import(pathToFileURL(path).href)
let result = program.run(module, quick)
const times: number[] = []
for (let repetition = 0; repetition < Number(repetitions); repetition++) {
  const start = threadTime()
  result = program.run(module, quick)
  times.push(threadTime() - start)
}
process.send!({ times, result, counted: await counted() } satisfies Run)
process.disconnect()
