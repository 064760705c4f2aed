import { expect, test } from 'vitest'
import { drawingOf } from '../../src/app/graph-layout.ts'

const named = (name: string): { path: string; name: string } => ({ path: 'a.ts', name })

function node(name: string, below: number): Parameters<typeof drawingOf>[1][number] {
  const inner = Array.from({ length: below }, (_, i) => node(`${name}.${i}`, 0))
  return { function: named(name), calls: 1, resumptions: 0, elsewhere: false, below: inner }
}

test('no two boxes of a column overlap, arrows lead along the calls, and what is not drawn is counted', () => {
  const callers = Array.from({ length: 9 }, (_, i) => node(`caller ${i}`, i % 4))
  const { arrows, boxes, height } = drawingOf(named('f'), callers, [node('callee', 1)])
  for (const column of [-2, -1, 0, 1, 2]) {
    const tops = boxes.filter((box) => box.column === column && box.more === undefined).map(({ top }) => top)
    const sorted = tops.toSorted((a, b) => a - b)
    for (const [at, top] of sorted.entries()) expect(top - (sorted[at - 1] ?? -100)).toBeGreaterThan(34)
    for (const top of tops) expect(top).toBeGreaterThanOrEqual(0)
  }
  expect(Math.max(...boxes.map(({ top }) => top))).toBeLessThanOrEqual(height)
  for (const { from, to } of arrows) expect(boxes[from]!.column).toBeLessThan(boxes[to]!.column)
  expect(boxes.filter(({ column, more }) => column === -1 && more).map(({ more }) => more)).toEqual([3])
})

test('a function alone is drawn', () => {
  expect(drawingOf(named('f'), [], [])).toMatchObject({ boxes: [{ column: 0, top: 0 }], arrows: [] })
})
