import { absent } from './istanbul-absent.ts'
import { namesOfExports } from './istanbul-exports.ts'
import { type IstanbulFile, istanbulNumbers } from './istanbul-numbers.ts'
import { type BothSides, type OurNumber, reasonsFor } from './istanbul-rules.ts'
import { syntaxOf } from './istanbul-syntax.ts'
import { exportedName, theirRules } from './istanbul-their-rules.ts'
import { allows, Witness } from './istanbul-witness.ts'

/** One line that either of the two counts. */
export interface ComparedLine {
  /** 1-based. */
  readonly line: number
  /** The largest of our numbers, as in the listing. */
  readonly ours: number | undefined
  /** The largest of Istanbul's. */
  readonly istanbul: number | undefined
  /** The rules by which the two differ, sorted; empty on a line that both count alike. */
  readonly rules: readonly string[]
  /** Why no rule explains the numbers. */
  readonly problem?: string
}

/** Rules for what Istanbul has a statement for as well: the numbers are the same. */
const SAME = /^(statement|else if|arrow body|class field)$/

/**
 * Compares every line of a file that either of the two counts. A number may be missing on the other side, or be another
 * one, only where a rule of `README.md` says so; the rule has to find its situation in the syntax tree, and the number has
 * to be one that Istanbul's other numbers (of functions, branches, neighbouring statements) allow.
 *
 * @param source the text that both counted
 * @param path name of the file; the extension says in which language it is
 */
export function compareLines(
  { path, source }: { readonly path: string; readonly source: string },
  istanbul: IstanbulFile,
  ours: readonly OurNumber[],
): ComparedLine[] {
  const syntax = syntaxOf(source, path)
  const numbers = istanbulNumbers(istanbul, namesOfExports(syntax))
  const byOffset = grouped(ours, ({ column, line }) => syntax.offsetOf(line, column))
  const byLine = grouped(ours, ({ line }) => line)
  const sides: BothSides = { syntax, witness: new Witness(syntax, numbers), ours: byOffset }
  const lost = absent(sides)
  const lines = new Set([
    ...[...numbers.statements.keys(), ...numbers.exported.keys()],
    ...[...byLine.keys(), ...lost.keys()],
  ])
  return [...lines]
    .sort((a, b) => a - b)
    .map((line) => {
      const theirs = numbers.statements.get(line) ?? []
      const names = numbers.exported.get(line) ?? []
      return compared(line, { theirs, names, mine: byLine.get(line) ?? [], lost: lost.get(line) }, sides)
    })
}

interface OneLine {
  readonly theirs: readonly number[]
  /** Istanbul's for the names of exports. */
  readonly names: readonly number[]
  readonly mine: readonly OurNumber[]
  /** What we should have and have not. */
  readonly lost: string | undefined
}

function compared(line: number, { lost, mine, names, theirs }: OneLine, sides: BothSides): ComparedLine {
  const rules = new Set<string>()
  const problems = lost ? [lost] : []
  for (const number of mine) {
    if (SAME.test(number.rule) && theirs.includes(number.count)) continue
    const reasons = reasonsFor(number, sides)
    const reason = reasons.find(({ allowed }) => allows(allowed, number.count))
    if (reason) rules.add(reason.name)
    else problems.push(`ours ${number.count} (${number.rule}) ${said(reasons)}`)
  }
  for (const count of theirs) {
    if (mine.some((number) => SAME.test(number.rule) && number.count === count)) continue
    const rule = Object.entries(theirRules).find(([, holds]) => holds(line, count, sides))
    if (rule) rules.add(rule[0])
    else problems.push(`Istanbul ${count}`)
  }
  for (const count of names) {
    if (exportedName(line, count, sides)) rules.add('exported name')
    else problems.push(`Istanbul ${count} for the name of an export`)
  }
  const ours = largest(mine.map(({ count }) => count))
  const numbers = { ours, istanbul: largest([...theirs, ...names]) }
  const text = sides.syntax.source.split(/\r\n?|\n/)[line - 1]?.trim()
  return {
    line,
    ...numbers,
    rules: numbers.ours === numbers.istanbul ? [] : [...rules].sort(),
    ...(problems.length > 0 && { problem: `line ${line}: ${text}: ${problems.join(', ')}` }),
  }
}

function said(reasons: ReturnType<typeof reasonsFor>): string {
  return reasons
    .map(
      ({ allowed, name }) =>
        `${name}: ${allowed.map((range) => [...new Set(range)].join(' to ')).join(', ')}`,
    )
    .join('; ')
}

function largest(numbers: readonly number[]): number | undefined {
  return numbers.length > 0 ? Math.max(...numbers) : undefined
}

function grouped(
  numbers: readonly OurNumber[],
  key: (number: OurNumber) => number,
): Map<number, OurNumber[]> {
  const groups = new Map<number, OurNumber[]>()
  for (const number of numbers) {
    const group = groups.get(key(number))
    if (group) group.push(number)
    else groups.set(key(number), [number])
  }
  return groups
}
