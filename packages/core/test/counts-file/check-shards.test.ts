import { expect, test } from 'vitest'
import { type NamedHead, shardProblems, withoutDoubles } from '../../src/counts-file/check-shards.ts'
import type { RunRecord } from '../../src/counts-file/run-record.ts'
import { run } from './counts-files.ts'

function file(name: string, runs: readonly RunRecord[], project = 'demo', base = ''): NamedHead {
  return { name, head: { project, base, runs } }
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
  expect(shardProblems(files)).toEqual([])
})

test('a file given twice counts once, whatever the order', () => {
  const files = [file('a', [shard(1, '1/2')]), file('copy', [shard(1, '1/2')])]
  for (const given of [files, files.toReversed()]) {
    expect(withoutDoubles(given, '')).toMatchObject({
      accepted: [{ name: 'a' }],
      problems: ['copy has shard 1/2 of run ci 7, which a has as well: copy is left out.'],
    })
  }
})

test('of a shard that ran twice, the later run counts', () => {
  const files = [file('first', [shard(1, '1/2')]), file('again', [shard(5, '1/2')])]
  for (const given of [files, files.toReversed()]) {
    expect(withoutDoubles(given, '')).toMatchObject({
      accepted: [{ name: 'again' }],
      problems: [
        'first has shard 1/2 of run ci 7 once more than again, which is the later one: first is left out. Give different ' +
          'test suites different labels.',
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
    'all has shard 2/3 of run ci 7, which more has as well, beside 1 more: all of all is left out, since its counts ' +
      'cannot be taken apart.',
  ])
})

test('runs that are no shards may be many, and so may suites with labels, folders or runners of their own', () => {
  expect(names([file('a', [run(1)]), file('b', [run(2)])])).toEqual(['a', 'b'])
  const different = [
    file('a', [shard(1, '1/1')]),
    file('b', [shard(2, '1/1', { label: 'os=mac' })]),
    file('c', [shard(3, '1/1', { runner: 'jest 30' })]),
    file('d', [shard(4, '1/1')], 'demo', 'packages/d'),
    file('e', [shard(5, '1/1', { run: 'ci 8' })]),
  ]
  expect(names(different)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(shardProblems(different)).toEqual([])
})

test('missing shards are named', () => {
  expect(shardProblems([file('a', [shard(1, '1/3')]), file('b', [shard(2, '3/3')])])).toEqual([
    'Shard 2/3 of run ci 7 is missing.',
  ])
  const commit = { run: '', commit: 'abcdef0123456789abcdef' }
  expect(shardProblems([file('a', [shard(1, '2/4', { ...commit, label: 'os=mac' })])])).toEqual([
    'Shards 1/4, 3/4 and 4/4 of commit abcdef012345 (os=mac) are missing.',
  ])
  expect(shardProblems([file('a', [shard(1, '1/99', { run: '' })])])).toEqual([
    'Shards 2/99, 3/99, 4/99, 5/99, 6/99, 7/99, 8/99, 9/99, 10/99, 11/99 and 88 more of a run without a name are missing.',
  ])
})

test('shards of different commits are named', () => {
  const files = [
    file('a', [shard(1, '1/2', { commit: 'aaaa' })]),
    file('b', [shard(2, '2/2', { commit: 'bbbb' })]),
  ]
  expect(shardProblems(files)).toEqual(['The shards of run ci 7 are of different commits: aaaa and bbbb.'])
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
    problems: ['c is of the project other, not of demo: left out.'],
  })
  expect(withoutDoubles(files, 'other').accepted).toMatchObject([{ name: 'c' }, { name: 'd' }])
})
