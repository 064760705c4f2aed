import { inflateRawSync } from 'node:zlib'
import { comparisonFile } from '@tstrace/page/comparison'
import type { Recording } from '@tstrace/questions'
import { comparisonOf } from '@tstrace/questions/diff'
import { type Context, CoverageResults, type SourceCounts } from '@tstrace/results'
import { expect, test } from 'vitest'
import { ranIn } from '../../src/app/comparison/ran-in.ts'
import type {
  ComparedCallsData,
  ComparedContextsData,
  ComparedSourceData,
  ComparedTestsData,
  ComparisonData,
} from '../../src/comparison-data.ts'

const HOSTILE = `</script><script>owned</script><img src=x onerror="owned">`

/** A text of functions with bodies of one line, `one` and so on, each called as often as is said. */
function counted(
  path: string,
  calls: Readonly<Record<string, number>>,
  hash: string,
): [SourceCounts, string] {
  const names = Object.keys(calls)
  const text = names.map((name) => `function ${name}() {\n  return '${name} ${HOSTILE}'\n}\n`).join('')
  const functions = [
    { name: '<module>', line: 1, column: 0, end: { line: 3 * names.length + 1, column: 0 }, counter: 0 },
    ...names.map((name, at) => ({
      ...{ name, line: 3 * at + 1, column: 0 },
      ...{ end: { line: 3 * at + 3, column: 1 }, counter: at + 1 },
    })),
  ]
  const lines = names.flatMap((_, at) => [
    { line: 3 * at + 1, column: 0, counters: [0], rule: 'definition' },
    { line: 3 * at + 2, column: 2, counters: [at + 1], rule: 'statement' },
  ])
  const sites = { counters: names.length + 1, lines, functions, branches: [] }
  return [{ path, hash, sites, counts: Float64Array.from([1, ...Object.values(calls)]) }, text]
}

/** A source, its text, and what was running. */
type CountedSource = readonly [SourceCounts, string, Context?]

function recordingOf(file: string, sources: readonly CountedSource[]): Recording {
  const results = new CoverageResults()
  for (const [source, , context] of sources) results.addSource(source, context)
  const [first] = sources[0] ?? []
  if (first)
    results.addEdge({
      caller: { path: 'test/a.test.ts', name: HOSTILE },
      callee: { path: first.path, name: 'same' },
      calls: file === 'before' ? 2 : 3,
      resumptions: 0,
    })
  return {
    file,
    runs: [],
    labels: [],
    contexts: () => [],
    versions: () => sources.map(([source]) => source),
    results: () => results,
    text: ({ hash }) => sources.find(([source]) => source.hash === hash)?.[1],
    stateOf: () => 'same',
  }
}

/** The page that compares two recordings, and its chunks by name. */
function written(before: readonly CountedSource[], after: readonly CountedSource[]) {
  const { path, text } = comparisonFile(
    comparisonOf({
      before: { recordings: [recordingOf('before', before)] },
      after: { recordings: [recordingOf('after', after)] },
    }),
  )
  const pieces = [...(text as Iterable<string>)]
  const chunk = (name: string): unknown => {
    const piece = pieces.find((one) => one.includes(`id="${name}">`))
    const packed = /">(.*)<\/script>/s.exec(piece ?? '')?.[1] ?? ''
    return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString())
  }
  return { path, pieces, chunk }
}

const BEFORE = [
  counted('src/a.ts', { same: 2, moved: 5, gone: 3 }, 'a1'),
  counted('src/b.ts', { here: 1, too: 1, also: 1 }, 'b1'),
  counted('src/quiet.ts', { quiet: 7 }, 'q1'),
]
const AFTER = [
  counted('src/a.ts', { same: 3, new: 4 }, 'a2'),
  counted('src/b.ts', { here: 1, too: 1, also: 1, moved: 9 }, 'b2'),
  counted('src/quiet.ts', { quiet: 7 }, 'q1'),
]

test('lines are those of the answer, and what went to another source is named in both', () => {
  const { chunk, path } = written(BEFORE, AFTER)
  expect(path).toBe('diff.html')
  const { sources, total } = chunk('comparison') as ComparisonData
  const place = (name: string): number => sources.findIndex(({ texts }) => texts[1]?.path === name)
  expect(total).toMatchObject({ onlyBefore: 1, onlyAfter: 1, changed: 2, edges: 1 })
  expect(sources[place('src/a.ts')]).toMatchObject({ onlyBefore: 1, onlyAfter: 1, changed: 1 })
  expect(sources[place('src/b.ts')]).toMatchObject({ onlyBefore: 0, onlyAfter: 0, changed: 1, most: [5, 9] })
  // What does not differ comes last.
  expect(place('src/quiet.ts')).toBe(2)
  const a = chunk(`compared-${place('src/a.ts')}`) as ComparedSourceData
  expect(a.differences).toEqual(
    expect.arrayContaining([
      { lines: [2, 2], counts: [2, 3] },
      { lines: [8, 0], counts: [3, 0] },
      { lines: [0, 5], counts: [0, 4] },
      { lines: [5, 0], counts: [5, 9], elsewhere: [place('src/b.ts'), 11] },
    ]),
  )
  const b = chunk(`compared-${place('src/b.ts')}`) as ComparedSourceData
  expect(b.differences).toEqual([{ lines: [0, 11], counts: [5, 9], elsewhere: [place('src/a.ts'), -5] }])
  const calls = chunk('compared-calls') as ComparedCallsData
  expect(calls.edges).toEqual([[0, 1, 2, 3, 0, 0]])
  expect(calls.functions).toEqual([
    [-1, 'test/a.test.ts', HOSTILE, 0],
    [place('src/a.ts'), 'src/a.ts', 'same', 1],
  ])
  expect(a.functions[0].find(([name]) => name === 'same')).toEqual(['same', 1, 3, 2, 1])
})

