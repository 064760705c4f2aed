import { decode, encode } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { withHiddenInsertions } from '../../src/compiled/hidden-insertions.ts'
import type { RawMap } from '../../src/compiled/line-map.ts'
import { instrument } from '../../src/instrument/instrument.ts'

const COMPILED = 'function f(a) {\n  go(a);\n  return a + 1\n}\n'

/** A map as a compiler gives it, from `COMPILED` to a source whose lines begin at 10. */
const MAP: RawMap = {
  version: 3,
  sources: ['a.vue'],
  mappings: encode([
    [
      [0, 0, 10, 0],
      [9, 0, 10, 9],
    ],
    [
      [2, 0, 11, 2],
      [3, 0, 11, 4],
      [5, 0, 11, 5],
    ],
    [
      [2, 0, 12, 2],
      [9, 0, 12, 9],
      [12, 0, 12, 12],
    ],
    [[0, 0, 13, 0]],
  ]),
}

/** Where a place leads: by the last segment at or before it, and where that has no source, by none. */
function target(map: RawMap, line: number, column: number): string | undefined {
  const found = decode(map.mappings)[line]?.findLast(([start]) => start <= column)
  return found && found.length > 1 ? `${found[2]}:${found[3]}` : undefined
}

/** As tools combine maps: a place without a source is kept behind one that has a source only. */
function combined(map: RawMap): RawMap {
  const lines = decode(map.mappings).map((segments) =>
    segments.filter((one, i) => one.length > 1 || (i > 0 && (segments[i - 1]?.length ?? 0) > 1)),
  )
  return { ...map, mappings: encode(lines) }
}

function counted() {
  const made = instrument(COMPILED, { file: 'a.js', lang: 'js', compiler: 'none' })
  if (!made) throw new Error('nothing runs')
  return {
    code: made.code.split('\n'),
    map: combined(withHiddenInsertions(MAP, made.map.mappings, made.code)),
  }
}

test('what a compiler mapped leads where it led', () => {
  const { code, map } = counted()
  for (const [i, line] of COMPILED.split('\n').entries())
    for (const { 0: word, index } of line.matchAll(/go|return|a \+|\+ 1|function|\}/g)) {
      const moved = code[i]?.lastIndexOf(i === 3 ? line : word) ?? -1
      if (i !== 3) expect(target(map, i, moved)).toBe(target(MAP, i, index))
    }
  expect(target(map, 3, 0)).toBe('13:0')
})

test('what was put in leads nowhere', () => {
  const { code, map } = counted()
  const places = code.flatMap((line, i) =>
    [...line.matchAll(/cov_\w+/g)].map(({ index }) => [i, index] as const),
  )
  expect(places.length).toBeGreaterThan(3)
  for (const [line, column] of places)
    expect([line, column, target(map, line, column)]).toEqual([line, column, undefined])
})

test('the end of a line leads where it led', () => {
  const { code, map } = counted()
  expect(code[0]).toMatch(/\{var .*;$/)
  for (const line of [0, 1, 2])
    expect(target(map, line, Number.POSITIVE_INFINITY)).toBe(target(MAP, line, Number.POSITIVE_INFINITY))
})

test('a text that was put in is the first of two places of its token', () => {
  const compiled = 'const f = () => ({ a: 1 }).a\n'
  const made = instrument(compiled, { file: 'a.js', lang: 'js', compiler: 'none' })
  if (!made) throw new Error('nothing runs')
  const twice = encode([
    [
      [0, 0, 10, 0],
      [16, 0, 10, 16],
      [16, 0, 10, 17],
    ],
  ])
  const map = combined(withHiddenInsertions({ ...MAP, mappings: twice }, made.map.mappings, made.code))
  const body = made.code.indexOf('=>')
  const leadsTo = (text: string): string | undefined => target(map, 0, made.code.indexOf(text, body))
  expect([leadsTo('cov_'), leadsTo('{ a: 1')]).toEqual(['10:16', '10:17'])
})
