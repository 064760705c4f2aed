import { decode, encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { FlatMap } from '../../src/compiled/flat-map.ts'
import { throughBoth } from '../../src/compiled/traced-mappings.ts'

function mapOf(lines: SourceMapMappings, names: string[] = []) {
  return { version: 3 as const, sources: ['a.ts'], sourcesContent: ['text'], names, mappings: encode(lines) }
}

const INNER = mapOf(
  [[[0, 0, 4, 2], [6, 0, 4, 9, 0], [9], [12, 0, 1_000_000, 70_000]], [[3, 0, 0, 0]]],
  ['inner'],
)

test('each place of the first map leads to where the second one leads from there', () => {
  const outer = mapOf([
    [
      [1, 0, 0, 0],
      [4, 0, 0, 7],
      [6, 0, 0, 10],
      [7, 0, 0, 13],
    ],
    [],
    [[2, 0, 1, 5]],
  ])
  expect(decode(throughBoth(outer, INNER)?.mappings ?? '')).toEqual([
    [[1, 0, 4, 2], [4, 0, 4, 9, 0], [6], [7, 0, 1_000_000, 70_000]],
    [],
    [[2, 0, 0, 0]],
  ])
})

test('what leads nowhere is left out, as is what is said already', () => {
  const outer = mapOf([[[0], [1, 0, 0, 1], [2, 0, 0, 2], [3], [4], [5, 0, 1, 0], [6, 0, 7, 0]], [[0]]])
  expect(decode(throughBoth(outer, INNER)?.mappings ?? '')).toEqual([[[1, 0, 4, 2], [3]]])
})

test('names are those of the second map, or else of the first, as far as they are used', () => {
  const outer = mapOf(
    [
      [
        [0, 0, 0, 0, 1],
        [1, 0, 0, 6, 0],
      ],
    ],
    ['gone', 'kept'],
  )
  const both = throughBoth(outer, INNER)
  expect(both?.names).toEqual(['kept', 'inner'])
  expect(decode(both?.mappings ?? '')).toEqual([
    [
      [0, 0, 4, 2, 0],
      [1, 0, 4, 9, 1],
    ],
  ])
  expect(both).toMatchObject({ sources: ['a.ts'], sourcesContent: ['text'] })
})

test('of segments at one place the first speaks of it, the last of what is behind', () => {
  const map = new FlatMap()
  map.read(
    encode([
      [
        [2, 0, 0, 0],
        [5, 0, 1, 0],
        [5, 0, 2, 0],
      ],
    ]),
  )
  const found = (column: number) => map.originLines[map.find(0, column)]
  expect([found(2), found(5), found(6)]).toEqual([0, 1, 2])
  expect([map.find(0, 1), map.find(1, 0)]).toEqual([-1, -1])
})

test('a large map is read whole', () => {
  const line = Array.from({ length: 9000 }, (_, at): [number, number, number, number] => [
    at,
    0,
    at,
    9000 - at,
  ])
  const large = mapOf(Array.from({ length: 3000 }, (_, at) => (at === 1500 ? line : [])))
  const same = mapOf(line.map((_, at) => [[0, 0, at, 0]]))
  expect(decode(throughBoth(large, same)?.mappings ?? '')[1500]).toHaveLength(9000)
})

test('maps of several sources, in another order, or that are none are left to others', () => {
  const plain = mapOf([[[0, 0, 0, 0]]])
  const refused = [
    { ...plain, sources: ['a.ts', 'b.ts'] },
    mapOf([
      [
        [5, 0, 0, 0],
        [1, 0, 0, 0],
      ],
    ]),
    mapOf([[[0, 1, 0, 0]]]),
    { ...plain, mappings: 'A A' },
    { ...plain, mappings: 'AA' },
    { ...plain, mappings: 'AAAAAA' },
    { ...plain, mappings: 'g' },
  ]
  for (const map of refused) {
    expect(throughBoth(map, plain)).toBeUndefined()
    expect(throughBoth(plain, map)).toBeUndefined()
  }
})
