import type { Context, CoverageResults } from '@tstrace/results'
import { roomyInt32Array } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { testFiles } from '../recording/attempts.ts'
import type { Recording } from '../recording/recording.ts'
import { refuseWithoutContexts } from '../recording/refuse-without-contexts.ts'
import type { Target } from '../recording/target.ts'
import { INSIDE, OUTSIDE, type Role, SHARED, type Units, unitsOf } from '../recording/units.ts'
import type { Answer } from './answer.ts'
import { ContextValues } from './context-values.ts'
import { countedTexts } from './counted-texts.ts'
import { compareRanges, type LineRange, textsOf } from './line-range.ts'
import { linesAsked, TextLines } from './text-lines.ts'
import { isIn, sourcesIn } from './what-ran.ts'

/** What tests have nothing to do with, and what hangs on one test alone. */
export interface OutsideAnswer extends Answer {
  readonly question: 'outside'
  /** What it was looked for in; absent for everything. */
  readonly target?: Target
  /** False where test files are kept apart only: then they stand for tests, and nobody knows what ran outside of tests. */
  readonly byTest: boolean
  /** Lines that ran, but in no test. Those in functions come first, then those of modules themselves. */
  readonly rows: readonly OutsideRow[]
  /** How many lines ran, but in no context at all: in runs that recorded none, of which nobody knows what ran them. */
  readonly unrecorded: number
  /** Tests without which some lines would not have run; those with the most lines first. */
  readonly alone: { readonly rows: readonly AloneRow[] }
  /** Tests that ran no line that nothing else ran, in the order of contexts; with a target only those that ran any of it. */
  readonly nothing: { readonly rows: readonly Context[] }
  /** Tests like that which ran at the same time as others, so that it may not be so. */
  readonly unclear: { readonly rows: readonly Context[] }
}

export interface OutsideRow extends LineRange {
  /** What was running: of `import`, `hooks`, `late`. */
  readonly ran: readonly string[]
}

export interface AloneRow {
  /** The last attempt at the test. */
  readonly context: Context
  /** How many executable lines. */
  readonly lines: number
  readonly ranges: readonly LineRange[]
}

interface Asked {
  readonly most?: number
  readonly target?: Target | undefined
}

/** What is found in one text. */
interface Found {
  readonly unrecorded: number
  readonly rows: readonly OutsideRow[]
  readonly alone: readonly { readonly unit: number; readonly range: LineRange }[]
}

/**
 * Which lines ran in no test, and which in one test alone. Attempts at a test are one test. Test files themselves are left
 * out: a line of theirs is seldom run by more than one test.
 *
 * @param target what it is looked for in. Default: everything
 * @param most so many of the first rows are going to be shown: the answer says of their texts whether they are on disk. Default: all
 * @throws TstraceError `TST_NO_CONTEXTS` for a recording that does not say what was running
 */
export function answerOutside(
  recording: Recording,
  { most = Number.POSITIVE_INFINITY, target }: Asked = {},
): OutsideAnswer {
  refuseWithoutContexts(recording)
  const contexts = recording.contexts()
  const results = recording.results({ path: isIn(target), calls: false })
  const units = unitsOf(contexts)
  const tests = testFiles(contexts)
  const seen = target ? new Uint8Array(units.list.length) : undefined
  const noted = { roles: new ContextValues((key) => units.roles.get(key)), seen }
  const found = countedTexts(sourcesIn(results, target))
    .filter(({ path }) => !tests.has(path))
    .map((text) => foundIn(results, new TextLines(text, linesAsked(text, target)), noted))
  const alone = aloneRows(found, units)
  const having = new Set(alone.map(({ context }) => context))
  const others = units.list.filter(
    (context, unit) => !having.has(context) && !units.skipped.has(context) && seen?.[unit] !== 0,
  )
  const rows = found.flatMap((part) => part.rows).sort(compareOutside)
  return {
    question: 'outside',
    ...(target && { target }),
    about: aboutOf(recording, textsOf(rows, most)),
    byTest: contexts.some(({ kind }) => kind === 'test'),
    unrecorded: found.reduce((sum, { unrecorded }) => sum + unrecorded, 0),
    alone: { rows: alone },
    nothing: { rows: others.filter((context) => !units.overlapping.has(context)) },
    unclear: { rows: others.filter((context) => units.overlapping.has(context)) },
    rows,
  }
}

