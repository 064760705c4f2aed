/*
 * Prints each example: what Python says of its program on the left, what tstrace says of ours on the right. Where this machine
 * has no Python 3.11, the left side is what it said when the records were made.
 */
import { differencesOf } from './diff-lines.ts'
import { asTypeScript, EXAMPLES, pythonShows, recordedExamples, tstraceShows } from './examples.ts'
import { hasPython } from './parity-run.ts'

const WIDTH = 76
const live = hasPython()
const records = recordedExamples()
let same = 0

for (const example of EXAMPLES) {
  const { python: recorded = [], rules = [] } = records[example.name] ?? {}
  const python = live ? pythonShows(example) : recorded
  const ours = tstraceShows(example)
  const isSame = differencesOf(asTypeScript(python), ours).length === 0
  if (isSame) same++
  console.log(`\n== ${example.name}: ${isSame ? 'the same to the byte' : rules.join(', ')}\n`)
  for (const command of example.commands)
    console.log(`${row(`$ ${shell(command, 'py')}`, `$ ${shell(command, 'ts')}`, ' ')}`)
  for (const line of sideBySide(python, ours)) console.log(line)
}
console.log(
  `\n${same} of ${EXAMPLES.length} examples are the same to the byte; the others differ by the rules behind their names,`,
)
console.log(
  `which docs/reference/parity.md explains. Python ${live ? 'ran on this machine' : 'is not here: its side is recorded'}.`,
)

function shell(command: string, language: 'py' | 'ts'): string {
  const files = command.replace(/(trace_example\/main|one_edge|^two|^prog2?)$/, `$1.${language}`)
  if (!files.startsWith('trace ')) return `${language === 'py' ? 'python3' : 'node'} ${files}`
  return files.replace(/^trace/, language === 'py' ? 'python3 -m trace' : 'npx tstrace')
}

/** Equal lines beside each other, each place where they differ with a `|` between. */
function sideBySide(python: readonly string[], ours: readonly string[]): string[] {
  const rows: string[] = []
  const translated = asTypeScript(python)
  const differences = differencesOf(translated, ours)
  let p = 0
  let o = 0
  for (const difference of differences) {
    while (
      !startsAt(difference.python, translated, p) ||
      !startsAt(difference.ours, ours, o) ||
      translated[p] === ours[o]
    )
      rows.push(row(python[p++] ?? '', ours[o++] ?? '', ' '))
    const height = Math.max(difference.python.length, difference.ours.length)
    for (let at = 0; at < height; at++)
      rows.push(
        row(
          difference.python[at] === undefined ? '' : (python[p + at] ?? ''),
          difference.ours[at] ?? '',
          '|',
        ),
      )
    p += difference.python.length
    o += difference.ours.length
  }
  while (p < python.length) rows.push(row(python[p++] ?? '', ours[o++] ?? '', ' '))
  return rows
}

function startsAt(part: readonly string[], whole: readonly string[], at: number): boolean {
  return part.every((line, index) => whole[at + index] === line)
}

function row(left: string, right: string, between: string): string {
  return `${left.padEnd(WIDTH)} ${between} ${right}`.trimEnd()
}
