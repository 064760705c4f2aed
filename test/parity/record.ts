/*
 * Asks the machine's Python about every program again, and writes down where tstrace says something else. The rules stay as
 * they are: whoever records reads the differences and names their reasons.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { differencesOf } from './diff-lines.ts'
import { asTypeScript, EXAMPLES, pythonShows, RECORDS, recordedExamples, tstraceShows } from './examples.ts'
import { type Expected, expectedFile, MODES, PAIRS, pythonSays, tstraceSays } from './parity-run.ts'

for (const pair of PAIRS) {
  const file = expectedFile(pair)
  const before: Record<string, Expected> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const expected = Object.fromEntries(
    MODES.map((mode) => {
      const python = pythonSays(pair, mode)
      const differences = differencesOf(python, tstraceSays(pair, mode))
      return [mode, { python, rules: before[mode]?.rules ?? [], differences }]
    }),
  )
  writeFileSync(file, `${JSON.stringify(expected, undefined, 2)}\n`)
}

const before = recordedExamples()
const examples = Object.fromEntries(
  EXAMPLES.map((example) => {
    const python = pythonShows(example)
    const differences = differencesOf(asTypeScript(python), tstraceShows(example))
    return [example.name, { python, rules: before[example.name]?.rules ?? [], differences }]
  }),
)
writeFileSync(RECORDS, `${JSON.stringify(examples, undefined, 2)}\n`)
