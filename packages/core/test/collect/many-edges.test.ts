import { createContext, runInContext } from 'node:vm'
import { instrument } from '@tstrace/instrument'
import {
  type CallState,
  EDGE,
  installState,
  MOST_EDGES,
  type RuntimeState,
  stateOf,
} from '@tstrace/instrument/runtime'
import { expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import { decodeFrames } from '../../src/collect/frame.ts'
import { drain } from '../../src/worker.ts'

/*
 * A map of the language takes 2^24 entries and throws at the next one, which would be in the middle of the user's program.
 */

const label = { testFile: '', project: '' }

function madeByCode(): CallState & RuntimeState {
  const realm = createContext({})
  runInContext(instrument('function f() {}\n', { file: 'a.js', calls: true })?.code ?? '', realm)
  return stateOf(realm) as CallState & RuntimeState
}

test.each([
  ['an adapter', () => installState(createContext({}))],
  ['the emitted code', madeByCode],
])('more edges than a map is given are counted, in a state made by %s', (_, make) => {
  const state = make()
  drain(label, { state })
  const { add, edges, resumed } = state
  for (let caller = 0; caller <= MOST_EDGES; caller++) add(edges, EDGE + caller, 1)
  add(edges, EDGE, 10)
  add(resumed, EDGE, 3)
  expect(edges.map((map) => map.size)).toEqual([MOST_EDGES, 2])
  const { frames, rest } = decodeFrames(drain(label, { state }) ?? new Uint8Array())
  expect([frames.length, rest]).toEqual([2, 0])
  const sums = new Map<string, [calls: number, resumptions: number]>()
  for (const frame of frames)
    for (const { calls, callerFunction, callerId, resumptions } of frame.edges) {
      const caller = `${callerId} ${callerFunction}`
      const [before, earlier] = sums.get(caller) ?? [0, 0]
      sums.set(caller, [before + calls, earlier + resumptions])
    }
  expect(sums.size).toBe(MOST_EDGES + 1)
  const others = [...sums].filter(([, [calls, resumptions]]) => calls !== 1 || resumptions !== 0)
  expect(others.map(([, both]) => both)).toEqual([[11, 3]])
  expect(drain(label, { state })).toBeUndefined()
})

test('what does not fit into one text is a loss, and throws nothing', () => {
  const state = installState(createContext({}))
  for (const name of ['a', 'b'])
    state.files[name] = { path: name.repeat(2 ** 28), counts: Float64Array.of(1) }
  const { frames } = decodeFrames(drain(label, { state }) ?? new Uint8Array())
  expect(frames).toMatchObject([
    { losses: [expect.stringContaining('is missing from the counts')], sources: [] },
  ])
})

test('more edges than fit into memory are a loss', () => {
  const collector = new Collector()
  const edge = { callerId: 'a', calleeId: 'a', calleeFunction: 0, calls: 1, resumptions: 0 }
  const more = (from: number, to: number): void => {
    const edges = Array.from({ length: to - from }, (_, at) => ({ ...edge, callerFunction: from + at }))
    collector.addCounted({ sources: [], edges })
  }
  for (let from = 0; from < 2 ** 22; from += 2 ** 19) more(from, from + 2 ** 19)
  more(0, 10)
  more(2 ** 22, 2 ** 22 + 2)
  expect(collector.finish(() => undefined).losses).toEqual([
    expect.stringContaining('More than 4194304 different pairs of caller and callee'),
  ])
})
