import type { SourceMapMappings } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { isAgreeing } from '../../src/compiled/is-agreeing.ts'
import { componentSource } from '../../src/components/component-table.ts'

const SOURCE = componentSource(
  '<script>\nlet a = 1\nlet b = 2\nlet c = 3\nlet d = 4\n</script>\n<p>{a}</p>\n',
  'A.svelte',
)

/** Where words of a text lead: to a line and a column of the component. */
function agrees(compiled: string, mappings: SourceMapMappings): boolean {
  return isAgreeing({ compiled, mappings, source: SOURCE })
}

test('a map is believed that leads to words of most lines, whatever else it leads from', () => {
  const words: [number, number][] = [
    [0, 1],
    [4, 2],
    [8, 3],
  ]
  const helpers = [20, 25, 30, 35, 40, 45, 50].map((at): [number, number, number, number] => [at, 0, 1, 4])
  const compiled = `let let let ${' '.repeat(8)}help help help help help help help help`
  const mappings = [
    [...words.map(([at, line]): [number, number, number, number] => [at, 0, line, 0]), ...helpers],
  ]
  expect(agrees(compiled, mappings)).toBe(true)
  expect(agrees(compiled, [mappings[0]?.slice(1) ?? []])).toBe(false)
})

test('a map is believed that leads to few words, if nearly all are the same', () => {
  expect(agrees('let a', [[[0, 0, 1, 0]]])).toBe(true)
  expect(
    agrees('let a', [
      [
        [0, 0, 1, 0],
        [4, 0, 2, 4],
      ],
    ]),
  ).toBe(false)
  expect(agrees('let a', [[]])).toBe(false)
})

test('what begins in the middle of a word says nothing: paths of imports are others by then', () => {
  const map: SourceMapMappings = [
    [
      [0, 0, 1, 0],
      [6, 0, 1, 4],
    ],
  ]
  expect(agrees('let a_c', map)).toBe(true)
  expect(agrees('let a c', map)).toBe(false)
})
