import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CoverageResults } from '../../src/api/traced-results.ts'

const LINE = { line: 1, column: 0, rule: 'statement', counters: [0] }
const SITES = { counters: 1, lines: [LINE], functions: [], branches: [] }
const SOURCE = { path: 'a.js', hash: 'h', sites: SITES, counts: new Float64Array([1]) }
const ONE = { path: 'a.js', name: 'a' }
const EDGE = { caller: ONE, callee: ONE, calls: 1, resumptions: 0 }

const revoked = Proxy.revocable({}, {})
revoked.revoke()

/** What is no data for results, each in one place. */
const ODD: readonly unknown[] = [
  ...[null, 1, true, Symbol('x'), () => 1, revoked.proxy],
  ...[1, 'text', null, {}, { [Symbol.iterator]: 1 }, [null], [1], [{}]].map((sources) => ({ sources })),
  ...[1, 'text', null, {}, [null], [1], [{}]].map((edges) => ({ edges })),
  ...[
    { path: 1 },
    { path: undefined },
    { path: '/absolute' },
    { hash: null },
    { hash: 'no hash' },
    { counts: undefined },
    { counts: 'x' },
    { counts: ['1'] },
    { counts: [1n] },
    { counts: [1, 2] },
    { counts: [-1] },
    { counts: [Number.NaN] },
    { sites: undefined },
    { sites: 1 },
    { sites: {} },
    { sites: { ...SITES, counters: -1 } },
    { sites: { ...SITES, lines: 1 } },
    { sites: { ...SITES, lines: [null] } },
    { sites: { ...SITES, lines: [{ ...LINE, counters: [1] }] } },
    { sites: { ...SITES, lines: [{ ...LINE, line: 'x' }] } },
    { sites: { ...SITES, functions: [{}] } },
    { sites: { ...SITES, branches: [{ arms: 1 }] } },
  ].map((odd) => ({ sources: [{ ...SOURCE, ...odd }] })),
  ...[
    { caller: undefined },
    { callee: 1 },
    { callee: { path: 1, name: 'a' } },
    { callee: { path: 'a.js' } },
    { calls: '1' },
    { calls: 0.5 },
    { resumptions: undefined },
  ].map((odd) => ({ edges: [{ ...EDGE, ...odd }] })),
  'a\0b',
  '',
]

test('odd data is refused with a sentence', () => {
  for (const data of ODD) {
    let thrown: unknown
    try {
      new CoverageResults(data as object)
    } catch (error) {
      thrown = error
    }
    const shown =
      typeof data === 'object' && data !== revoked.proxy ? JSON.stringify(data, texts) : typeof data
    expect(thrown, shown).toMatchObject({ name: 'TstraceError', code: expect.stringMatching(/^TST_/) })
  }
})

function texts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value
}

test('sound data is taken, lists of counts included', () => {
  const given = new CoverageResults({
    sources: [SOURCE, { ...SOURCE, counts: [2] as never }],
    edges: new Set([EDGE]),
  })
  expect([...given.lineCounts('a.js')]).toEqual([[1, 3]])
  const again = new CoverageResults({ sources: given.sources(), edges: given.edges() })
  expect(again.toJSON()).toEqual(given.toJSON())
  expect(CoverageResults.fromJSON(given.toJSON()).toJSON()).toEqual(given.toJSON())
})

test('what is no results is not added', () => {
  for (const other of [null, 1, 'x', {}])
    expect(() => new CoverageResults().update(other as never)).toThrow(
      expect.objectContaining({ name: 'TstraceError' }),
    )
})

test('a root that is not there is named', () => {
  const root = join(import.meta.dirname, 'missing')
  expect(() => new CoverageResults('a.counts', { root })).toThrow(
    expect.objectContaining({ code: 'TST_OPTION_VALUE', message: expect.stringContaining(root) }),
  )
})
