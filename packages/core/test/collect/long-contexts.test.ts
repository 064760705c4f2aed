import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import { encodeFrame } from '../../src/collect/frame.ts'

const SITES = 3000
const source = { id: 'a', path: 'a.js' }

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heap(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

test.each(['frames of a worker', 'counts of this process'])(
  'a context that goes on for long takes the memory of a short one: %s',
  (from) => {
    const collector = new Collector({ contexts: true })
    const label = { testFile: '/shop/a.test.ts', project: '' }
    const counted = (time: number): { sources: object[]; edges: [] } => ({
      sources: [{ ...source, counts: new Float64Array(SITES).fill(time + 1) }],
      edges: [],
    })
    const before = heap()
    if (from === 'counts of this process')
      for (let time = 0; time < 600; time++) collector.addCounted(counted(time) as never, '["named",""]')
    else {
      const frames = Array.from({ length: 600 }, (_, time) => encodeFrame(counted(time) as never, label))
      collector.add(Buffer.concat(frames), 'the worker')
    }
    expect((heap() - before) / 2 ** 20).toBeLessThan(10)
    // It is still in use.
    collector.clear()
  },
)
