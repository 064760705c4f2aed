import { expect, test } from 'vitest'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { type CallEdge, eventLoop, type SourceCounts } from '../../src/results/results-data.ts'
import type { BranchArm, BranchSite, LineSite, SiteTable } from '../../src/results/site-table.ts'
import { tableNumber } from './arbitrary-results.ts'

function source(path: string, hash: string, counts: number[]): SourceCounts {
  return { path, hash, sites: tableNumber(counts.length - 3), counts: Float64Array.from(counts) }
}

function edge(caller: string, callee: string, calls: number): CallEdge {
  return {
    caller: { path: 'a.ts', name: caller },
    callee: { path: 'a.ts', name: callee },
    calls,
    resumptions: 0,
  }
}

test('a line has the largest number among its sites, a site the sum of its counters', () => {
  const results = new CoverageResults({ sources: [source('a.ts', 'h', [5, 2, 1])] })
  expect([...results.lineCounts('a.ts')]).toEqual([
    [1, 5],
    [3, 1],
    [4, 2],
  ])
})

test('counts are added per counter: the largest of the sums is not the sum of the largest', () => {
  const results = new CoverageResults({ sources: [source('a.ts', 'h', [5, 0, 0])] })
  results.update(new CoverageResults({ sources: [source('a.ts', 'h', [0, 3, 1])] }))
  expect(results.lineCounts('a.ts').get(1)).toBe(5)
})

test('missing lines never ran and carry no pragma', () => {
  const results = new CoverageResults({ sources: [source('a.ts', 'h', [1, 0, 0])] })
  expect(results.missingLines('a.ts')).toEqual([4])
  results.addSource(source('a.ts', 'h', [0, 1, 0]))
  expect(results.missingLines('a.ts')).toEqual([])
})

test('two texts of one path stay apart, and a question must say which is meant', () => {
  const results = new CoverageResults({
    sources: [source('a.ts', 'new', [1, 0, 0]), source('a.ts', 'old', [7, 0, 0])],
  })
  expect(results.versions()).toEqual([
    { path: 'a.ts', hash: 'new' },
    { path: 'a.ts', hash: 'old' },
  ])
  expect(results.lineCounts('a.ts', 'old').get(1)).toBe(7)
  expect(results.functions('a.ts', 'new')[0]).toMatchObject({ hash: 'new', calls: 1 })
  expect(() => results.lineCounts('a.ts')).toThrow(
    'a.ts was counted in 2 versions. Say which, by its hash: new, old.',
  )
})

test('one text with two site tables is one version whose lines and functions add up', () => {
  const results = new CoverageResults({
    sources: [source('a.ts', 'h', [1, 2, 3]), source('a.ts', 'h', [10, 0, 0, 0])],
  })
  expect(results.versions()).toHaveLength(1)
  expect(results.sources()).toHaveLength(2)
  expect([...results.lineCounts('a.ts')]).toEqual([
    [1, 11],
    [3, 3],
    [4, 2],
    [5, 0],
  ])
  expect(results.functions('a.ts').map(({ name, calls }) => [name, calls])).toEqual([
    ['<module>', 11],
    ['__proto__', 2],
  ])
})

test('what two compilers made of a line is added up by where it starts; where they differ, by line', () => {
  const table = (...columns: number[]): SiteTable => ({
    counters: 2,
    lines: columns.map((column, at) => ({ line: 1, column, counters: [at], rule: 'statement' })),
    functions: [],
    branches: [],
  })
  const counted = (sites: SiteTable, ...counts: number[]): SourceCounts => {
    return { path: 'a.ts', hash: 'h', sites, counts: Float64Array.from(counts) }
  }
  const lineOne = (...sources: SourceCounts[]): number | undefined =>
    new CoverageResults({ sources }).lineCounts('a.ts').get(1)
  const reversed = { ...table(0, 37), lines: table(0, 37).lines.toReversed() }
  expect(lineOne(counted(table(0, 37), 4, 9), counted(reversed, 2, 0))).toBe(9)
  expect(lineOne(counted(table(0, 37), 4, 9), counted(reversed, 6, 0))).toBe(10)
  expect(lineOne(counted(table(0, 37), 4, 9), counted(table(0), 2, 0))).toBe(11)
  expect(lineOne(counted(table(0, 37), 4, 9), counted(table(0, 30), 2, 0))).toBe(11)
})

