import { expect, test } from 'vitest'
import { decodeFrames, encodeFrame } from '../../src/collect/frame.ts'

const label = { testFile: '/project/test/a.test.ts', project: 'unit' }
const edge = {
  callerId: '',
  callerFunction: 0,
  calleeId: 'a',
  calleeFunction: 1,
  calls: 2 ** 40,
  resumptions: 3,
}
const counted = (...counts: number[][]) => ({
  sources: counts.map((numbers, n) => ({
    id: `${n}`,
    path: `src/${n}.ts`,
    counts: Float64Array.from(numbers),
  })),
  edges: [edge],
})

test.each([
  ['one byte', [0, 1, 255]],
  ['two bytes', [256, 0, 65_535]],
  ['four bytes', [65_536, 2 ** 32 - 1, 7]],
  ['eight bytes', [2 ** 32, 2 ** 53, 0]],
])('counts of %s come back, from a Buffer as Node reads it too', (_width, numbers) => {
  const given = counted([3], numbers, [1, 2])
  const bytes = encodeFrame(given, label)
  const expected = { frames: [{ ...given, label }], rest: 0 }
  expect(decodeFrames(bytes)).toEqual(expected)
  expect(decodeFrames(Buffer.concat([bytes]))).toEqual(expected)
})

test('an incomplete frame at the end is told apart from those before it', () => {
  const whole = encodeFrame(counted([300]), label)
  const { frames, rest } = decodeFrames(Buffer.concat([whole, whole.subarray(0, whole.length - 1)]))
  expect(frames).toEqual([{ ...counted([300]), label }])
  expect(rest).toBe(whole.length - 1)
})
