import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedPrograms, countingLines } from './counted-programs.ts'
import { fileOf, type Mode, type Program, run } from './program.ts'

const shared = globalThis as { hit?: (line: number) => number }
/** Programs that loop for ever are stopped by an exception in whatever counts. */
const FUEL = 400

/** What a program did, and how often it arrived at its lines by its own count. */
async function ran(
  source: string,
  mode: Mode,
): Promise<{ hits: Map<number, number>; run: Awaited<ReturnType<typeof run>>; order: number[] }> {
  const order: number[] = []
  shared.hit = (line) => {
    order.push(line)
    if (order.length > FUEL) throw new Error('no fuel')
    return 1
  }
  const program: Program = { source, language: 'js' }
  const done = await run(program, mode)
  const hits = new Map<number, number>()
  for (const line of order) hits.set(line, (hits.get(line) ?? 0) + 1)
  return { hits, order, run: done }
}

async function check(source: string, transformer: Mode['transformer']): Promise<void> {
  const plain = await ran(source, { transformer })
  const expected = countingLines(source).map((line) => [line, plain.hits.get(line) ?? 0])
  for (const [calls, branches] of [
    [false, false],
    [true, false],
    [true, true],
  ] as const) {
    const counted = await ran(source, { transformer, instrument: { calls, branches } })
    expect(counted.order).toEqual(plain.order)
    expect(counted.run.behaviour).toEqual(plain.run.behaviour)
    expect(counted.run.at).toBe(0)
    // Out of fuel anywhere, even in `finally`.
    if (plain.order.length > FUEL) continue
    const lines = counted.run.results.lineCounts(fileOf({ language: 'js' }))
    expect(countingLines(source).map((line) => [line, lines.get(line)])).toEqual(expected)
  }
}

test('programs do the same, and every line shows the arrivals that the program counts itself', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(countedPrograms, (source) => check(source, 'none')),
    { numRuns: 150 },
  )
})

test('the same after a transformer that lowers classes', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(countedPrograms, (source) => check(source, 'lowered')),
    { numRuns: 40 },
  )
})

test('a wrong count is found', async () => {
  await expect(check('hit(1), hit(1)\n', 'none')).rejects.toThrow('to deeply equal')
})
