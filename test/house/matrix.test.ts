import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covering, IS_WHOLE, outermost, turnsOf } from '../e2e/matrix.ts'

type Row = Readonly<Record<string, string | number>>

/** Pairs of values that are in any of the first rows and in none of the second. */
function missingPairs(all: readonly Row[], chosen: readonly Row[]): string[] {
  const pairs = (rows: readonly Row[]): string[] =>
    rows.flatMap((row) => {
      const values = Object.entries(row).map((entry) => entry.join(' '))
      return values.flatMap((value) => values.map((other) => `${value}, ${other}`))
    })
  const covered = new Set(pairs(chosen))
  return pairs(all).filter((pair) => !covered.has(pair))
}

const rows = fc.array(
  fc.record({ runner: fc.nat(2), transformer: fc.nat(4), provider: fc.nat(1), tracing: fc.nat(1) }),
  { minLength: 1, maxLength: 60 },
)

test('the chosen rows have every pair that is possible', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const chosen = covering(all, 2)
      expect(all).toEqual(expect.arrayContaining(chosen))
      expect(missingPairs(all, chosen)).toEqual([])
    }),
  )
})

test('the chosen rows have every value that is possible', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const valuesOf = (some: readonly Row[]): string[] =>
        some.flatMap((row) => Object.entries(row).map((entry) => entry.join(' ')))
      expect(new Set(valuesOf(covering(all, 1)))).toEqual(new Set(valuesOf(all)))
    }),
  )
})

const MATRIX: readonly Row[] = [29, 30].flatMap((major) =>
  ['babel', 'ts', 'swc', 'esbuild'].flatMap((transformer) =>
    ['babel', 'v8'].flatMap((provider) =>
      ['', '-T'].map((tracing) => ({ major, transformer, provider, tracing })),
    ),
  ),
)

test('they are few, and one less would miss something', () => {
  const chosen = covering(MATRIX, 2)
  expect(MATRIX).toHaveLength(32)
  expect(chosen.length).toBeLessThan(12)
  expect(missingPairs(MATRIX, chosen.slice(0, -1))).not.toEqual([])
})

test('versions are spread where each value is wanted once', () => {
  const pools = ['forks', 'threads', 'vmForks'].flatMap((pool) => [3, 4, 5].map((major) => ({ pool, major })))
  const chosen = covering(pools, 1)
  expect(chosen).toHaveLength(3)
  expect(new Set(chosen.map(({ major }) => major)).size).toBe(3)
})

test('by turns, each scenario runs in one of the versions', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(20), (size, scenarios) => {
      const versions = Array.from({ length: size }, (_, i) => `${i}.0`)
      const due = versions.map((version) => turnsOf(versions, version))
      for (let i = 0; i < scenarios; i++) expect(due.filter((isDue) => isDue())).toHaveLength(1)
    }),
  )
})

test('the outermost are the oldest and the newest, of whatever is there', () => {
  expect(outermost([3, 4, 5])).toEqual(IS_WHOLE ? [3, 4, 5] : [3, 5])
  expect(outermost([3])).toEqual([3])
  expect(outermost([])).toEqual([])
})