test('functions that were called are listed, whatever their names', () => {
  const results = new CoverageResults({ sources: [source('__proto__', 'h', [0, 4, 0])] })
  expect(results.calledFunctions()).toEqual([
    { path: '__proto__', hash: 'h', name: '__proto__', line: 3, calls: 4 },
  ])
})

test('edges are found by pair, by caller and by callee', () => {
  const results = new CoverageResults({
    edges: [edge('g', '__proto__', 1), edge('f', 'g', 2), edge('f', 'g', 3)],
  })
  results.addEdge({ caller: eventLoop, callee: { path: 'a.ts', name: 'f' }, calls: 1, resumptions: 2 })
  const [f, g] = ['f', 'g'].map((name) => ({ path: 'a.ts', name })) as [
    CallEdge['caller'],
    CallEdge['caller'],
  ]
  expect(results.edges().map(({ caller, calls }) => [caller.name, calls])).toEqual([
    ['<event loop>', 1],
    ['f', 5],
    ['g', 1],
  ])
  expect(results.edge(f, g)).toEqual(edge('f', 'g', 5))
  expect(results.edge(g, f)).toBeUndefined()
  expect(results.callersOf(f)).toEqual([{ caller: eventLoop, callee: f, calls: 1, resumptions: 2 }])
  expect(results.calleesOf(f)).toEqual([edge('f', 'g', 5)])
})

test('no two pairs of functions are taken for one, whatever their names', () => {
  const names = ['a', 'a","a', 'a\0', '\0a', 'a,a']
  const results = new CoverageResults()
  for (const caller of names) for (const callee of names) results.addEdge(edge(caller, callee, 1))
  expect(results.edges()).toHaveLength(names.length ** 2)
})

test('lines with a branch of which a way was never taken: not those that never ran, added up over both ways of counting', () => {
  const place = (line: number): { line: number; column: number } => ({ line, column: 0 })
  const arm = (line: number, counter: number): BranchArm => ({ ...place(line), end: place(line), counter })
  const branch = (kind: BranchSite['kind'], line: number, counters: readonly number[]): BranchSite => {
    const arms = counters.map((counter) => arm(line, counter))
    return { kind, ...place(line), end: place(line + 1), arms }
  }
  const statement = (line: number, counter: number): LineSite => ({
    ...place(line),
    counters: [counter],
    rule: 'statement',
  })
  const sites: SiteTable = {
    counters: 9,
    lines: [statement(1, 0), statement(2, 1), statement(3, 2), statement(5, 8)],
    functions: [{ name: '<module>', ...place(1), end: place(9), counter: 0 }],
    branches: [
      branch('if', 1, [1, 2]),
      branch('if', 2, [3, 4]),
      branch('binary-expr', 3, [5, 6]),
      branch('cond-expr', 4, [5, 6]),
      branch('default-arg', 5, [7]),
      branch('default-arg', 6, [7]),
    ],
  }
  // Line 2 never ran; line 4 is not executable, and its branch was reached; of line 6 nobody knows.
  const counted = { path: 'a.ts', hash: 'h', sites, counts: Float64Array.from([2, 0, 2, 0, 0, 2, 0, 0, 1]) }
  const results = new CoverageResults({ sources: [counted] })
  expect(results.partialLines('a.ts')).toEqual([1, 3, 4, 5])
  results.addSource({ ...counted, sites: { ...sites, branches: [] } })
  expect(results.partialLines('a.ts')).toEqual([1, 3, 4, 5])
  results.addSource({ ...counted, counts: Float64Array.from([0, 1, 0, 0, 0, 0, 0, 1, 0]) })
  expect(results.partialLines('a.ts')).toEqual([3, 4])
})

test.each(['lineCounts', 'missingLines', 'partialLines', 'functions'] as const)(
  '%s of an unknown file is an error',
  (ask) => {
    const results = new CoverageResults()
    results.addSource(source('a.ts', 'h', [1, 2, 3]))
    expect(() => results[ask]('no.ts')).toThrow(/^no\.ts is not in the results\. /)
    expect(() => results[ask]('a.ts', 'other')).toThrow(/^The text other of a\.ts is not in the results\. /)
    expect(() => results[ask]('no.ts')).toThrow(expect.objectContaining({ code: 'TST_NOT_COUNTED' }))
  },
)

