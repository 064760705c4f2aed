import { expect, test } from 'vitest'
import { differences } from './istanbul-differences.ts'
import { ourItems, theirItems } from './istanbul-items.ts'
import { readCases } from './read-cases.ts'

/** Hints that Istanbul does not know: there is nothing to compare. */
const OWN_HINTS = /(v8|c8|node:coverage|ignore (start|stop|file)|ignore next \d)/

test('statements, functions and branches are those of Istanbul, but for these rules', {
  timeout: 60_000,
}, async () => {
  const rules = new Set<string | undefined>()
  const unexplained: object[] = []
  let items = 0
  for (const one of readCases()) {
    if (one.theme === 'hints' && OWN_HINTS.test(one.source)) continue
    const program = { ...one, source: one.source.replaceAll('tstrace ignore', 'istanbul ignore') }
    const [transformer = 'none'] = one.transformers
    const theirs = await theirItems(program, transformer)
    const found = differences(program.source, await ourItems(program, transformer), theirs)
    items += theirs.size
    for (const { rule, ...more } of found) {
      rules.add(rule)
      if (rule === undefined) unexplained.push({ title: one.title, ...more })
    }
  }
  expect(unexplained).toEqual([])
  expect([...rules].sort()).toEqual([
    'accessor field',
    'computed field',
    'hint',
    'label',
    'pragma',
    'private method',
    'value without a name',
  ])
  expect(items).toBeGreaterThan(2000)
})
