import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { decoratedPlaces } from '../../src/compiled/decorated-places.ts'
import { LineMap } from '../../src/compiled/line-map.ts'
import { translateTable } from '../../src/compiled/translate-table.ts'
import { instrument } from '../../src/instrument/instrument.ts'

function sitesOf(text: string) {
  const made = instrument(text, { file: 'a.js', branches: true })
  if (!made) throw new Error('nothing runs')
  return made.sites
}

/** Each row says where a place of the compiled text comes from: line, column, line, column, all 0-based. */
function mapOf(rows: readonly (readonly [number, number, number, number])[], text?: string): LineMap {
  const lines: SourceMapSegment[][] = []
  for (const [line, column, fromLine, fromColumn] of rows) {
    const segments = lines[line] ?? []
    lines[line] = segments
    segments.push([column, 0, fromLine, fromColumn])
  }
  return new LineMap({ mappings: encode(Array.from(lines, (segments) => segments ?? [])) }, text)
}

const SOURCE = `export const f = (x) => {
  go(x)
  break_(x)
  return x
}
`

const COMPILED = `"use strict"
exports.f = void 0
function added() { return 1 }
const f = (x) => {
  go(x)
  break_(x)
  return x
}
exports.f = f
`

test('sites and functions are found through the map, and what a compiler adds is nobody', () => {
  const source = sitesOf(SOURCE)
  const compiled = sitesOf(COMPILED)
  const map = mapOf([
    [3, 0, 0, 7],
    [3, 6, 0, 13],
    [3, 10, 0, 17],
    [4, 2, 1, 2],
    [5, 2, 2, 2],
    [6, 2, 3, 2],
  ])
  const { sites, functions } = translateTable({ source, sourceText: SOURCE, compiled, map })
  expect(sites.counters).toBe(compiled.counters)
  expect(sites.lines.map(({ line }) => line)).toEqual(source.lines.map(({ line }) => line))
  const counterAt = (line: number) => compiled.lines.find((site) => site.line === line)?.counters
  expect(sites.lines.find(({ line }) => line === 2)?.counters).toEqual(counterAt(5))
  expect(sites.lines.find(({ line }) => line === 4)?.counters).toEqual(counterAt(7))
  expect(sites.functions.map(({ name }) => name)).toEqual(['<module>', 'f'])
  expect(compiled.functions.map(({ name }, at) => [name, functions[at]])).toEqual([
    ['<module>', 0],
    ['added', -1],
    ['f', 1],
  ])
})

test('what has no place in the map is found between its neighbours', () => {
  const source = sitesOf(SOURCE)
  const compiled = sitesOf(COMPILED)
  const map = mapOf([
    [3, 0, 0, 7],
    [3, 10, 0, 17],
    [4, 2, 1, 2],
    [6, 2, 3, 2],
  ])
  const { sites } = translateTable({ source, sourceText: SOURCE, compiled, map })
  expect(sites.lines.find(({ line }) => line === 3)?.counters).toEqual(
    compiled.lines.find(({ line }) => line === 6)?.counters,
  )
})

test('a line that was compiled away is in no listing', () => {
  const source = sitesOf('go()\ngone()\n')
  const compiled = sitesOf('go()\n')
  const { sites } = translateTable({
    source,
    sourceText: 'go()\ngone()\n',
    compiled,
    map: mapOf([[0, 0, 0, 0]]),
  })
  expect(sites.lines.map(({ line }) => line)).toEqual([1])
})

test('what is exported is its declaration, not what hands it out', () => {
  const sourceText = 'export const a = 1\n'
  const source = sitesOf(sourceText)
  const compiled = sitesOf('hand(function () {\n  return a\n})\nconst a = 1\n')
  const map = mapOf([
    [1, 2, 0, 13],
    [3, 0, 0, 7],
  ])
  const { sites } = translateTable({ source, sourceText, compiled, map })
  expect(sites.lines[0]?.counters).toEqual([compiled.functions[0]?.counter])
})