interface Noted {
  readonly roles: ContextValues<Role | undefined>
  /** By unit 1 for one that ran any of the lines; undefined where nobody wants to know. */
  readonly seen: Uint8Array | undefined
}

function foundIn(results: CoverageResults, lines: TextLines, { roles, seen }: Noted): Found {
  const ran = new Roles(lines.numbers.length)
  for (const { kept, lines: places } of lines.kept(results)) {
    const parts = new Roles(kept.parts)
    let [bits, unit] = [0, NOBODY]
    const roleOf = roles.of(kept)
    const addContext = (context: number): void => {
      const role = roleOf(context)
      if (!role) return
      bits |= role.bits
      unit = joined(unit, role.unit)
    }
    const addToPart = (part: number): void => parts.add(part, bits, unit)
    const see = (context: number): void => {
      const role = roleOf(context)
      if (seen && role && role.unit !== SHARED) seen[role.unit] = 1
    }
    for (let row = 0; row < kept.rows; row++) {
      bits = 0
      unit = NOBODY
      kept.visitContexts(row, addContext)
      if (bits !== 0) kept.visitRow(row, addToPart)
      if (seen && places.hasLines(kept.countsOf(row))) kept.visitContexts(row, see)
    }
    let part = 0
    const addToLine = (line: number): void => ran.addFrom(parts, part, line)
    const addCounter = (counter: number): void => places.visit(counter, addToLine)
    for (; part < kept.parts; part++) kept.visitPart(part, addCounter)
  }
  const outside = lines.ranges((line) =>
    (ran.bits[line] as number) & INSIDE ? undefined : ran.bits[line] || undefined,
  )
  const alone = lines.ranges((line) => ((ran.units[line] as number) >= 0 ? ran.units[line] : undefined))
  return {
    unrecorded: lines.ran().filter((ranAtAll, line) => ranAtAll && ran.bits[line] === 0).length,
    rows: outside.map(({ place, ...range }) => ({ ...range, ran: namesOf(ran.bits[place] as number) })),
    alone: alone.map(({ place, ...range }) => ({ unit: ran.units[place] as number, range })),
  }
}

/** Of each of several things what all contexts say that it ran in. */
class Roles {
  /** 0 for what ran in none. */
  readonly bits: Uint8Array
  /** `NOBODY` for what ran in no context, `SHARED` for what is not of one unit. */
  readonly units: Int32Array

  constructor(length: number) {
    this.bits = new Uint8Array(length)
    this.units = roomyInt32Array(length).fill(NOBODY)
  }

  add(at: number, bits: number, unit: number): void {
    this.bits[at] = (this.bits[at] as number) | bits
    this.units[at] = joined(this.units[at] as number, unit)
  }

  addFrom(other: Roles, there: number, at: number): void {
    const unit = other.units[there] as number
    if (unit !== NOBODY) this.add(at, other.bits[there] as number, unit)
  }
}

/** Whose it is that one and the other ran. */
function joined(one: number, other: number): number {
  return one === NOBODY || one === other ? other : SHARED
}

const NOBODY = -2

function aloneRows(found: readonly Found[], units: Units): AloneRow[] {
  const byUnit = new Map<number, LineRange[]>()
  for (const { range, unit } of found.flatMap(({ alone }) => alone)) {
    const known = byUnit.get(unit)
    if (known) known.push(range)
    else byUnit.set(unit, [range])
  }
  return [...byUnit]
    .map(([unit, ranges]) => ({ unit, ranges, lines: ranges.reduce((sum, { lines }) => sum + lines, 0) }))
    .sort((a, b) => b.lines - a.lines || a.unit - b.unit)
    .map(({ unit, lines, ranges }) => ({ context: units.list[unit] as Context, lines, ranges }))
}

function namesOf(bits: number): string[] {
  return OUTSIDE.filter((_, at) => bits & (1 << at))
}

function compareOutside(a: OutsideRow, b: OutsideRow): number {
  return Number(isOfModule(a)) - Number(isOfModule(b)) || compareRanges(a, b)
}

/** Whether lines are of a module itself: its imports, definitions, and what it does when it is evaluated. */
function isOfModule(range: LineRange): boolean {
  return range.function === '<module>'
}