test('counts that do not belong to the table are refused and leave nothing behind', () => {
  const results = new CoverageResults()
  const wrong = { ...source('a.ts', 'h', [1, 2, 3]), counts: Float64Array.of(1) }
  expect(() => results.addSource(wrong)).toThrow('a.ts has 1 counts, its site table has 3 counters')
  expect(results.sources()).toEqual([])
})

const MAX = Number.MAX_SAFE_INTEGER

test.each([
  [[MAX + 1, 0, 0], 'a.ts, line 1 add up to more than 2^53 - 1'],
  [[Number.POSITIVE_INFINITY, 0, 0], 'a.ts, line 1 add up to more than 2^53 - 1'],
  [[0, 0, Number.NaN], 'a.ts, line 1 are no whole numbers: NaN'],
  [[0, 0.5, 0], 'a.ts, line 1 are no whole numbers: 0.5'],
  [[-1, 0, 0], 'a.ts, line 1 are no whole numbers: -1'],
  [[0, 0, 0, MAX + 1], 'a.ts add up to more than 2^53 - 1'],
  // Line 1 adds up the second counter and the third.
  [[0, MAX, 1], 'a.ts, line 1 add up to more than 2^53 - 1'],
])('counts %j are refused at once, with source and line', (counts, said) => {
  const results = new CoverageResults()
  expect(() => results.addSource(source('a.ts', 'h', counts))).toThrow(
    expect.objectContaining({ code: 'TST_COUNTS_TOO_LARGE', message: expect.stringContaining(said) }),
  )
  expect(results.sources()).toEqual([])
})

test('the largest count that is exact is none too many, and one more is', () => {
  const results = new CoverageResults({ sources: [source('a.ts', 'h', [MAX, MAX - 1, 1])] })
  const before = JSON.stringify(results)
  expect(CoverageResults.fromJSON(before).lineCounts('a.ts').get(1)).toBe(MAX)
  for (const counts of [
    [1, 0, 0],
    [0, 0, 1],
    // The same text with another table: its lines add up.
    [1, 0, 0, 0],
    [0, 1, 0, 0],
  ])
    expect(() => results.addSource(source('a.ts', 'h', counts))).toThrow(
      'a.ts, line 1 add up to more than 2^53 - 1',
    )
  expect(JSON.stringify(results)).toBe(before)
  results.addEdge(edge('f', 'g', MAX))
  expect(() => results.addEdge(edge('f', 'g', 1))).toThrow('The counts of g in a.ts add up to more than')
  for (const calls of [0.5, -1, Number.NaN])
    expect(() => results.addEdge(edge('f', 'h', calls))).toThrow(
      'The counts of h in a.ts are no whole numbers',
    )
  expect(results.edges()).toEqual([edge('f', 'g', MAX)])
})

test.each(['', '/a.js', '\\b.js', 'C:/d.js', 'a\\..\\b.js', 'a//b.js', './a.js', 'a\0.js'])(
  'what no file can name is not added: %j',
  (path) => refusesPath(path),
)

test('nor what is longer than any file system takes', () => refusesPath('x'.repeat(40_000)))

function refusesPath(path: string): void {
  const results = new CoverageResults()
  const refused = expect.objectContaining({ code: 'TST_RESULTS_PATH' })
  expect(() => results.addSource(source(path, 'h', [1, 2, 3]))).toThrow(refused)
  const [f, g] = [{ path, name: 'f' }, edge('f', 'g', 1).callee]
  expect(() => results.addEdge({ caller: f, callee: g, calls: 1, resumptions: 0 })).toThrow(refused)
  expect(() => results.addEdge({ caller: g, callee: f, calls: 1, resumptions: 0 })).toThrow(refused)
  expect(JSON.stringify(results)).toBe(JSON.stringify(new CoverageResults()))
}

test.each(['', '../../x', 'a'.repeat(129), 'ä'])('%j is no hash', (hash) => {
  expect(() => new CoverageResults({ sources: [source('a.ts', hash, [1, 2, 3])] })).toThrow(
    expect.objectContaining({ code: 'TST_RESULTS_HASH' }),
  )
})

test('names that stand for no file are told as in Python', () => {
  const results = new CoverageResults()
  expect(['<string>', '<>', '<a', 'a>', 'a.ts', ''].map((name) => results.isIgnoredFilename(name))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
