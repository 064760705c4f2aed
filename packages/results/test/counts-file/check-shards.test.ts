import { expect, test } from 'vitest'
import { type NamedHead, runProblems, withoutDoubles } from '../../src/counts-file/check-shards.ts'
import type { RunRecord } from '../../src/counts-file/run-record.ts'
import { run } from './counts-files.ts'

function file(name: string, runs: readonly RunRecord[], project = 'demo'): NamedHead {
  return { name, head: { project, base: '', runs, contexts: [] } }
}

const shard = (number: number, text: string, given: Partial<RunRecord> = {}) =>
  run(number, { shard: text, ...given })

function names(files: readonly NamedHead[]): string[] {
  return withoutDoubles(files, '').accepted.map(({ name }) => name)
}

test('shards of one run are all accepted, in any order', () => {
  const files = [file('b', [shard(2, '2/2')]), file('a', [shard(1, '1/2')])]
  expect(withoutDoubles(files, '')).toMatchObject({ problems: [] })
  expect(names(files)).toEqual(['a', 'b'])
  expect(runProblems(files)).toEqual([])
})

test('a file given twice counts once, whatever the order', () => {
  const files = [file('a', [shard(1, '1/2')]), file('copy', [shard(1, '1/2')])]
  for (const given of [files, files.toReversed()]) {
    expect(withoutDoubles(given, '')).toMatchObject({
      accepted: [{ name: 'a' }],
      problems: ['copy has shard 1/2 of the vitest run ci 7, which a has as well: copy is left out.'],
    })
  }
})

test('of a shard that ran twice, the later run counts', () => {
  const files = [file('first', [shard(1, '1/2')]), file('again', [shard(5, '1/2')])]
  for (const given of [files, files.toReversed()]) {
    expect(withoutDoubles(given, '')).toMatchObject({
      accepted: [{ name: 'again' }],
      problems: [
        'first has shard 1/2 of the vitest run ci 7 once more than again, which is the later one: first is left out. Give ' +
          'different test suites different labels, or leave again out.',
      ],
    })
  }
})

test('a sum that holds the shard already is not added to, and what cannot be taken apart is left out', () => {
  const all = file('all', [shard(1, '1/3'), shard(2, '2/3')])
  expect(names([file('one', [shard(1, '1/3')]), all])).toEqual(['all'])
  const more = file('more', [shard(2, '2/3'), shard(3, '3/3')])
  const { accepted, problems } = withoutDoubles([all, more], '')
  expect(accepted).toMatchObject([{ name: 'more' }])
  expect(problems).toEqual([
    'all has shard 2/3 of the vitest run ci 7, which more has as well, beside 1 more: all of all is left out, since its counts ' +
      'cannot be taken apart.',
  ])
})

test('a copy of what others have is left out without a word, and one that has more is not', () => {
  const copy = (name: string, runs: readonly RunRecord[]) => ({ ...file(name, runs), isCopy: true })
  const [one, two] = [file('one', [run(1)]), file('two', [run(2)])]
  for (const given of [
    [copy('all', [run(1), run(2)]), one, two],
    [copy('all', [run(1), run(2)]), copy('first', [run(1)]), two],
  ])
    expect(withoutDoubles(given, '')).toMatchObject({
      accepted: [{ name: expect.stringMatching(/one|first/) }, { name: 'two' }],
      problems: [],
    })
  expect(withoutDoubles([copy('old', [run(1), run(3)]), one], '').problems).toEqual([
    expect.stringContaining('old has run'),
  ])
})

