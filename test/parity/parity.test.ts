import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '../e2e/matrix.ts'
import { differencesOf } from './diff-lines.ts'
import { recordedExamples } from './examples.ts'
import {
  type Expected,
  expectedFile,
  hasPython,
  MODES,
  type Mode,
  PAIRS,
  pythonSays,
  tstraceSays,
} from './parity-run.ts'

const PAGE = readFileSync(new URL('../../docs/reference/parity.md', import.meta.url), 'utf8')

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

function expectedOf(pair: string, mode: Mode): Expected {
  return JSON.parse(readFileSync(expectedFile(pair), 'utf8'))[mode]
}

describe.each(PAIRS)('%s', (pair) => {
  test.each(MODES)('%s: tstrace says what Python says, but for the rules', (mode) => {
    const { differences, python, rules } = expectedOf(pair, mode)
    expect(differencesOf(python, tstraceSays(pair, mode))).toEqual(differences)
    expect(rules.length > 0).toBe(differences.length > 0)
    for (const rule of rules) expect(PAGE).toContain(`\n| ${rule} |`)
  })
})

test.skipIf(!hasPython()).each(rowsOf({ pair: PAIRS, mode: MODES }, 1))(
  '$pair, $mode: the Python of this machine says what is recorded',
  ({ mode, pair }) => {
    expect(pythonSays(pair, mode)).toEqual(expectedOf(pair, mode).python)
  },
)

test('page and README say how many comparisons there are, and how many are the same to the byte', () => {
  const all = PAIRS.flatMap((pair) => MODES.map((mode) => expectedOf(pair, mode)))
  const same = all.filter(({ differences }) => differences.length === 0)
  expect(PAGE).toContain(`${all.length} comparisons; ${same.length} of them`)
  expect(README).toContain(`${same.length} of ${all.length} comparisons`)
})

test('every rule of the page is needed', () => {
  const [, table = ''] = /\n## The parity suite\n(.*?)(?:\n## |$)/s.exec(PAGE) ?? []
  const named = [...table.matchAll(/^\| (?!rule|---)([^|]+) \|/gm)].map(([, rule = '']) => rule).sort()
  const used = [
    ...PAIRS.flatMap((pair) => MODES.flatMap((mode) => expectedOf(pair, mode).rules)),
    ...Object.values(recordedExamples()).flatMap(({ rules }) => rules),
  ]
  expect(named).toEqual([...new Set(used)].sort())
})

describe('differences', () => {
  test.each([
    [['a', 'b', 'c'], ['a', 'b', 'c'], []],
    [['a', 'b', 'c'], ['a', 'c'], [{ python: ['b'], ours: [] }]],
    [
      ['a', 'c'],
      ['x', 'a', 'y', 'c'],
      [
        { python: [], ours: ['x'] },
        { python: [], ours: ['y'] },
      ],
    ],
    [['a', 'b'], ['a', 'z'], [{ python: ['b'], ours: ['z'] }]],
    [[], ['a'], [{ python: [], ours: ['a'] }]],
  ])('of %j and %j', (python, ours, found) => {
    expect(differencesOf(python, ours)).toEqual(found)
  })
})
