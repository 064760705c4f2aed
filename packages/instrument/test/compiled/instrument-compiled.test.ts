import { runInNewContext } from 'node:vm'
import { encode } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { Collector } from '../../../core/src/collect/collector.ts'
import { drain } from '../../../core/src/collect/drain.ts'
import { type CompiledSource, instrumentCompiled } from '../../src/compiled/instrument-compiled.ts'
import { withoutHints } from '../../src/compiled/without-hints.ts'
import { insertedInto } from '../../src/instrument/insertions.ts'
import { digest } from '../../src/instrument/instrument.ts'

const SOURCE = `interface Type { a: number }
/* istanbul ignore next */
function left(x: number) { return x }
export const f = (x: number): number => {
  if (x > 1) return f(x - 1)
  return left(x)
}
f(3)
`

/** As a compiler that adds lines of its own and keeps the comments, one of them elsewhere. */
const COMPILED = `"use strict"
function added() { return 0 }
/* istanbul ignore next */
added()
function left(x) { return x }
const f = (x) => {
  if (x > 1) return f(x - 1)
  return left(x)
}
f(3)
`

const MAP = {
  mappings: encode([
    [],
    [],
    [],
    [],
    [[0, 0, 2, 0]],
    [
      [0, 0, 3, 7],
      [6, 0, 3, 13],
      [10, 0, 3, 17],
    ],
    [
      [2, 0, 4, 2],
      [13, 0, 4, 13],
    ],
    [[2, 0, 5, 2]],
    [],
    [[0, 0, 7, 0]],
  ]),
}

const INPUT: CompiledSource = { file: 'src/a.ts', source: SOURCE, compiled: COMPILED, map: MAP, calls: true }

function made(more: Partial<CompiledSource> = {}) {
  const result = instrumentCompiled({ ...INPUT, ...more })
  if (!result) throw new Error('nothing runs')
  return result
}

test('counters of a compiled text speak of its source', () => {
  const counted = drain(runInNewContext(`${made().code}\nglobalThis`) as object)
  const collector = new Collector()
  if (counted) collector.addCounted(counted)
  const { problems, results } = collector.finish(() => undefined)
  expect(problems).toEqual([])
  expect([...results.lineCounts('src/a.ts')]).toEqual([
    [4, 1],
    [5, 3],
    [6, 1],
    [8, 1],
  ])
  const calls = results
    .edges()
    .map(({ caller, callee, calls }) => `${caller.name} -> ${callee.name}: ${calls}`)
  expect(calls.sort()).toEqual([
    '<event loop> -> <module>: 1',
    '<module> -> f: 1',
    'f -> f: 2',
    'f -> left: 1',
  ])
})

test('what comes along is the table that the code carries, the insertions, and the map between the two texts', () => {
  const { code, insertions, map, table } = made()
  expect(insertedInto(COMPILED, insertions)).toBe(code)
  expect(table.hash).toBe(digest(SOURCE))
  const counted = drain(runInNewContext(`${code}\nglobalThis`) as object)
  expect(JSON.parse(counted?.sources[0]?.table ?? '')).toEqual(table)
  expect(code.split('\n')).toHaveLength(COMPILED.split('\n').length)
  expect(map.mappings.split(';')).toHaveLength(COMPILED.split('\n').length)
})

test("Istanbul's counters stay, with the hints for them, and are not looked for in the source", () => {
  const counter = '/* istanbul ignore next */\nfunction cov_1() { return { s: [0] } }\n'
  const compiled = `${COMPILED}cov_1().s[0]++;\n${counter}`
  const { code, table } = made({ compiled })
  expect(code).toContain(counter.split('\n')[0])
  expect(table.sites.lines).toEqual(made().table.sites.lines)
})

test('hints for lines are blanked, in each form, but for those that are kept', () => {
  const hints = [
    '// node:coverage disable',
    '// v8 ignore start',
    '/* tstrace ignore file */',
    '// #pragma NO COVER',
  ]
  const text = hints.join('\n')
  const read = withoutHints(text, () => false)
  expect(read.length).toBe(text.length)
  expect(read.split('\n').map((line) => line.trim())).toEqual(['', '', '', '//'])
  expect(withoutHints(text, () => true)).toBe(text)
  const compiled = COMPILED.replace('"use strict"\n', `${text}\n`)
  expect(made({ compiled, map: { mappings: `;;;${MAP.mappings}` } }).code).toContain(text)
})

test('a source that asks to be left alone has no counters, nor has one of types', () => {
  expect(instrumentCompiled({ ...INPUT, source: `/* tstrace ignore file */\n${SOURCE}` })).toBeUndefined()
  expect(instrumentCompiled({ ...INPUT, source: 'interface A {}\n' })).toBeUndefined()
  expect(instrumentCompiled({ ...INPUT, compiled: '"use strict"\n' })).toBeUndefined()
  expect(() => instrumentCompiled({ ...INPUT, compiled: 'const = 1' })).toThrow('Cannot parse src/a.ts:1:7')
})

test('a map that leads to other words is not believed', () => {
  expect(() => made({ map: { mappings: `;;;${MAP.mappings}` } })).toThrow('leads to other words')
})

test('lines that a compiler dropped are lost, and others are not', () => {
  expect(made()).toMatchObject({ lost: [], lines: 4 })
  const gone = made({ source: `${SOURCE}gone()\n` })
  expect(gone).toMatchObject({ lost: [9], lines: 5 })
})

test('a statement of a component may be mapped from the blanks in front of it', () => {
  const source = ['<script setup>', 'function a() {', '  if (b) return', '  go(', '    1)', '}', '</script>']
  const compiled = [
    'const C = {',
    '  setup() {',
    '    function a() {',
    '      if (b) return;',
    '      added();',
    '      go(1);',
    '    }',
  ]
  const mappings = encode([
    [],
    [],
    [[4, 0, 1, 0]],
    [
      [6, 0, 2, 2],
      [10, 0, 2, 6],
      [13, 0, 2, 9],
    ],
    [[6, 0, 0, 0]],
    [
      [0, 0, 3, 2],
      [9, 0, 4, 4],
    ],
    [[4, 0, 5, 0]],
  ])
  const text = `${compiled.join('\n')}\n  }\n}\n`
  const { table } = made({ file: 'A.vue', source: source.join('\n'), compiled: text, map: { mappings } })
  expect(table.sites.lines.map(({ line }) => line)).toContain(4)
})
