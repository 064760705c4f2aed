import { expect, test } from 'vitest'
import { comparisonOf } from '../../src/diff/answer-diff.ts'
import { checkGate } from '../../src/diff/check-gates.ts'
import { readGate } from '../../src/diff/gate.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

test.each([
  ['calls(src.parse.*) > +5%', ['calls', 'src.parse.*', '>', 5, 'percent', false]],
  ['calls(src.db.query)<=12 per  test', ['calls', 'src.db.query', '<=', 12, 'number', true]],
  ['count(it("a (b)")) != -3', ['count', 'it("a (b)")', '!=', -3, 'more', false]],
  ['calls > 1.5', ['calls', '*', '>', 1.5, 'number', false]],
  [' lines ', ['lines', '*', '>', 0, 'number', false]],
  ['new-missing(src/a.ts) >= 2', ['new-missing', 'src/a.ts', '>=', 2, 'number', false]],
])('%s', (text, parts) => {
  const { amount, measure, operator, pattern, perTest } = readGate(text)
  expect([measure, pattern, operator, amount.value, amount.kind, perTest]).toEqual(parts)
})

test.each([
  ['', 1, 'one of calls'],
  ['call(a) > 1', 1, 'one of calls'],
  ['calls(a', 8, '")"'],
  ['calls() > 1', 7, 'the name of a function'],
  ['calls(a)', 9, 'a comparison'],
  ['calls(a) => 1', 10, 'a comparison'],
  ['calls(a) > x', 12, 'a number, as 12'],
  ['calls(a) > 5%', 12, 'a sign in front of 5%'],
  ['calls(a) > 5 per file', 14, 'the end, or "per test"'],
  ['lines > +5%', 9, 'a number without sign'],
  ['edges > 5 per test', 11, 'the end: only calls'],
])('"%s" is wrong at character %i', (text, place, expected) => {
  expect(() => readGate(text)).toThrow(`goes wrong at character ${place}: expected ${expected}`)
  expect(() => readGate(text)).toThrow(`\n  ${text}\n  ${' '.repeat(place - 1)}^`)
})

const [one, two] = [testNamed('one'), testNamed('two')]
const before = {
  recordings: [
    recordingOf({
      sources: [
        [sourceWith('src/a.ts', [1, 1, 10, 4]), one],
        [sourceWith('src/a.ts', [0, 0, 2, 1]), two],
      ],
    }),
  ],
} as const
const after = {
  recordings: [
    recordingOf({
      sources: [
        [sourceWith('src/a.ts', [1, 1, 10, 4]), one],
        [sourceWith('src/a.ts', [0, 0, 6, 1]), two],
      ],
    }),
  ],
} as const

test.each([
  ['calls(f2) > +33%', true, 16],
  ['calls(f2) > +34%', false, 16],
  ['calls(src.a.f2) > +3', true, 16],
  ['calls(src/a.ts) > 15', true, 16],
  ['calls(*<module>*) == 1', true, 1],
  ['count(src/a.ts:<module>) == 23', true, 23],
  ['calls(f2) > 9 per test', true, 10],
  ['calls(f2) > 10 per test', false, 10],
  ['calls(f2) > +100% per test', true, 6],
])('to fail on %s: %s', (text, failed, number) => {
  const result = checkGate(readGate(text), 'fail-on', { before, after })
  expect(result).toMatchObject({ failed, after: number })
  expect(checkGate(readGate(text), 'expect', { before, after }).failed).toBe(!failed || text.endsWith('test'))
})

test('what means nothing, or has nothing to be compared with, is an error', () => {
  expect(() => checkGate(readGate('calls(g) > 1'), 'fail-on', { after })).toThrow('is meant by "g"')
  for (const text of ['calls(f2) > +1', 'lines'])
    expect(() => checkGate(readGate(text), 'fail-on', { after })).toThrow('there is none')
})

test('what was not measured passes nothing', () => {
  const sides = { before, after }
  const measured = { ...sides, diff: comparisonOf(sides).answer }
  const check = (text: string, more: Partial<typeof measured> = {}) =>
    checkGate(readGate(text), 'fail-on', { ...measured, ...more })
  expect(() => check('edges')).toThrow('not both recordings have some')
  for (const text of ['lines(src/b.ts)', 'new-missing(src/b.ts)'])
    expect(() => check(text)).toThrow('is meant by "src/b.ts"')
  const diff = { ...measured.diff, calls: true }
  expect(() => check('edges(src/b.ts)', { diff })).toThrow('is meant by "src/b.ts"')
  expect(check('edges(src/a.ts)', { diff }).failed).toBe(false)
  const unmatched = { rows: [{ path: 'src/a.ts', reason: 'no text', side: 'both' }] } as const
  for (const text of ['lines > 99', 'new-missing(src/a.ts)'])
    expect(() => check(text, { diff: { ...diff, unmatched, newMissing: { rows: [] } } })).toThrow(
      'the lines of src/a.ts could not',
    )
})

test('of a source the lines outside of functions differ, too; of a function they are not', () => {
  const side = (counts: readonly number[]) =>
    ({ recordings: [recordingOf({ sources: [[sourceWith('src/a.ts', counts), one]] })] }) as const
  const sides = { before: side([1, 1, 10, 4]), after: side([2, 1, 10, 4]) }
  const measured = { ...sides, diff: comparisonOf(sides).answer }
  const lines = (pattern: string) => checkGate(readGate(`lines(${pattern})`), 'fail-on', measured).after
  expect([lines('src/a.ts'), lines('src/'), lines('f2')]).toEqual([lines('*'), lines('*'), 0])
  expect(lines('*')).toBeGreaterThan(0)
})

test('with several runs a condition fails if it does for each pair', () => {
  const both = { recordings: [...before.recordings, ...after.recordings] } as const
  const failed = (text: string) => checkGate(readGate(text), 'fail-on', { before, after: both }).failed
  expect([failed('calls(f2) > 11'), failed('calls(f2) > 12'), failed('calls(f2) > +1%')]).toEqual([
    true,
    false,
    false,
  ])
})
