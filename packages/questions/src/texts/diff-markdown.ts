import { printable } from '@tstrace/results/printable'
import type { DiffAnswer } from '../diff/answer-diff.ts'
import type { GatesAnswer } from '../diff/answer-gates.ts'
import type { DiffLines } from '../diff/diff-rows.ts'
import type { GateResult } from '../diff/gate-result.ts'
import { runsText } from './about-text.ts'
import { factorText, functionName, placeName, reservations, summaryText } from './diff-text.ts'
import { gateText, testsText } from './gates-text.ts'

/** Lines of it at most, unless all is asked for. */
const MOST_LINES = 60

/** What runs differently, as Markdown for a comment on a pull request. */
export function diffMarkdown(answer: DiffAnswer, all: boolean): string {
  const { about, before, gates } = answer
  const head = [
    '### What runs differently',
    '',
    ...summaryText(answer),
    ...gateLines(gates?.rows ?? [], { all, tests: false }),
    ...firstLines(answer),
  ]
  const foot = [
    ...reservations(answer, false).flatMap((line) => (line === '' ? [] : ['', escaped(line)])),
    '',
    `From ${escaped(printable(runsText(before.runs)))} to ${escaped(printable(runsText(about.runs)))}.`,
  ]
  const tables = tablesOf(answer)
  const room = all ? Number.POSITIVE_INFINITY : MOST_LINES - head.length - foot.length
  return `${[...head, ...withinRoom(tables, room), ...foot].join('\n')}\n`
}

/** Conditions that are shown. */
const MOST_GATES = 6

/** What became of conditions on a single recording, as Markdown. */
export function gatesMarkdown({ about, gates }: GatesAnswer, all: boolean): string {
  const foot = ['', `From ${escaped(printable(runsText(about.runs)))}.`]
  return `${['### Conditions', ...gateLines(gates.rows, { all, tests: true }), ...foot].join('\n')}\n`
}

interface Shown {
  readonly all: boolean
  /** Whether tests are named. */
  readonly tests: boolean
}

/** Those that failed come first, so that none of them is hidden behind others. */
function gateLines(gates: readonly GateResult[], { all, tests }: Shown): string[] {
  const sorted = gates.toSorted((a, b) => Number(b.failed) - Number(a.failed))
  const shown = all ? sorted : sorted.slice(0, MOST_GATES)
  const hidden = sorted.length - shown.length
  return [
    ...shown.flatMap((gate) => [
      '',
      `${gate.failed ? '❌' : '✅'} ${escaped(gateText(gate))}`,
      ...(tests ? testLines(gate) : []),
    ]),
    ...(hidden > 0 ? ['', `… ${hidden} more.`] : []),
  ]
}

function testLines(gate: GateResult): string[] {
  const lines = testsText(gate).map((line) => `- ${escaped(printable(line.trim()))}`)
  return lines.length > 0 ? ['', ...lines] : []
}

interface Table {
  readonly head: readonly string[]
  readonly rows: readonly string[]
}

/** A table takes so many lines beside those of its head and its rows. */
const AROUND = 2

/** Each gets an equal part of the room, and what others leave. */
function withinRoom(tables: readonly Table[], room: number): string[] {
  let left = room
  return tables.flatMap(({ head, rows }, at) => {
    const most = Math.max(1, Math.floor(left / (tables.length - at)) - head.length - AROUND)
    const shown = rows.slice(0, rows.length <= most ? rows.length : Math.max(1, most - 1))
    const hidden = rows.length - shown.length
    const lines = ['', ...head, ...shown, ...(hidden > 0 ? ['', `… ${hidden} more.`] : [])]
    left -= lines.length
    return lines
  })
}

function firstLines({ first }: DiffAnswer): string[] {
  if (!first) return []
  const { function: name, line, lines, path } = first
  const rows = lines.map(
    ({ after, before, counts, text = '' }) =>
      `| ${after ?? before ?? ''} | ${counts[0]} | ${counts[1]} | ${code(text.trim())} |`,
  )
  return [
    '',
    `It parts in ${code(`${path}:${line} ${name}`)}:`,
    '',
    '| line | before | after | |',
    '|--:|--:|--:|---|',
    ...rows,
  ]
}

function tablesOf({ changed, edges, newMissing, rows }: DiffAnswer): Table[] {
  const tables = [
    { head: ['Ran in only one:', '', ...COUNTED], rows: rows.map(lineRow) },
    { head: ['Ran in both, but not as often:', '', ...COUNTED], rows: changed.rows.map(lineRow) },
    {
      head: ['Calls:', '', ...COUNTED],
      rows: edges.rows.map(({ callee, caller, calls }) =>
        countedRow(calls, `${code(functionName(caller))} → ${code(functionName(callee))}`),
      ),
    },
    {
      head: ['Never ran, though they did before or are new:', ''],
      rows: newMissing.rows.map((row) => `- ${code(placeName(row).trim())}`),
    },
  ]
  return tables.filter((table) => table.rows.length > 0)
}

const COUNTED = ['| before | after | | |', '|--:|--:|--:|---|'] as const

function lineRow(row: DiffLines): string {
  return countedRow(row.counts, code(placeName(row).trim()))
}

function countedRow(counts: readonly [number, number], what: string): string {
  return `| ${counts[0]} | ${counts[1]} | ${factorText(counts)} | ${what} |`
}

/** As code, whatever it is: paths, names and sources may have anything in them. */
function code(text: string): string {
  const plain = printable(text)
  if (plain === '') return ''
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const blank = longest > 0 ? ' ' : ''
  return `${fence}${blank}${plain.replaceAll('|', '\\|')}${blank}${fence}`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~@]/g, '\\$&')
}
