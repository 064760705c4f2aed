import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FLUSH_INTERVAL, FlushBudget } from '../../src/collect/flush-budget.ts'

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

test('tests that follow each other quickly are flushed together', () => {
  const budget = new FlushBudget(undefined, clock)
  expect(flushes(budget, 0)).toBe(false)
  time += FLUSH_INTERVAL
  expect(flushes(budget, 0)).toBe(true)
  time += FLUSH_INTERVAL - 1
  expect(flushes(budget, 0)).toBe(false)
  time += 1
  expect(flushes(budget, 0)).toBe(true)
})

test('flushing stops when it has taken its allowance, and goes on after fifty times as long', () => {
  const budget = new FlushBudget(undefined, clock)
  const flushed = [8, 8, 8].map((takes) => {
    time += FLUSH_INTERVAL
    return flushes(budget, takes)
  })
  // 16 ms of 5 and a fiftieth of 316.
  expect(flushed).toEqual([true, true, false])
  time += 550 - 316 - 1
  expect(flushes(budget, 8)).toBe(false)
  time += 1
  expect(flushes(budget, 8)).toBe(true)
})

test('however long a flush takes, flushing takes a fiftieth of the time and its allowance', () => {
  const budget = new FlushBudget(undefined, clock)
  for (let tests = 0; tests < 100_000; tests++) {
    time += 0.1
    flushes(budget, 10)
  }
  expect(budget.spent).toBeGreaterThan((time - budget.started) / 50)
  expect(budget.spent).toBeLessThanOrEqual((time - budget.started) / 50 + 15)
})

test('what one test file has spent, the next one in the process cannot spend again', () => {
  const first = new FlushBudget(undefined, clock)
  time += FLUSH_INTERVAL
  expect(flushes(first, 100)).toBe(true)
  const next = new FlushBudget(first, clock)
  time += FLUSH_INTERVAL
  expect(flushes(next, 1)).toBe(false)
  time += 10_000
  expect(flushes(next, 1)).toBe(true)
})

test('without another clock it is that of the process', async () => {
  const long = performance.now() - 1_000_000
  const [poor, rich] = [2_000_000, 20_000].map((spent) => new FlushBudget({ started: long, spent }))
  await setTimeout(FLUSH_INTERVAL + 10)
  expect(flushes(poor as FlushBudget, 0)).toBe(false)
  expect(flushes(rich as FlushBudget, 0)).toBe(true)
})