test('one text in both is in the page once', () => {
  const { chunk } = written(BEFORE, AFTER)
  const quiet = chunk('compared-2') as ComparedSourceData
  expect(quiet).toMatchObject({ texts: [null, BEFORE[2]?.[1]], runs: [[3, 0, 0]], differences: [] })
})

test('nothing of a recording is markup', () => {
  expect(written(BEFORE, AFTER).pieces.join('')).not.toContain('owned')
})

test('where nobody has a text, there are numbers and no lines beside each other', () => {
  const [source] = counted('src/a.ts', { same: 3 }, 'unknown')
  const { chunk } = written(BEFORE, [[source, undefined as unknown as string]])
  const { notes, sources } = chunk('comparison') as ComparisonData
  const place = sources.findIndex(({ texts }) => texts[1]?.path === 'src/a.ts')
  expect(notes.join('\n')).toContain('Lines of src/a.ts could not be compared')
  expect(chunk(`compared-${place}`)).toMatchObject({
    runs: [],
    counts: [
      {},
      [
        [1, 1],
        [2, 3],
      ],
    ],
  })
})

test('which tests ran a line that differs, in either recording, where it went elsewhere, too', () => {
  const testOf = (file: string): Context => ({ kind: 'file', project: '', file })
  const [one, two, three] = ['one', 'two', 'three'].map(testOf) as [Context, Context, Context]
  const { chunk, pieces } = written(
    [
      [...counted('src/a.ts', { same: 2, moved: 5 }, 'a1'), one],
      [...counted('src/a.ts', { same: 2, moved: 1 }, 'a1'), two],
      [...counted('src/b.ts', { here: 1 }, 'b1'), one],
      [...counted('src/quiet.ts', { quiet: 7 }, 'q1'), one],
    ],
    [
      [...counted('src/a.ts', { same: 3 }, 'a2'), two],
      [...counted('src/a.ts', { same: 3 }, 'a2'), three],
      [...counted('src/b.ts', { here: 1, moved: 9 }, 'b2'), one],
      [...counted('src/quiet.ts', { quiet: 7 }, 'q1'), one],
    ],
  )
  const { hasContexts, sources } = chunk('comparison') as ComparisonData
  expect(hasContexts).toBe(true)
  const contexts = chunk('compared-contexts') as ComparedContextsData
  const ranOn = (path: string, line: number) => {
    const place = sources.findIndex(({ texts }) => texts[1]?.path === path)
    const { differences } = chunk(`compared-${place}`) as ComparedSourceData
    const at = differences.findIndex(({ lines }) => lines.includes(line))
    const tests = chunk(`compared-tests-${place}`) as ComparedTestsData
    return ranIn(tests, contexts, at).map(({ context, counts }) => [
      (context as { file: string }).file,
      ...counts,
    ])
  }
  expect(ranOn('src/a.ts', 2)).toEqual([
    ['three', 0, 3],
    ['one', 2, 0],
    ['two', 2, 3],
  ])
  const moved = [
    ['two', 1, 0],
    ['one', 5, 9],
  ]
  expect(ranOn('src/a.ts', 5)).toEqual(moved)
  expect(ranOn('src/b.ts', 5)).toEqual(moved)
  // Nothing is told of what does not differ, nor where nobody knows what was running.
  expect(pieces.filter((piece) => piece.includes('id="compared-tests-'))).toHaveLength(2)
  const without = written(BEFORE, AFTER)
  expect(without.chunk('comparison')).toMatchObject({ hasContexts: false })
  expect(without.pieces.join('')).not.toContain('id="compared-tests-')
})

test('what starts at one place is added up before the largest is taken, where a text was counted with two tables', () => {
  const one: Context = { kind: 'file', project: '', file: 'one' }
  const end = { line: 1, column: 40 }
  // The other compiler numbers its counters from the end.
  const source = (counts: readonly [first: number, second: number], isOther = false): CountedSource => [
    {
      ...{
        path: 'src/a.ts',
        hash: 'a1',
        counts: Float64Array.from(isOther ? [...counts].reverse() : counts),
      },
      sites: {
        counters: 2,
        lines: [0, 20].map((column, at) => ({
          ...{ line: 1, column, rule: 'statement' },
          counters: [isOther ? 1 - at : at],
        })),
        functions: [{ name: '<module>', line: 1, column: 0, end, counter: isOther ? 1 : 0 }],
        branches: [],
      },
    },
    'const f = () => 1; const g = () => 2\n',
    one,
  ]
  const { chunk } = written([source([4, 1]), source([2, 9], true)], [source([1, 1])])
  const contexts = chunk('compared-contexts') as ComparedContextsData
  const { differences } = chunk('compared-0') as ComparedSourceData
  expect(differences).toEqual([{ lines: [1, 1], counts: [10, 1] }])
  expect(ranIn(chunk('compared-tests-0') as ComparedTestsData, contexts, 0)).toMatchObject([
    { counts: [10, 1] },
  ])
})
