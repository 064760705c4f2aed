import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Context, compareContexts, type TestContext } from '../../src/results/context.ts'
import { ContextCounts } from '../../src/results/context-counts.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { keptFrom } from '../../src/results/kept-counts.ts'
import { allOf, arbitraryCounted, resultsOf } from './arbitrary-contexts.ts'
import { tableNumber } from './arbitrary-results.ts'

test('the sum over contexts is the total', () => {
  const same = fc.property(arbitraryCounted, (counted) => {
    const results = resultsOf(counted)
    const sum = new CoverageResults()
    for (const context of results.contexts()) sum.update(results.of(context))
    // A source of which nothing ran is in no context, and neither is a call that never was.
    const zero = new CoverageResults({
      sources: results
        .sources()
        .map((source) => ({ ...source, counts: new Float64Array(source.counts.length) })),
      edges: results.edges().map((edge) => ({ ...edge, calls: 0, resumptions: 0 })),
    })
    sum.update(zero)
    expect(sum.toJSON()).toEqual(results.toJSON())
  })
  fc.assert(same)
})

test('update adds contexts up in any order', () => {
  const same = fc.property(arbitraryCounted, arbitraryCounted, (one, other) => {
    const results = resultsOf(one)
    results.update(resultsOf(other))
    const reversed = resultsOf(other)
    reversed.update(resultsOf(one))
    expect(allOf(results)).toEqual(allOf(resultsOf([...one, ...other])))
    expect(allOf(reversed)).toEqual(allOf(results))
  })
  fc.assert(same)
})

test('updating with oneself doubles every context', () => {
  const same = fc.property(arbitraryCounted, (counted) => {
    const results = resultsOf(counted)
    results.update(results)
    expect(allOf(results)).toEqual(allOf(resultsOf([...counted, ...counted])))
  })
  fc.assert(same)
})

test('the tests of a line are those whose own results have a number for it', () => {
  const same = fc.property(arbitraryCounted, (counted) => {
    const results = resultsOf(counted)
    for (const { path, hash } of results.versions()) {
      for (const line of results.lineCounts(path, hash).keys()) {
        const expected = results.contexts().flatMap((context) => {
          const own = results.of(context)
          const isThere = own.versions().some((version) => version.path === path && version.hash === hash)
          const count = isThere ? (own.lineCounts(path, hash).get(line) ?? 0) : 0
          return count > 0 ? [{ context, count }] : []
        })
        const found = results.testsOf(path, line, hash)
        expect(found.toSorted((a, b) => compareContexts(a.context, b.context))).toEqual(expected)
        expect(found.map(({ count }) => count)).toEqual(found.map(({ count }) => count).sort((a, b) => b - a))
      }
    }
  })
  fc.assert(same, { numRuns: 50 })
})

test('a test that ran nothing is a context, and so is one in two places of its file', () => {
  const results = new CoverageResults()
  const early: TestContext = {
    kind: 'test',
    project: '',
    file: 'a.test.ts',
    titles: ['adds'],
    index: 0,
    retry: 0,
    repeat: 0,
    state: 'passed',
    line: 3,
  }
  results.addContext({ ...early, line: 5 })
  results.addContext(early)
  expect(results.contexts()).toEqual([{ ...early, line: 5 }])
  expect(results.of(early).toJSON()).toEqual(new CoverageResults().toJSON())
})

const pairs = fc.array(fc.tuple(fc.nat(200), fc.nat(2 ** 40)), { maxLength: 60 })
const additions = fc.array(fc.tuple(fc.constantFrom('0', '1', '2', '3'), pairs), { maxLength: 8 })

test('packed counts are the same however they came together, and read back', () => {
  const same = fc.property(additions, additions, (one, other) => {
    const made = (list: typeof one): ContextCounts => {
      const counts = new ContextCounts()
      for (const [context, ran] of list) counts.add(context, ran)
      return counts
    }
    const all = made([...one, ...other])
    const summed = made(other)
    summed.addAll(made(one))
    const packed = all.pack(Number)
    expect(summed.pack(Number)).toEqual(packed)
    const read = new ContextCounts(keptFrom(packed, ['0', '1', '2', '3']))
    expect(read.pack(Number)).toEqual(packed)
    for (const context of all.contexts()) expect(read.of(context)).toEqual(all.of(context))
  })
  fc.assert(same)
})

test('what several contexts ran equally often is kept once', () => {
  const counts = new ContextCounts()
  for (let context = 0; context < 100; context++)
    counts.add(`${context}`, [
      [3, 1],
      [40, 2],
      [context < 50 ? 70 : 90, 1],
    ])
  const { contexts, parts, rows } = counts.pack(Number)
  expect(parts).toEqual([
    [0, 2 ** 3, 1],
    [1, 2 ** 8, 2],
    [2, 2 ** 6, 1],
    [2, 2 ** 26, 1],
  ])
  expect(rows).toEqual([
    [0, 1, 2],
    [0, 1, 3],
  ])
  expect(contexts.map(({ length }) => length)).toEqual([50, 50])
})

test('tables with other counters under one text are told apart', () => {
  const context: Context = { kind: 'file', project: '', file: 'a.test.ts' }
  const results = new CoverageResults()
  results.addSource(
    { path: 'a.ts', hash: 'h', sites: tableNumber(0), counts: Float64Array.of(1, 0, 0) },
    context,
  )
  results.addSource(
    { path: 'a.ts', hash: 'h', sites: tableNumber(1), counts: Float64Array.of(0, 0, 0, 2) },
    context,
  )
  expect(
    results
      .of(context)
      .sources()
      .map(({ counts }) => [...counts]),
  ).toEqual([
    [1, 0, 0],
    [0, 0, 0, 2],
  ])
})
