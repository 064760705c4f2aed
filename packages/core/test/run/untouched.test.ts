import { instrument } from '@tstrace/instrument'
import { expect, test } from 'vitest'
import { untouchedBecause, untouchedSentence, withoutLikes } from '../../src/run/untouched.ts'

const WAY_OUT = 'Leave it out with `exclude` or `--exclude` to silence this.'
const IF_IT_RUNS = 'If it runs all the same, leave it out with `exclude` or `--exclude` to silence this.'

function errorOf(source: string): unknown {
  try {
    instrument(source, { file: 'src/a.js' })
  } catch (error) {
    return error
  }
  throw new Error('It can be parsed')
}

test('a file that cannot be parsed is known with its place', () => {
  const untouched = untouchedBecause('src/a.js', errorOf('go()\nconst = 1\n'))
  expect(untouched).toEqual({
    file: 'src/a.js',
    code: 'TST_PARSE',
    place: { line: 2, column: 6 },
    reason: expect.stringMatching(/^\w.*\.$/),
  })
  expect(untouchedSentence(untouched)).toBe(
    `src/a.js is not counted: Cannot parse src/a.js:2:7: ${untouched.reason} ${IF_IT_RUNS} [TST_PARSE]`,
  )
})

test('a file with Flow types cannot be parsed, and is named', () => {
  const source = '// @flow\nexport function f(x: ?number): string {\n  return String(x)\n}\n'
  expect(untouchedSentence(untouchedBecause('src/a.js', errorOf(source)))).toMatch(
    /^src\/a\.js is not counted: Cannot parse src\/a\.js:\d:\d+: /,
  )
})

test('code that is nested too deeply has no place', () => {
  const untouched = untouchedBecause('src/a.js', errorOf(`a${'+a'.repeat(20_000)}\n`))
  expect(untouched).toEqual({
    code: 'TST_PARSE',
    file: 'src/a.js',
    reason: 'its code is nested too deeply.',
  })
  expect(untouchedSentence(untouched)).toBe(
    `src/a.js ran untouched and is not counted: ${untouched.reason} ${WAY_OUT} [TST_PARSE]`,
  )
})

test.each([
  [new Error('too many braces'), `too many braces. ${WAY_OUT}`],
  [new Error('No!'), `No! ${WAY_OUT}`],
  ['only a text', `only a text. ${WAY_OUT}`],
  [new Error('a.ts: no (1:2)\n\n> 1 | cov_1()'), `a.ts: no (1:2). ${WAY_OUT}`],
  [
    new Error('\u001b[96ma.ts\u001b[0m:1:2 - no\n\n\u001b[7m1\u001b[0m cov_1()\n  ~~~'),
    `a.ts:1:2 - no. ${WAY_OUT}`,
  ],
  [
    new Error('  x Expected a comma\n   ,-[a.ts:1:1]\n 1 | cov_1()\n   `----'),
    `x Expected a comma. ${WAY_OUT}`,
  ],
  [new Error('Failed with 1 error:\na.ts:1:2: no'), `Failed with 1 error:\na.ts:1:2: no\n${WAY_OUT}`],
])('%s of somebody else is a reason', (error, why) => {
  expect(untouchedSentence(untouchedBecause('a.ts', error))).toBe(
    `a.ts ran untouched and is not counted: ${why}`,
  )
})

test('what is the same of many files is one sentence, where the first of them would stand', () => {
  const of = (file: string, reason: string): string => untouchedSentence({ file, reason })
  const many = ['a', 'b', 'c', 'd'].map((file) => of(file, 'no map'))
  expect(withoutLikes(['first', ...many, of('e', 'another reason'), 'last'])).toEqual([
    'first',
    `a and 3 more ran untouched and are not counted, each for the same reason: no map. ${WAY_OUT}`,
    of('e', 'another reason'),
    'last',
  ])
  expect(withoutLikes(many.slice(1))).toEqual(many.slice(1))
})
