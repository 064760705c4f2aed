import { expect, test } from 'vitest'
import { type ComparedLine, compareLines } from './istanbul-comparison.ts'
import type { IstanbulFile } from './istanbul-numbers.ts'
import type { OurNumber } from './istanbul-rules.ts'

/** Istanbul's numbers, each by the line on which Istanbul says that it starts. */
interface Theirs {
  readonly statements?: readonly [line: number, count: number][]
  readonly functions?: readonly [line: number, count: number][]
  readonly arms?: readonly [line: number, count: number][]
  readonly clauses?: readonly [line: number, count: number][]
  readonly ifs?: readonly [line: number, count: number][]
  /** Statements of which Istanbul says in which columns they stand. */
  readonly placed?: readonly [line: number, start: number, end: number, count: number][]
}

/** A number of ours: the text that it counts, the first of its kind in the source, and the rule of the listing. */
type Ours = readonly [text: string, rule: string, count: number]

export interface Situation {
  readonly source: string
  readonly istanbul: Theirs
  readonly ours: readonly Ours[]
}

function fileOf({
  arms = [],
  clauses = [],
  functions = [],
  ifs = [],
  placed = [],
  statements = [],
}: Theirs): IstanbulFile {
  const at = (line: number) => ({ start: { line } })
  const numbered = <T>(values: readonly T[]): Record<string, T> => Object.fromEntries(Object.entries(values))
  const branches = [
    ...arms.map(([line, count]) => ({ type: 'cond-expr', line, counts: [count] })),
    ...clauses.map(([line, count]) => ({ type: 'switch', line, counts: [count] })),
    ...ifs.map(([line, count]) => ({ type: 'if', line, counts: [count, 0] })),
  ]
  return {
    statementMap: numbered([
      ...statements.map(([line]) => at(line)),
      ...placed.map(([line, start, end]) => ({ start: { line, column: start }, end: { line, column: end } })),
    ]),
    s: numbered([...statements.map(([, count]) => count), ...placed.map((values) => values[3])]),
    fnMap: numbered(functions.map(([line]) => ({ decl: at(line), loc: at(line) }))),
    f: numbered(functions.map(([, count]) => count)),
    branchMap: numbered(
      branches.map(({ counts, line, type }) => ({
        type,
        loc: at(line),
        locations: counts.map(() => at(line)),
      })),
    ),
    b: numbered(branches.map(({ counts }) => counts)),
  }
}

export function linesOf({ istanbul, ours, source }: Situation): ComparedLine[] {
  const numbers = ours.map(([text, rule, count]): OurNumber => {
    const before = source.slice(0, source.indexOf(text)).split('\n')
    return { line: before.length, column: before.at(-1)?.length ?? 0, rule, count }
  })
  return compareLines({ path: 'a.ts', source }, fileOf(istanbul), numbers)
}

export const problemsOf = (situation: Situation): string[] =>
  linesOf(situation).flatMap(({ problem }) => problem ?? [])

/** The situation with another number of ours. */
export const ours = (situation: Situation, text: string, count: number): Situation => ({
  ...situation,
  ours: situation.ours.map(([at, rule, before]) => [at, rule, at === text ? count : before]),
})

/** The situation with another number of Istanbul's, on the line of one of its statements. */
export const theirs = (situation: Situation, line: number, count: number): Situation => ({
  ...situation,
  istanbul: {
    ...situation.istanbul,
    statements: (situation.istanbul.statements ?? []).map(([at, before]) => [
      at,
      at === line ? count : before,
    ]),
  },
})

/** The situation with the same numbers on another text. */
export const text = (situation: Situation, from: string, to: string): Situation => ({
  ...situation,
  source: situation.source.replace(from, to),
  ours: situation.ours.map(([at, ...rest]) => [at.replace(from, to), ...rest]),
})

/** A rule's name, where it holds, and where its guard fails. */
export type RuleCase = readonly [
  rule: string,
  situation: Situation,
  wrong: Readonly<Record<string, Situation>>,
]

/** Tests that a rule explains its situation and no other. */
export function holdsOnlyFor([rule, situation, wrong]: RuleCase): void {
  test('explains what it is for', () => {
    expect(problemsOf(situation)).toEqual([])
    expect(linesOf(situation).flatMap(({ rules }) => rules)).toContain(rule)
  })

  test.each(Object.entries(wrong))('and not: %s', (_, other) => {
    expect(problemsOf(other)).not.toEqual([])
  })
}
