import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { testOutline } from '../../src/instrument/test-outline.ts'
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
  let outlined = 0
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    // A test that does not start its line leaves nothing but the tree.
    const parsed = new TestPlaces(() => `if (false) it('')\n${text}`)
    const plain = new TestPlaces(() => text)
    for (const { chain, line } of testOutline(text) ?? []) {
      const titles = chain.map(({ title }) =>
        title instanceof RegExp ? title.source.slice(1, -1) : `${title}`,
      )
      const found = plain.lineOf(file, titles, 0)
      // What two tables may have made is not said.
      expect.soft([file, titles, found && found + 1]).toEqual([file, titles, parsed.lineOf(file, titles, 0)])
      if (found === line) outlined++
    }
  }
  expect(outlined).toBeGreaterThan(50)
})

test.each<[what: string, text: string]>([
  ['does not start its line', "if (true) it('adds', () => {})"],
  ['is behind slashes', "it('other', () => {}) // it('adds', () => {})"],
  ['has a title that is no text', "const title = 'adds'\nit(title, () => {})"],
  ['has a title with a hole', 'it(`$' + '{1}`, () => {})'],
  ['has a table in a template', "it.each`a\n1`('adds', () => {})"],
  ['has a title with other escapes', "it('adds\\t', () => {})"],
])('a file in which a test %s has no outline', (what, text) => {
  expect(testOutline(text)).toEqual(what === 'is behind slashes' ? [expect.anything()] : undefined)
})

test.each<[what: string, text: string]>([
  ['in a comment', "/*\nit('adds', () => {})\n*/"],
  ['behind slashes', "// it('adds', () => {})"],
  ['in a template', "const text = `\nit('adds', () => {})\n`"],
  ['of another describe', "describe('a', () => {\n  it('adds', () => {})\n})"],
  ['a row of a table', "it.each([\n  'adds',\n])('%i', () => {})"],
  ['what is expected', "it('other', () => {\n  expect('adds', '').toBe('')\n})"],
  ['what another function is given', "make(1)('adds', () => {})"],
])('a title that is %s is not in the outline', (_what, text) => {
  const titles = testOutline(text)?.map(({ chain }) => chain.map(({ title }) => title).join(' > '))
  expect(titles).toBeDefined()
  expect(titles).not.toContain('adds')
})

test.each<[what: string, text: string, titles: string[], line: number]>([
  ['a test', "it('adds', () => {})", ['adds'], 1],
  ['one whose title is on the next line', "\nit(\n  'adds',\n  () => {},\n)", ['adds'], 2],
  ['one with quotes in its title', 'it("isn\'t \\"here\\"", () => {})', ['isn\'t "here"'], 1],
  ['one whose title is a template', 'it(`adds`, () => {})', ['adds'], 1],
  ['one beside a comment', "it('adds', () => {}) // it's\n", ['adds'], 1],
  ['one beside tests with fixtures', "const own = it.extend({})\nit('adds', () => {})", ['adds'], 2],
  [
    'one in a describe beside its like',
    "it('adds', () => {})\ndescribe('a', () => {\n  it('adds', () => {})\n})",
    ['a', 'adds'],
    3,
  ],
  [
    'one behind a describe',
    "describe('a', () => {\n  it('adds', () => {})\n})\nit('adds', () => {})",
    ['adds'],
    4,
  ],
  ['a row of a table', "it.each([\n  [1],\n])('adds %i', () => {})", ['adds 1'], 3],
  ['one that may be skipped', "it.skipIf(\n  false,\n)('adds', () => {})", ['adds'], 3],
  [
    'one for each row',
    "describe.each([\n  [1],\n])('of %i', () => {\n  it('adds', () => {})\n})",
    ['of 1', 'adds'],
    4,
  ],
])('%s is in the outline', (_what, text, titles, line) => {
  expect(testOutline(text)).toBeDefined()
  expect(new TestPlaces(() => text).lineOf('/shop/a.test.ts', titles, 0)).toBe(line)
})
