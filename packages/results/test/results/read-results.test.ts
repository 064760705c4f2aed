import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TstraceError } from '../../src/errors.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { eventLoop } from '../../src/results/results-data.ts'
import { arbitraryData, tableNumber } from './arbitrary-results.ts'

/** A results document whose parts may be changed. */
// biome-ignore lint/suspicious/noExplicitAny: the tests put wrong things into it
type Loose = any

function good(): Loose {
  const results = new CoverageResults({
    sources: [{ path: 'src/a.ts', hash: 'abc', sites: tableNumber(0), counts: Float64Array.of(1, 0, 2) }],
    edges: [{ caller: eventLoop, callee: { path: 'src/a.ts', name: 'f' }, calls: 3, resumptions: 0 }],
  })
  return JSON.parse(JSON.stringify(results))
}

function errorOf(input: unknown): TstraceError {
  try {
    CoverageResults.fromJSON(input, { file: 'x/results.json' })
  } catch (error) {
    if (error instanceof TstraceError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test('what is written is read back exactly, as text and as value', () => {
  const same = fc.property(arbitraryData, (data) => {
    const results = new CoverageResults(data)
    const text = JSON.stringify(results)
    expect(JSON.stringify(CoverageResults.fromJSON(text))).toBe(text)
    expect(JSON.stringify(CoverageResults.fromJSON(JSON.parse(text)))).toBe(text)
    expect(CoverageResults.fromJSON(text).sources()).toEqual(results.sources())
  })
  fc.assert(same)
})

test('adding up what was read is adding up what was written', () => {
  const same = fc.property(arbitraryData, arbitraryData, (left, right) => {
    const direct = new CoverageResults(left)
    direct.update(new CoverageResults(right))
    const read = CoverageResults.fromJSON(JSON.stringify(new CoverageResults(left)))
    read.update(CoverageResults.fromJSON(JSON.stringify(new CoverageResults(right))))
    expect(JSON.stringify(read)).toBe(JSON.stringify(direct))
  })
  fc.assert(same)
})

test('the order of keys in a file makes no difference', () => {
  const document = good()
  document.sources[0].functions = document.sources[0].functions.map((row: object) => {
    return Object.fromEntries(Object.entries(row).reverse())
  })
  expect(JSON.stringify(CoverageResults.fromJSON(document))).toBe(JSON.stringify(good()))
})

describe('refused', () => {
  test.each<[what: string, change: (document: Loose) => void, problem: string]>([
    [
      'another number of counts',
      (d) => d.sources[0].counts.pop(),
      'sources[0].sites.lines[1] is not a row of its kind',
    ],
    [
      'a count that is no number',
      (d) => (d.sources[0].counts[1] = '4'),
      'sources[0].counts[1] is "4", not a whole',
    ],
    [
      'a negative count',
      (d) => (d.sources[0].counts[1] = -1),
      'sources[0].counts[1] is -1, not a whole number',
    ],
    [
      'half a count',
      (d) => (d.sources[0].counts[1] = 0.5),
      'sources[0].counts[1] is 0.5, not a whole number',
    ],
    [
      'a count without end',
      (d) => (d.sources[0].counts[1] = Number.POSITIVE_INFINITY),
      'sources[0].counts[1] is Infinity, not a whole',
    ],
    [
      'a count too large',
      (d) => (d.sources[0].counts[1] = 2 ** 53),
      'sources[0].counts[1] is 9007199254740992',
    ],
    ['no hash', (d) => (d.sources[0].hash = '../x'), 'sources[0].hash is not a hash: "../x"'],
    ['lines that say something else', (d) => (d.sources[0].lines[1] = 9), 'sources[0].lines does not agree'],
    ['missing lines too many', (d) => d.sources[0].missing.push(77), 'sources[0].missing does not agree'],
    [
      'calls that say something else',
      (d) => (d.sources[0].functions[0].calls = 9),
      'sources[0].functions does not',
    ],
    ['a source twice', (d) => d.sources.push(d.sources[0]), 'sources[1] is there twice'],
    ['an edge twice', (d) => d.edges.push(d.edges[0]), 'edges[1] is there twice'],
    ['an edge from nowhere', (d) => (d.edges[0].caller = null), 'edges[0].caller is not an object'],
    [
      'calls that are no number',
      (d) => (d.edges[0].calls = null),
      'edges[0].calls is null, not a whole number',
    ],
    ['a name that is no text', (d) => (d.edges[0].callee.name = 3), 'edges[0].callee.name is not text but 3'],
    ['no edges', (d) => delete d.edges, 'the document has no "edges"'],
    ['edges that are no list', (d) => (d.edges = {}), 'edges is not a list'],
    ['an unknown key', (d) => (d.sources[0].contexts = []), 'sources[0] has an unknown key "contexts"'],
    ['a version that is none', (d) => (d.version = '1'), 'its version is "1"'],
    ['a version before the first', (d) => (d.version = 0), 'its version is 0'],
    [
      'an unknown rule',
      (d) => (d.sources[0].sites.lines[0][2] = 5),
      'sources[0].sites.lines[0] is not a row',
    ],
    ['line zero', (d) => (d.sources[0].sites.lines[0][0] = 0), 'sources[0].sites.lines[0] is not a row'],
    [
      'a counter that is not there',
      (d) => d.sources[0].sites.lines[0].push(3),
      'sources[0].sites.lines[0] is not a row',
    ],
    [
      'a long function row',
      (d) => d.sources[0].sites.functions[1].push(0),
      'sources[0].sites.functions[1] is not a row',
    ],
    [
      'an unknown kind of branch',
      (d) => (d.sources[0].sites.branches[0][0] = 'while'),
      'sites.branches[0] is not a row',
    ],
    [
      'an arm that counts nothing',
      (d) => d.sources[0].sites.branches[0][5][0].pop(),
      'sites.branches[0] is not a row',
    ],
    [
      'a rule that is no text',
      (d) => (d.sources[0].sites.rules[0] = 1),
      'sources[0].sites.rules[0] is not text',
    ],
  ])('%s', (_what, change, problem) => {
    const document = good()
    change(document)
    const { code, message } = errorOf(document)
    expect(code).toBe('TST_RESULTS_DAMAGED')
    expect(message).toContain('x/results.json is damaged: ')
    expect(message).toContain(problem)
    expect(message).toContain('Nothing of it was used; delete it or make it again.')
  })

  test.each(['', '{', 'null}', JSON.stringify(good()).slice(0, -40)])('text that is no JSON: %j', (text) => {
    const { code, message } = errorOf(text)
    expect(code).toBe('TST_RESULTS_DAMAGED')
    expect(message).toContain('x/results.json is damaged: it is not JSON')
  })

  test.each([null, 3, [], {}, '[]', '"tstrace-results"', { format: 'istanbul', version: 1 }])(
    '%j',
    (value) => {
      const { code, message } = errorOf(value)
      expect(code).toBe('TST_RESULTS_FOREIGN')
      expect(message).toContain('x/results.json is not a tstrace results file: its "format" is ')
    },
  )

  test('a newer format', () => {
    const { code, message } = errorOf({ ...good(), version: 2, sources: 'in another form' })
    expect(code).toBe('TST_RESULTS_NEWER')
    expect(message).toContain(
      'x/results.json has version 2 of the results format; this tstrace reads up to 1.',
    )
  })
})

const wrongPaths = [
  '',
  '/etc/passwd',
  'C:/x',
  'c:\\x',
  '\\\\host\\x',
  '..',
  'a/../../x',
  'a\\..\\..\\x',
  'a//b',
  './a',
  'a\0',
]

const places: [place: string, put: (document: Loose, path: string) => void][] = [
  ['a source', (document, path) => (document.sources[0].path = path)],
  ['a callee', (document, path) => (document.edges[0].callee.path = path)],
  ['a caller', (document, path) => (document.edges[0].caller = { path, name: 'f' })],
]

describe.each(places)('the path of %s', (_place, put) => {
  test.each(wrongPaths)('%j is refused, also where sources outside the root are allowed', (path) => {
    const document = good()
    put(document, path)
    for (const allowOutside of [false, true]) {
      const read = () => CoverageResults.fromJSON(document, { file: 'r.json', allowOutside })
      expect(read).toThrow(expect.objectContaining({ code: 'TST_RESULTS_PATH' }))
    }
  })
})

test('sources outside the root are read only where that is allowed', () => {
  const document = good()
  document.sources[0].path = '../../shared/a.ts'
  expect(errorOf(document).message).toContain('"../../shared/a.ts", leads out of the project root.')
  expect(CoverageResults.fromJSON(document, { allowOutside: true }).versions()[0]?.path).toBe(
    '../../shared/a.ts',
  )
})

test('any damage to a file is either told or harmless', () => {
  const text = JSON.stringify(good())
  const same = fc.property(
    fc.nat(text.length - 1),
    fc.string({ minLength: 1, maxLength: 3 }),
    (at, piece) => {
      const damaged = text.slice(0, at) + piece + text.slice(at + piece.length)
      try {
        CoverageResults.fromJSON(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(TstraceError)
      }
    },
  )
  fc.assert(same, { numRuns: 2000 })
})
