import { expect, test } from 'vitest'
import { FlushBudget } from '../../src/collect/flush-budget.ts'

let time = 0
const clock = (): number => time

/** Whether a budget lets a flush happen that takes so many milliseconds. */
function flushes(budget: FlushBudget, takes: number): boolean {
  let flushed = false
  budget.spend(() => {
    flushed = true
    time += takes
  })
  return flushed
}

test('flushing stops when it has taken its allowance, and goes on after fifty times as long', () => {
  const budget = new FlushBudget(undefined, clock)
  expect([2, 2, 2].map((takes) => flushes(budget, takes))).toEqual([true, true, true])
  // 6 ms of 5 and a fiftieth of 6.
  expect(flushes(budget, 2)).toBe(false)
  time += 43
  expect(flushes(budget, 2)).toBe(false)
  time += 1
  expect(flushes(budget, 2)).toBe(true)
})

test('however short the tests are, flushing takes a fiftieth of the time and its allowance', () => {
  const budget = new FlushBudget(undefined, clock)
  for (let tests = 0; tests < 100_000; tests++) {
    time += 0.1
    flushes(budget, 1)
  }
  expect(budget.spent).toBeGreaterThan((time - budget.started) / 50)
  expect(budget.spent).toBeLessThanOrEqual((time - budget.started) / 50 + 6)
})

test('what one test file has spent, the next one in the process cannot spend again', () => {
  const first = new FlushBudget(undefined, clock)
  expect(flushes(first, 100)).toBe(true)
  const next = new FlushBudget(first, clock)
  expect(flushes(next, 1)).toBe(false)
  time += 10_000
  expect(flushes(next, 1)).toBe(true)
})

test('without another clock it is that of the process', () => {
  const long = performance.now() - 1_000_000
  expect(flushes(new FlushBudget({ started: long, spent: 20_000 }), 0)).toBe(true)
  expect(flushes(new FlushBudget({ started: long, spent: 2_000_000 }), 0)).toBe(false)
})
