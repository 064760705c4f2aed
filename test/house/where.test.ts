import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BEGIN, END, placesTable, shownPlaces, unusedPlaces, withTable } from '../e2e/where-it-works.ts'
import { root, temporaryTree } from './workspace.ts'

test('the table in README says what the scenarios say: `npm run where` writes it', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  expect(withTable(readme, placesTable(await shownPlaces(root)))).toBe(readme)
})

test('every scenario takes what it runs from where it says it', () => {
  expect(unusedPlaces(root)).toEqual([])
})

test('places are put together, and a table that is not theirs is another one', async () => {
  const tree = temporaryTree({
    'package.json': '{ "type": "module" }',
    'test/e2e/moon/where.ts': "export const MOON = { place: 'Moon', vitest: [5, 3], command: true }\n",
    'test/e2e/jest-moon/where.ts': "export const MOON = { place: 'Moon', jest: [29] }\n",
    'test/e2e/craters/where.ts': "export const CRATERS = { place: 'Craters', vitest: [4] }\n",
  })
  const table = placesTable(await shownPlaces(tree))
  expect(table).toMatchInlineSnapshot(`
    "| where | Vitest | Jest | \`npx tstrace\` | shown by |
    |---|---|---|---|---|
    | Craters | 4 |  |  | [craters](test/e2e/craters) |
    | Moon | 3.2, 5 | 29.7 | yes | [jest-moon](test/e2e/jest-moon), [moon](test/e2e/moon) |
    "
  `)
  const page = `# A page\n\n${BEGIN}${END}\nThe rest.\n`
  expect(withTable(page, table)).not.toBe(page)
  expect(withTable(withTable(page, 'old'), table)).toBe(withTable(page, table))
  expect(() => withTable('# A page\n', table)).toThrow('no place for the table')
})

test('a place that no test takes its versions from is found', () => {
  const tree = temporaryTree({
    'test/e2e/moon/where.ts': 'export const MOON = {}\nexport const FAR = {}\n',
    'test/e2e/moon/moon.test.ts': 'test.each(majorsOf(MOON))\n',
    'test/e2e/sun/where.ts': 'export const SUN = {}\n',
    'test/e2e/sun/sun.test.ts': 'test.each(SUN.jest)\n',
  })
  expect(unusedPlaces(tree)).toEqual(['test/e2e/moon/where.ts'])
})