test('what is exported as default is the value, not what hands it out', () => {
  const sourceText = 'const a = 1\nexport default a\n'
  const source = sitesOf(sourceText)
  const compiled = sitesOf('hand(function () {\n  return _default\n})\nconst a = 1\nconst _default = a\n')
  const map = mapOf([
    [1, 9, 1, 0],
    [3, 0, 0, 0],
    [4, 6, 1, 0],
  ])
  const { sites } = translateTable({ source, sourceText, compiled, map })
  const counter = compiled.functions[0]?.counter
  expect(sites.lines.map(({ line, counters }) => [line, counters])).toEqual([
    [1, [counter]],
    [2, [counter]],
  ])
})

test('a function that is exported as default has the name that compilers give it', () => {
  const sourceText = 'export default (x) => x\n'
  const source = sitesOf(sourceText)
  const compiled = sitesOf('const _default = (x) => x\n')
  const { sites } = translateTable({ source, sourceText, compiled, map: mapOf([[0, 6, 0, 0]]) })
  expect(sites.functions.map(({ name }) => name)).toEqual(['<module>', 'default'])
})

test('a decorated class is its declaration, and its field what is assigned to it, not what hands decorators to them', () => {
  const sourceText = '@mark()\nexport class A {\n  @mark() private readonly b = go()\n  static c = 1\n}\n'
  const made = instrument(sourceText, { file: 'a.ts' })
  const compiled = sitesOf(
    'let A = class A {\n  constructor() {\n    this.b = go()\n  }\n}\nA.c = 1\nhand(mark, A.prototype, "b")\nA = hand(mark, A)\n',
  )
  const map = mapOf([
    [0, 0, 1, 7],
    [2, 4, 2, 27],
    [5, 0, 1, 13],
    [5, 2, 3, 9],
    [6, 0, 2, 27],
    [7, 0, 1, 13],
  ])
  const source = made?.sites as ReturnType<typeof sitesOf>
  const decorated = decoratedPlaces(sourceText, 'a.ts', 'ts')
  const { sites } = translateTable({ source, sourceText, decorated, compiled, map })
  const counterAt = (line: number) => compiled.lines.find((site) => site.line === line)?.counters
  const ownOf = (line: number) =>
    sites.lines.find((site) => site.line === line && site.rule !== 'definition')?.counters
  expect([1, 3, 4].map(ownOf)).toEqual([1, 3, 6].map(counterAt))
})

test('what a compiler maps to nothing is found by what is returned, arms by their branch, moved functions by their content', () => {
  const sourceText = `function f(a) {
  const g = () => a.b()
  if (a > 1) g()
  else if (a) return
  return (
    a
      ? g
      : null)
}
`
  const source = sitesOf(sourceText)
  const text = `function f(a) {
  const g = _temp;
  if (a > 1) g();
  else if (a) return;
  const t = a ? g : null;
  return t;
}
function _temp() {
  return a.b();
}
`
  const compiled = sitesOf(text)
  const map = mapOf(
    [
      [0, 0, 0, 0],
      [1, 2, 1, 2],
      [2, 2, 2, 2],
      [2, 13, 2, 13],
      [4, 12, 5, 4],
      [4, 16, 6, 8],
      [5, 2, 7, 12],
      [5, 9, 5, 4],
      [7, 0, 0, 0],
      [8, 2, 0, 0],
      [8, 9, 1, 18],
    ],
    text,
  )
  const { functions, sites } = translateTable({ source, sourceText, compiled, map })
  expect(functions.map((place) => sites.functions[place]?.name)).toEqual(['<module>', 'f', 'f.g'])
  const countersOf = (line: number) => sites.lines.find((site) => site.line === line)?.counters
  const arms = compiled.branches.find(({ kind }) => kind === 'cond-expr')?.arms
  expect([countersOf(7), countersOf(8)]).toEqual(arms?.map(({ counter }) => [counter]))
  expect(countersOf(5)).toEqual(compiled.lines.find(({ line }) => line === 6)?.counters)
})
