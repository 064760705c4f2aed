import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PlainTestLines } from '../../src/instrument/plain-test-lines.ts'
import { TestPlaces } from '../../src/instrument/test-places.ts'

const TEXT = `import { describe, it } from 'vitest'
const slow = it.extend({})

it('adds', () => {})
describe('outer', () => {
  it('adds', async function () {})
  it.concurrent('later', { retry: 1 }, async () => {})
  it.each([
    [1],
  ])('each %i of $name', () => {})
  describe.each\`a\`('table $a', () => {
    it(\`made of \${1 + 1}\`, () => {})
    it('twice', () => {})
    it('twice', () => {})
  })
})
it('same', () => {})
  it('same', () => {})
for (const title of ['one', 'two']) it(title, () => {})
for (const time of [1, 2]) it('in a loop', () => {})
function make() {
  it('in a function', () => {})
}
it('in a function', () => {})
make()
slow('with fixtures', ({ a }) => {})
it('a {1} $x (literal)', () => {})
it(\`no hole\`, () => {})
it.todo('nothing to run')
suite(Map, () => {
  it('has', () => {})
})
`

const places = new TestPlaces((file) => {
  if (file !== '/shop/a.test.ts') throw new Error('There is no such file.')
  return TEXT
})

test.each<[titles: string[], index: number, line: number]>([
  [['adds'], 0, 4],
  [['outer', 'adds'], 0, 6],
  [['outer', 'later'], 0, 7],
  [['outer', 'each 3 of { a: 1 }'], 0, 10],
  [['outer', 'each 3 of { a: 1 }'], 1, 10],
  [['outer', 'table x', 'made of 2'], 0, 12],
  [['same'], 0, 17],
  [['same'], 1, 18],
  [['in a loop'], 1, 20],
  [['with fixtures'], 0, 26],
  [['a {1} $x (literal)'], 0, 27],
  [['no hole'], 0, 28],
  [['Map', 'has'], 0, 31],
  [['one'], 0, 19],
])('%j, number %i, begins at line %i', (titles, index, line) => {
  expect(places.lineOf('/shop/a.test.ts', titles, index)).toBe(line)
})

test.each<[why: string, titles: string[], index: number]>([
  ['no such title', ['outer', 'subtracts'], 0],
  ['the title of a describe', ['outer', 'table x'], 0],
  ['one of two whose describe is made for each row', ['outer', 'table x', 'twice'], 1],
  ['one of two, of which one may be called any number of times', ['in a function'], 0],
  ['more of the same than there are', ['same'], 2],
])('no line is said for %s', (_why, titles, index) => {
  expect(places.lineOf('/shop/a.test.ts', titles, index)).toBe(0)
})

test('a file that is gone, or no JavaScript, has no lines', () => {
  expect(places.lineOf('/shop/gone.test.ts', ['adds'], 0)).toBe(0)
  expect(new TestPlaces(() => '<script>').lineOf('/shop/a.test.vue', ['adds'], 0)).toBe(0)
  expect(new TestPlaces(() => "it.each(['adds'])('%s', () => {").lineOf('/shop/a.test.ts', ['adds'], 0)).toBe(
    0,
  )
})

const OWN = fileURLToPath(new URL('..', import.meta.url))

test('what is found in the text alone is what the syntax tree says, in all tests of this package', () => {
  const files = globSync('**/*.test.ts', { cwd: OWN }).map((file) => join(OWN, file))
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
  let plain = 0
  for (const [file, text] of texts) {
    const lines = new PlainTestLines(text)
    // A semicolon keeps a call from being plain, and moves no line.
    const parsed = new TestPlaces(() => text.replaceAll(/^ *(?=(?:it|test|describe)[.(])/gm, '$&;'))
    for (const [, title = ''] of text.matchAll(/^ *(?:it|test)\('([^']*)',/gm)) {
      for (const titles of [[title], ...describesOf(text).map((describe) => [describe, title])]) {
        const found = lines.lineOf(titles)
        if (found === undefined) continue
        plain++
        // Where a table could have made it as well, the tree does not say.
        const said = parsed.lineOf(file, titles, 0) || found
        expect.soft([file, titles, found]).toEqual([file, titles, said])
      }
    }
  }
  expect(plain).toBeGreaterThan(50)
})

test.each<[what: string, text: string]>([
  ['in a comment', "/*\nit('adds', () => {})\n*/"],
  ['behind slashes', "// it('adds', () => {})"],
  ['in a template', "const text = `\nit('adds', () => {})\n`"],
  ['there twice', "it('adds', () => {})\nit('adds', () => {})"],
  ['of another describe', "describe('b', () => {\n})\ndescribe('a', () => {\n  it('adds', () => {})\n})"],
  ['a row of a table', "it.each([\n  'adds',\n])('%s', () => {})"],
  ['what is expected', "it('other', () => {\n  expect('adds', '').toBe('')\n})"],
])('a title that is %s is not plain', (what, text) => {
  expect(new PlainTestLines(text).lineOf(what === 'of another describe' ? ['b', 'adds'] : ['adds'])).toBe(
    undefined,
  )
})

test.each<[what: string, text: string, titles: string[], line: number]>([
  ['a test', "it('adds', () => {})", ['adds'], 1],
  ['one whose title is on the next line', "\nit(\n  'adds',\n  () => {},\n)", ['adds'], 2],
  ['one with quotes in its title', 'it("isn\'t \\"here\\"", () => {})', ['isn\'t "here"'], 1],
  [
    'one in a describe beside its like',
    "it('adds', () => {})\ndescribe('a', () => {\n  it('adds', () => {})\n})",
    ['a', 'adds'],
    3,
  ],
  [
    'one beside its like in a describe',
    "it('adds', () => {})\ndescribe('a', () => {\n  it('adds', () => {})\n})",
    ['adds'],
    1,
  ],
  ['a row of a table', "it.each([\n  [1],\n])('adds %i', () => {})", ['adds 1'], 3],
])('%s is plain', (_what, text, titles, line) => {
  expect(new PlainTestLines(text).lineOf(titles)).toBe(line)
})

function describesOf(text: string): string[] {
  return [...text.matchAll(/^ *describe\('([^']*)',/gm)].map(([, title = '']) => title)
}
