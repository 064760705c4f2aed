import { expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import { encodeFrame } from '../../src/collect/frame.ts'
import { instrument } from '../../src/instrument/instrument.ts'

test('a table that came along says which function a number means, and that some are nobody', () => {
  const made = instrument('function f() {}\n', { file: 'a.js' })
  if (!made) throw new Error('nothing runs')
  const table = JSON.stringify({ hash: made.hash, sites: made.sites, functions: [0, -1, 1] })
  const counts = new Float64Array(made.sites.counters).fill(1)
  const edge = { callerId: '', callerFunction: 0, calleeId: 'c', resumptions: 0 }
  const collector = new Collector()
  collector.addCounted({
    sources: [{ id: 'c', path: 'a.js', counts, table }],
    edges: [
      { ...edge, calleeFunction: 1, calls: 5 },
      { ...edge, calleeFunction: 2, calls: 7 },
    ],
  })
  const { results } = collector.finish(() => undefined)
  expect(results.edges().map(({ callee, calls }) => [callee.name, calls])).toEqual([['f', 7]])
})

test('what went wrong in workers is said once', () => {
  const collector = new Collector()
  const frame = encodeFrame(
    { sources: [], edges: [], problems: ['a.js ran untouched.'] },
    { testFile: '', project: '' },
  )
  collector.add(frame, 'one worker')
  collector.add(frame, 'another')
  expect(collector.finish(() => undefined).problems).toEqual(['a.js ran untouched.'])
})
