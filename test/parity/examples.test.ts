import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesOf } from './diff-lines.ts'
import { asTypeScript, EXAMPLES, pythonShows, recordedExamples, tstraceShows } from './examples.ts'
import { hasPython } from './parity-run.ts'

const PAGE = readFileSync(new URL('../../docs/reference/parity.md', import.meta.url), 'utf8')
const NAMES = EXAMPLES.map(({ name }) => name)

test.each(EXAMPLES)('$name: tstrace shows what Python shows, but for the rules', (example) => {
  const { differences, python, rules } = recordedExamples()[example.name] ?? {}
  expect(differencesOf(asTypeScript(python ?? []), tstraceShows(example))).toEqual(differences)
  expect(rules?.length).toBeGreaterThanOrEqual(differences?.length ? 1 : 0)
  for (const rule of rules ?? []) expect(PAGE).toContain(`\n| ${rule} |`)
})

test.skipIf(!hasPython()).each(EXAMPLES)(
  '$name: the Python of this machine shows what is recorded',
  (example) => {
    expect(pythonShows(example)).toEqual(recordedExamples()[example.name]?.python)
  },
)

test('every record is of an example, and the page says how many there are', () => {
  expect(Object.keys(recordedExamples())).toEqual(NAMES)
  expect(PAGE).toContain(`The ${NAMES.length} examples`)
})
