import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Counted } from '../../src/collect/counted.ts'
import { decodeFrames, encodeFrame, type FrameLabel, type FrameSource } from '../../src/collect/frame.ts'

const count = fc.oneof(
  fc.nat(3),
  fc.constantFrom(255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53),
  fc.nat(),
)
const text = fc.string({ unit: 'binary', maxLength: 8 })
const label: fc.Arbitrary<FrameLabel> = fc.record({ testFile: text, project: text })
/** Many of them zero, so that both forms come up. */
const counts = fc
  .oneof(
    fc.array(count, { minLength: 1, maxLength: 5 }),
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, count), { minLength: 250, maxLength: 300 }),
  )
  .map((numbers) => Float64Array.from(numbers))
const counted: fc.Arbitrary<Counted> = fc.record({
  sources: fc.array(
    fc.record(
      {
        id: fc.string({ minLength: 1, maxLength: 4 }),
        path: text,
        counts,
        table: text,
      },
      { requiredKeys: ['id', 'path', 'counts'] },
    ),
    { maxLength: 4 },
  ),
  edges: fc.array(
    fc.record({
      callerId: fc.string({ maxLength: 3 }),
      callerFunction: fc.nat(99),
      calleeId: fc.string({ maxLength: 3 }),
      calleeFunction: fc.nat(99),
      calls: count,
      resumptions: count,
    }),
    { maxLength: 4 },
  ),
})

const one: Counted = {
  sources: [{ id: 'abc', path: 'src/a.ts', counts: Float64Array.of(1, 300), table: '{}' }],
  edges: [{ callerId: '', callerFunction: 0, calleeId: 'abc', calleeFunction: 1, calls: 2, resumptions: 1 }],
}
const nowhere: FrameLabel = { testFile: '', project: '' }

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** As they were before they were made small. */
function wholeFrames(bytes: Uint8Array): { frames: object[]; rest: number } {
  const { frames, rest } = decodeFrames(bytes)
  return { frames: frames.map((frame) => ({ ...frame, sources: frame.sources.map(wholeSource) })), rest }
}

function wholeSource({ counters, counts, places, ...source }: FrameSource): object {
  const whole = new Float64Array(counters)
  counts.forEach((count, at) => {
    whole[places?.[at] ?? at] = count
  })
  return { ...source, counts: whole }
}

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(counted, label), { maxLength: 3 }), (frames) => {
      const bytes = joined(...frames.map(([data, where]) => encodeFrame(data, where)))
      const expected = frames.map(([data, where]) => ({ ...data, label: where }))
      expect(wholeFrames(bytes)).toEqual({ frames: expected, rest: 0 })
      // Its slices share memory with the rest of the file.
      expect(wholeFrames(Buffer.concat([bytes]))).toEqual({ frames: expected, rest: 0 })
    }),
  )
})

test.each([
  [255, 1],
  [256, 2],
  [65_535, 2],
  [65_536, 4],
  [2 ** 32 - 1, 4],
  [2 ** 32, 8],
  [2 ** 53, 8],
])('counts up to %i take %i bytes each', (most, width) => {
  const sizeOf = (counts: Float64Array): number =>
    encodeFrame({ sources: [{ id: 'a', path: 'a', counts }], edges: [] }, nowhere).length
  const many = new Float64Array(900).fill(1)
  const few = new Float64Array(100).fill(1)
  many[0] = most
  few[0] = most
  expect(sizeOf(many) - sizeOf(few)).toBe(800 * width)
})

test('a frame of which few counters changed is small, however large its source is', () => {
  const counts = new Float64Array(5_000)
  const frameOf = (places: readonly number[]): Uint8Array => {
    for (const place of places) counts[place] = 7
    return encodeFrame({ sources: [{ id: 'a', path: 'a', counts }], edges: [] }, nowhere)
  }
  expect(frameOf([3, 4_999]).length - frameOf([]).length).toBe(0)
  expect(frameOf([3, 4_999]).length).toBeLessThan(130)
  const [source] = decodeFrames(frameOf([300])).frames[0]?.sources ?? []
  expect([...(source?.places ?? [])]).toEqual([3, 300, 4_999])
  expect([...(source?.counts ?? [])]).toEqual([7, 7, 7])
  // In the main process nothing is made as long as the source.
  expect(source?.counters).toBe(5_000)
})

test('bytes may begin anywhere in their buffer', () => {
  const frame = encodeFrame(one, nowhere)
  const padded = joined(Uint8Array.of(1, 2, 3), frame)
  expect(wholeFrames(padded.subarray(3)).frames).toEqual([{ ...one, label: nowhere }])
})

test('a file cut off anywhere gives its whole frames and says how much is left over', () => {
  const whole = encodeFrame(one, nowhere)
  const both = joined(whole, encodeFrame(one, { testFile: 'b', project: '' }))
  for (let length = 0; length < both.length; length++) {
    const { frames, rest } = decodeFrames(both.subarray(0, length))
    expect(frames).toHaveLength(length < whole.length ? 0 : 1)
    expect(rest).toBe(length < whole.length ? length : length - whole.length)
  }
})

test('damaged bytes never throw, and what comes before them is kept', () => {
  const whole = encodeFrame(one, nowhere)
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = whole.slice()
      damaged[at] = (damaged[at] as number) ^ change
      const { frames, rest } = wholeFrames(joined(whole, damaged))
      expect(frames[0]).toEqual({ ...one, label: nowhere })
      expect(frames.length === 2 || rest > 0).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('a frame whose calls speak of a source that is not in it is damaged', () => {
  const [caller, callee] = [6, 4]
  for (const fromEnd of [caller, callee]) {
    const frame = encodeFrame(one, nowhere)
    frame[frame.length - fromEnd] = 2
    expect(decodeFrames(frame)).toEqual({ frames: [], rest: frame.length })
  }
})

test('foreign bytes are all left over', () => {
  expect(decodeFrames(new TextEncoder().encode('{"not": "a frame at all"}'))).toEqual({
    frames: [],
    rest: 25,
  })
})
