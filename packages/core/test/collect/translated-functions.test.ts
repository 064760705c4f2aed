import { instrument } from '@tstrace/instrument'
import { expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import { encodeFrame } from '../../src/collect/frame.ts'

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

test('whoever alone calls a function that is nobody stands for it', () => {
  const made = instrument('function f() {}\nfunction g() {}\n', { file: 'a.js' })
  if (!made) throw new Error('nothing runs')
  // 1 and 2 are helpers of a compiler, 3 is f, 4 is g.
  const table = JSON.stringify({ hash: made.hash, sites: made.sites, functions: [0, -1, -1, 1, 2] })
  const counts = new Float64Array(made.sites.counters).fill(1)
  const edgesOf = (calls: readonly (readonly [caller: number | '', callee: number])[]): unknown => {
    const collector = new Collector()
    collector.addCounted({
      sources: [{ id: 'c', path: 'a.js', counts, table }],
      edges: calls.map(([caller, calleeFunction]) => ({
        ...{ callerId: caller === '' ? '' : 'c', callerFunction: caller || 0 },
        ...{ calleeId: 'c', calleeFunction, calls: 1, resumptions: 0 },
      })),
    })
    const { results } = collector.finish(() => undefined)
    return results.edges().map(({ caller, callee, calls }) => `${caller.name} ${callee.name} ${calls}`)
  }
  const module = ['', 0] as const
  expect(edgesOf([module, [0, 1], [1, 2], [2, 3], [0, 3]])).toEqual([
    '<event loop> <module> 1',
    '<module> f 2',
  ])
  // A helper that calls itself is called by one all the same, and one that two call by nobody in particular.
  expect(edgesOf([module, [0, 1], [1, 1], [1, 3]])).toEqual(['<event loop> <module> 1', '<module> f 1'])
  expect(edgesOf([module, [0, 1], [4, 1], [1, 3]])).toEqual(['<event loop> <module> 1'])
  expect(edgesOf([module, [1, 2], [2, 1], [1, 3]])).toEqual(['<event loop> <module> 1'])
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
