import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerDiff, type DiffAnswer } from '../../src/diff/answer-diff.ts'
import type { DiffLines } from '../../src/diff/diff-rows.ts'
import { type Generated, generatedFunctions, reachable, textOf, textOfAll } from './generated-programs.ts'
import { type Program, recordingOfProgram } from './recorded-program.ts'

const RUNS = 30
const CALL = 'f0(24); f0(7)'

function diffOf(before: Program, after: Program, call: string = CALL): DiffAnswer {
  return answerDiff({
    before: { recordings: [recordingOfProgram(before, call)] },
    after: { recordings: [recordingOfProgram(after, call)] },
  })
}

function expectNothing(answer: DiffAnswer): void {
  const { changed, edges, first, newMissing, rows, unmatched } = answer
  expect({ rows, changed, edges, newMissing, unmatched, first }).toEqual({
    rows: [],
    changed: { rows: [] },
    edges: { rows: [] },
    newMissing: { rows: [] },
    unmatched: { rows: [] },
    first: undefined,
  })
}

test('the same program twice gives nothing', () => {
  fc.assert(
    fc.property(generatedFunctions, (functions) => {
      const program = { 'src/a.js': textOfAll(functions) }
      expectNothing(diffOf(program, program))
    }),
    { numRuns: RUNS },
  )
})

test('functions in another order, in another source, with other blanks and comments give nothing', () => {
  const moved = fc.tuple(generatedFunctions, fc.infiniteStream(fc.nat()), fc.constantFrom('', '    '))
  fc.assert(
    fc.property(moved, ([functions, numbers, indent]) => {
      const shuffled = functions
        .map((one) => ({ one, order: numbers.next().value as number }))
        .sort((a, b) => a.order - b.order)
        .map(({ one }) => one)
      const before = {
        'src/a.js': textOfAll(functions.slice(0, 3)),
        'src/b.js': textOfAll(functions.slice(3)),
      }
      const [few, many] = [shuffled.slice(0, 2), shuffled.slice(2)]
      const text = (some: readonly Generated[]) =>
        some.map((one) => `// moved\n\n${textOf(one, indent)}`).join('\n')
      expectNothing(diffOf(before, { 'src/a.js': text(few), 'src/b.js': text(many) }))
    }),
    { numRuns: RUNS },
  )
})

test('a source under another path gives nothing', () => {
  fc.assert(
    fc.property(generatedFunctions, (functions) => {
      const text = textOfAll(functions)
      expectNothing(diffOf({ 'src/a.js': text }, { 'lib/b.js': text }))
      expectNothing(diffOf({ 'src/a.js': text }, { 'lib/b.js': `// moved\n${text}` }))
    }),
    { numRuns: RUNS },
  )
})

/** Two programs of which one has other statements in one function. */
const edited = fc
  .tuple(generatedFunctions, generatedFunctions, fc.integer({ min: 0, max: 5 }))
  .map(([functions, others, at]) => ({
    functions,
    other: functions.map((one, place) => (place === at ? { ...one, body: others[at]?.body ?? [] } : one)),
    name: `f${at}`,
  }))

test('the other way round it is the opposite', () => {
  fc.assert(
    fc.property(edited, ({ functions, other }) => {
      const [one, two] = [{ 'src/a.js': textOfAll(functions) }, { 'src/a.js': textOfAll(other) }]
      expect(asSets(turned(diffOf(one, two)))).toEqual(asSets(diffOf(two, one)))
    }),
    { numRuns: RUNS },
  )
})

type Lists = Pick<DiffAnswer, 'rows' | 'changed' | 'edges' | 'total'>

function turned({ changed, edges, rows, total }: DiffAnswer): Lists {
  const turn = <Value>([a, b]: readonly [Value, Value]): [Value, Value] => [b, a]
  const lines = ({ after, before, counts, ...row }: DiffLines): DiffLines => ({
    ...row,
    ...(after && { before: after }),
    ...(before && { after: before }),
    counts: turn(counts),
  })
  return {
    rows: rows.map(lines),
    changed: { rows: changed.rows.map(lines) },
    edges: {
      rows: edges.rows.map(({ calls, resumptions, ...edge }) => ({
        ...edge,
        calls: turn(calls),
        resumptions: turn(resumptions),
      })),
    },
    total: { ...total, onlyBefore: total.onlyAfter, onlyAfter: total.onlyBefore },
  }
}

/** Without what depends on which text is the later one: names, and lines of calls. */
function asSets({ changed, edges, rows, total }: Lists): object {
  const sorted = (list: readonly object[]): string[] => list.map((row) => JSON.stringify(row)).sort()
  const lines = ({ after, before, counts, lines }: DiffLines) => ({ before, after, counts, lines })
  const { newMissing: _, ...numbers } = total
  return {
    rows: sorted(rows.map(lines)),
    changed: sorted(changed.rows.map(lines)),
    edges: sorted(
      edges.rows.map(({ callee, caller, calls, resumptions }) => ({
        names: [caller.name, callee.name].map((name) => name.replaceAll(/:\d+/g, '')),
        calls,
        resumptions,
      })),
    ),
    numbers,
  }
}

test('a change of a body touches its function and what that may call, nothing else', () => {
  fc.assert(
    fc.property(edited, ({ functions, name, other }) => {
      const answer = diffOf({ 'src/a.js': textOfAll(functions) }, { 'src/a.js': textOfAll(other) })
      const may = new Set([...reachable(functions, name), ...reachable(other, name)])
      const outer = (inner: string): string => inner.replace(/^(f\d)[.:].*$/, '$1')
      const touched = [
        ...[...answer.rows, ...answer.changed.rows].map((row) => row.function),
        ...answer.edges.rows.map(({ callee }) => callee.name),
      ].map(outer)
      for (const one of touched) expect([...may]).toContain(one)
    }),
    { numRuns: RUNS },
  )
})
