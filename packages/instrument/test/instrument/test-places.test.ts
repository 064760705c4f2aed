import { expect, test } from 'vitest'
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
  expect(new TestPlaces(() => "it('adds', () => {").lineOf('/shop/a.test.ts', ['adds'], 0)).toBe(0)
})
