/** One instrumenter in a process of its own: for each message from the parent, one pass over all sources. */
import { instrumenters } from './instrumenters.ts'
import { readSources } from './sources.ts'
import { threadTime } from './thread-time.ts'

const instrumenter = instrumenters.find(({ name }) => name === process.argv[2])
if (!instrumenter) throw new Error(`No instrumenter is called ${process.argv[2]}`)
const run = await instrumenter.load()
const sets = readSources(process.env.BENCH_QUICK === '1')

/** Milliseconds of this thread for each set of sources. */
function pass(): number[] {
  return sets.map(({ name, sources }) => {
    const start = threadTime()
    let code = 0
    let map = 0
    for (const source of sources) {
      const [codeLength, mapLength] = run(source)
      code += codeLength
      map += mapLength
    }
    const time = threadTime() - start
    if (code === 0 || map === 0) throw new Error(`${instrumenter!.name} made no code or no map for ${name}`)
    return time
  })
}

process.on('message', () => process.send!(pass()))
