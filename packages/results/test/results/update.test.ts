import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { arbitraryData, tableNumber } from './arbitrary-results.ts'

function text(results: CoverageResults): string {
  return JSON.stringify(results)
}

function sum(...parts: CoverageResults[]): CoverageResults {
  const total = new CoverageResults()
  for (const part of parts) total.update(part)
  return total
}

const results = arbitraryData.map((data) => new CoverageResults(data))

test('update is commutative', () => {
  const same = fc.property(results, results, (a, b) => {
    expect(text(sum(a, b))).toBe(text(sum(b, a)))
  })
  fc.assert(same)
})

test('update is associative', () => {
  const same = fc.property(results, results, results, (a, b, c) => {
    expect(text(sum(sum(a, b), c))).toBe(text(sum(a, sum(b, c))))
  })
  fc.assert(same)
})

test('empty results change nothing, on either side', () => {
  const same = fc.property(results, (a) => {
    expect(text(sum(new CoverageResults(), a))).toBe(text(a))
    expect(text(sum(a, new CoverageResults()))).toBe(text(a))
  })
  fc.assert(same)
})

test('update drops and doubles nothing: every total is the sum of the totals', () => {
  const totals = (part: CoverageResults) => ({
    counts: part.sources().reduce((all, { counts }) => all + counts.reduce((a, b) => a + b, 0), 0),
    calls: part.edges().reduce((all, { calls }) => all + calls, 0),
    resumptions: part.edges().reduce((all, { resumptions }) => all + resumptions, 0),
  })
  const same = fc.property(results, results, (a, b) => {
    const [left, right, both] = [totals(a), totals(b), totals(sum(a, b))]
    expect(both.counts).toBe(left.counts + right.counts)
    expect(both.calls).toBe(left.calls + right.calls)
    expect(both.resumptions).toBe(left.resumptions + right.resumptions)
  })
  fc.assert(same)
})

test('what happens to the other results afterwards changes nothing', () => {
  const same = fc.property(results, results, (a, b) => {
    a.update(b)
    const before = text(a)
    b.update(sum(b, a))
    for (const { counts } of b.sources()) counts.fill(7)
    expect(text(a)).toBe(before)
  })
  fc.assert(same)
})

test('what happens to added data afterwards changes nothing', () => {
  const sites = tableNumber(0)
  const counts = Float64Array.of(1, 2, 3)
  const caller = { path: 'a.ts', name: 'f' }
  const edge = { caller, callee: { path: 'a.ts', name: 'g' }, calls: 1, resumptions: 0 }
  const data = { path: 'a.ts', hash: 'h', sites, counts }
  const kept = new CoverageResults({ sources: [data], edges: [edge] })
  const before = text(kept)
  counts.fill(9)
  caller.name = 'changed'
  edge.calls = 5
  Array.prototype.pop.call(sites.lines)
  Object.assign(sites.lines[0] as object, { line: 77 })
  expect(text(kept)).toBe(before)
})

test('the tables that results share cannot be changed', () => {
  const kept = new CoverageResults({
    sources: [{ path: 'a.ts', hash: 'h', sites: tableNumber(0), counts: Float64Array.of(1, 2, 3) }],
  })
  const [first] = kept.sources()
  expect(() => Array.prototype.pop.call(first?.sites.lines)).toThrow(TypeError)
  expect(() => Object.assign(first?.sites.functions[0]?.end ?? {}, { line: 1 })).toThrow(TypeError)
})

test('updating with oneself doubles every number', () => {
  const same = fc.property(results, (a) => {
    const twice = sum(a, a)
    a.update(a)
    expect(text(a)).toBe(text(twice))
  })
  fc.assert(same)
})
