import { JSDOM } from 'jsdom'
import { marked } from 'marked'
import { expect, test } from 'vitest'
import { github } from '../src/github.ts'
import { HOSTILE } from './called.ts'
import { inputOf, textOf } from './counted.ts'

const SOURCE = `export function f(n) {
  if (n) return "| a @someone #1 https://www.example.com | \`"
  return 1

  throw 1
}
`

/** The cells of the tables, as they are read by whoever looks at them. */
function tablesOf(markdown: string): string[][][] {
  const { document } = new JSDOM(marked.parse(markdown, { async: false })).window
  expect(
    document.querySelectorAll('img, a, script, del, strong, em'),
    'nothing of a name is markup',
  ).toHaveLength(0)
  const textsOf = (row: Element): string[] => [...row.querySelectorAll('td')].map((cell) => cell.textContent)
  return [...document.querySelectorAll('table')].map((table) =>
    [...table.querySelectorAll('tbody tr')].map(textsOf),
  )
}

test('the summary has totals, what ran most, and what never ran; nothing in it is markup but ours', () => {
  const path = `src/${HOSTILE}_*a*_~~b~~.js`
  const input = inputOf([
    { path, text: SOURCE, counts: (counter) => [1, 40, 0, 2, 0][counter] ?? 0 },
    { path: 'src/b.js', text: 'f()\n', counts: () => 3 },
  ])
  const text = textOf(github(input))
  expect(text.split('\n', 1)[0]).toMatch(/^### tstrace: \d+% of lines ran, \d of \d in 2 sources$/)
  const [hottest, never] = tablesOf(text)
  expect(hottest?.map(([count]) => Number(count))).toEqual(
    input.results
      .versions()
      .flatMap((version) => [...input.results.lineCounts(version.path, version.hash).values()])
      .filter((count) => count > 0)
      .sort((a, b) => b - a),
  )
  expect(hottest?.flat()).toContain('if (n) return "| a @someone #1 https://www.example.com | `"')
  expect(never?.flat().join(' ')).toContain('<img src=x onerror=alert(1)>&lt;`**')
})

test('however much there is, the summary is short', () => {
  const sources = Array.from({ length: 50 }, (_, i) => ({
    path: `src/${i}.js`,
    text: 'f()\nif (a) b()\n'.repeat(100),
    counts: (counter: number) => counter % 2,
  }))
  const text = textOf(github(inputOf(sources)))
  expect(text.length).toBeLessThan(50_000)
  expect(text).toContain('and lines of 30 more sources.')
})
