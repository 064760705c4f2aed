import {
  type CallEdge,
  CoverageResults,
  eventLoop,
  type FunctionReference,
  type SourceCounts,
} from '@tstrace/results'
import { expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { callRelations } from '../../src/report/call-relations.ts'
import { functionList } from '../../src/report/function-list.ts'
import { summaryTable } from '../../src/report/summary.ts'

function source(path: string, functions: Record<string, number>): SourceCounts {
  const end = { line: 9, column: 0 }
  const sites = Object.keys(functions).map((name, i) => ({ name, line: i + 1, column: 0, end, counter: i }))
  const counts = Float64Array.from(Object.values(functions))
  return {
    path,
    hash: 'h',
    sites: { counters: counts.length, lines: [], functions: sites, branches: [] },
    counts,
  }
}

function edge(caller: FunctionReference, callee: FunctionReference, calls = 1, resumptions = 0): CallEdge {
  return { caller, callee, calls, resumptions }
}

const f = { path: 'src/a.ts', name: 'f' }
const testBody = { path: 'src/a.test.ts', name: 'it("runs f")' }
const isSource = (path: string) => !path.endsWith('.test.ts')

test('nothing called, nothing printed', () => {
  const results = new CoverageResults({
    sources: [source('a.ts', { '<module>': 0 })],
    edges: [edge(f, f, 0, 0)],
  })
  expect([functionList(results), [...callRelations(results)], summaryTable([])]).toEqual([[], [], []])
  expect(joined(functionList(results, { keep: () => true }))).toBe('')
})

test('functions that were called, of the files that are kept', () => {
  const sources = [
    source('src/a.ts', { '<module>': 1, g: 0, f: 2, B: 3 }),
    source('src/a.test.ts', { '<module>': 1 }),
  ]
  const rows = ['<module>', 'B', 'f'].map(
    (name) => `filename: src/a.ts, modulename: src.a, funcname: ${name}\n`,
  )
  expect(joined(functionList(new CoverageResults({ sources }), { keep: isSource }))).toBe(
    `\nfunctions called:\n${rows.join('')}`,
  )
})

test('a function of two versions of a file stands there once', () => {
  const sources = [source('a.ts', { f: 1 }), { ...source('a.ts', { f: 1 }), hash: 'other' }]
  const text = joined(functionList(new CoverageResults({ sources })))
  expect(text).toBe('\nfunctions called:\nfilename: a.ts, modulename: a, funcname: f\n')
})

test('callers in files that are not kept are shown, callees are not', () => {
  const results = new CoverageResults({
    edges: [edge(testBody, f), edge(f, testBody), edge(testBody, testBody)],
  })
  expect(joined(callRelations(results, { keep: isSource }))).toBe(
    '\ncalling relationships:\n\n*** src/a.test.ts ***\n  --> src/a.ts\n    src.a.test.it("runs f") -> src.a.f\n',
  )
})

test('the event loop calls without a module', () => {
  expect(joined(callRelations(new CoverageResults({ edges: [edge(eventLoop, f)] })))).toBe(
    '\ncalling relationships:\n\n*** <event loop> ***\n  --> src/a.ts\n    <event loop> -> src.a.f\n',
  )
})

test('a generator that was only resumed is shown, as in Python', () => {
  expect(joined(callRelations(new CoverageResults({ edges: [edge(f, f, 0, 1)] })))).toContain(
    '    src.a.f -> src.a.f\n',
  )
})

test('a name cannot break a line', () => {
  const name = 'it("a\n    b\r\u2028\u001b[31m\t\u0085")'
  const shown = 'it("a\\n    b\\r\\u2028\\x1b[31m\\t\\x85")'
  const path = 'x\ny.ts'
  const results = new CoverageResults({
    sources: [source(path, { [name]: 1 })],
    edges: [edge({ path, name }, { path, name })],
  })
  expect(joined(functionList(results))).toBe(
    `\nfunctions called:\nfilename: x\\ny.ts, modulename: x\\ny, funcname: ${shown}\n`,
  )
  expect(joined(callRelations(results))).toBe(
    `\ncalling relationships:\n\n*** x\\ny.ts ***\n    x\\ny.${shown} -> x\\ny.${shown}\n`,
  )
  expect(
    joined(summaryTable([{ module: 'x\ny', path, lines: 1, hits: 1, missing: [], hottest: 1 }])),
  ).toContain('\n    1   100%   x\\ny   (x\\ny.ts)\n')
})