test('runs that are no shards may be many, and so may suites with labels, folders or runners of their own', () => {
  expect(names([file('a', [run(1)]), file('b', [run(2)])])).toEqual(['a', 'b'])
  const different = [
    file('a', [shard(1, '1/1')]),
    file('b', [shard(2, '1/1', { label: 'os=mac' })]),
    file('c', [shard(3, '1/1', { runner: 'jest 30' })]),
    file('d', [shard(4, '1/1', { base: 'packages/d' })]),
    file('e', [shard(5, '1/1', { run: 'ci 8' })]),
  ]
  expect(names(different)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(runProblems(different)).toEqual([])
})

test('missing shards are named', () => {
  expect(runProblems([file('a', [shard(1, '1/3')]), file('b', [shard(2, '3/3')])])).toEqual([
    'Shard 2/3 of the vitest run ci 7 is missing.',
  ])
  const commit = { run: '', commit: 'abcdef0123456789abcdef' }
  expect(runProblems([file('a', [shard(1, '2/4', { ...commit, label: 'os=mac' })])])).toEqual([
    'Shards 1/4, 3/4 and 4/4 of the vitest run of commit abcdef012345 (os=mac) are missing.',
  ])
  expect(runProblems([file('a', [shard(1, '1/99', { run: '' })])])).toEqual([
    'Shards 2/99, 3/99, 4/99, 5/99, 6/99, 7/99, 8/99, 9/99, 10/99, 11/99 and 88 more of the vitest run are missing.',
  ])
})

test('shards of different commits are named', () => {
  const files = [
    file('a', [shard(1, '1/2', { commit: 'aaaa' })]),
    file('b', [shard(2, '2/2', { commit: 'bbbb' })]),
  ]
  expect(runProblems(files)).toEqual([
    'The shards of the vitest run ci 7 are of different commits: aaaa and bbbb.',
  ])
})

test('files of another project are left out', () => {
  const files = [
    file('a', [run(1)]),
    file('b', [run(2)]),
    file('c', [run(3)], 'other'),
    file('d', [run(4)], ''),
  ]
  expect(withoutDoubles(files, '')).toMatchObject({
    accepted: [{ name: 'a' }, { name: 'b' }, { name: 'd' }],
    problems: [
      expect.stringMatching(/^c is of the project other, not of demo: left out\. .*TSTRACE_PROJECT/),
    ],
  })
  expect(withoutDoubles(files, 'other').accepted).toMatchObject([{ name: 'c' }, { name: 'd' }])
})

test('of as many files of two projects, neither is chosen by chance', () => {
  expect(() => withoutDoubles([file('a', [run(1)], 'x'), file('b', [run(2)], 'y')], '')).toThrow(
    expect.objectContaining({
      code: 'TST_COUNTS_PROJECT',
      message: expect.stringContaining('are of x and y, and of none more than of the other'),
    }),
  )
})

test('a shard beside a sum that has an earlier run of it is left out, and the way out is named', () => {
  const sum = file('sum', [shard(1, '1/2'), shard(2, '2/2')])
  expect(withoutDoubles([sum, file('later', [shard(9, '1/2')])], '').problems).toEqual([
    'later has shard 1/2 of the vitest run ci 7 once more than sum, which holds more runs: later is left out. Give ' +
      'different test suites different labels, or leave sum out.',
  ])
})

test('a shard that was run twice into one file is named', () => {
  expect(runProblems([file('a', [shard(1, '1/2'), shard(2, '1/2'), shard(3, '2/2')])])).toEqual([
    'Shard 1/2 of the vitest run ci 7 was run 2 times into one file: its counts are in the sum as often, since they ' +
      'cannot be taken apart.',
  ])
})

test('a run that lost counts is named, a shard or not', () => {
  const losses = 'The run was interrupted.'
  expect(runProblems([file('a', [shard(1, '1/1', { losses }), run(2, { base: 'b', losses })])])).toEqual([
    'Shard 1/1 of the vitest run ci 7 has lost counts: The run was interrupted.',
    `Run ${run(2).id} of the vitest run ci 7 in b has lost counts: The run was interrupted.`,
  ])
})

test('runs that were counted by different rules are named', () => {
  const files = [file('a', [run(1)]), file('b', [run(2, { rules: 'def', tstrace: '0.2.0' })])]
  expect(runProblems(files)).toEqual([
    'The runs were counted by different rules (abc of tstrace 0.1.0 and def of tstrace 0.2.0): a line shows the sum of ' +
      'what each of them found there.',
  ])
})

/** How often something about a run is looked at when so many files with ten runs each are checked. */
function looksAtRuns(count: number): number {
  let looks = 0
  const watched = (record: RunRecord): RunRecord =>
    new Proxy(record, {
      get: (target, key) => {
        looks++
        return Reflect.get(target, key)
      },
    })
  const files = Array.from({ length: count }, (_, n) =>
    file(
      `${n}`,
      Array.from({ length: 10 }, (_, i) => watched(shard(n * 10 + i, `${i + 1}/10`, { run: `ci ${n}` }))),
    ),
  )
  expect(withoutDoubles(files, '').accepted).toHaveLength(count)
  expect(runProblems(files)).toEqual([])
  return looks
}

test('eight times as many files take little more than eight times the work', () => {
  // Sorting takes its logarithm; comparing each with each would take 64 times.
  expect(looksAtRuns(160) / looksAtRuns(20)).toBeLessThan(16)
})
