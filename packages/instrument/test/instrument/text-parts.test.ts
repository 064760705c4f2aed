import { expect, test } from 'vitest'
import { siteTableOf } from '../../src/instrument/instrument.ts'
import { type TextPart, textParts } from '../../src/instrument/text-parts.ts'

const TEXT = `import { a } from './a'
export const limit = 3

export function outer(list: readonly number[], most = limit) {
  const double = (n: number) => n * 2
  return list.slice(0, most).map(double)
}

class Parser {
  #depth = 0
  parse(text: string): number {
    return text === '' ? a : this.parse(text.slice(1))
  }
}
`

function partsOf(text: string): Map<string, TextPart> {
  return new Map(textParts(text, 'a.ts').map((part) => [part.name, part]))
}

/** The functions whose checksums a change of the text changes. */
function changedBy(from: string | RegExp, to: string): { own: string[]; whole: string[] } {
  const text = TEXT.replace(from, to)
  expect(text).not.toBe(TEXT)
  const [before, after] = [partsOf(TEXT), partsOf(text)]
  const changed = (sum: 'own' | 'whole') =>
    [...before.values()].filter((part) => after.get(part.name)?.[sum] !== part[sum]).map(({ name }) => name)
  return { own: changed('own'), whole: changed('whole') }
}

test('every function has its place, the module is first', () => {
  const parts = textParts(TEXT, 'a.ts')
  expect(parts.map(({ column, end, line, name }) => [name, line, column, end.line])).toEqual([
    ['<module>', 1, 0, 15],
    ['outer', 4, 7, 7],
    ['outer.double', 5, 17, 5],
    ['Parser.parse', 11, 7, 13],
  ])
  for (const { own, whole } of parts) expect([own, whole]).toEqual([hash(), hash()])
})

function hash(): unknown {
  return expect.stringMatching(/^[0-9a-f]{16}$/)
}

test('a body is its function, and nothing else by itself', () => {
  expect(changedBy('n * 2', 'n * 3')).toEqual({
    own: ['outer.double'],
    whole: ['<module>', 'outer', 'outer.double'],
  })
  expect(changedBy('.slice(1)', '.slice(2)').own).toEqual(['Parser.parse'])
})

test('what is outside of bodies is the module, and so are names, parameters and types', () => {
  expect(changedBy('limit = 3', 'limit = 4').own).toEqual(['<module>'])
  expect(changedBy('#depth = 0', '#depth = 1').own).toEqual(['<module>'])
  expect(changedBy("'./a'", "'./b'").own).toEqual(['<module>'])
  expect(changedBy('(text: string)', '(text: String)').own).toEqual(['<module>', 'Parser.parse'])
  expect(changedBy('): number {', '): Number {').own).toEqual(['<module>'])
})

test('the default of a parameter is evaluated in its function', () => {
  expect(changedBy('most = limit', 'most = 5').own).toEqual(['outer'])
  const [, part] = textParts('class A { constructor(private a = 1) {} }', 'a.ts')
  const [skeleton, other] = textParts('class A { constructor(private a = 2) {} }', 'a.ts')
  expect(other?.own).not.toBe(part?.own)
  expect(skeleton?.own).toBe(textParts('class A { constructor(private a = 1) {} }', 'a.ts')[0]?.own)
})

test.each([
  ['blanks', 'n * 2', 'n  *\n  2'],
  ['comments', 'return list', '/* why */ return list /* so */'],
  ['quotes', "'./a'", '"./a"'],
  ['semicolons', 'limit = 3', 'limit = 3;'],
])('%s make no difference', (_, from, to) => {
  expect(changedBy(from, to).whole).toEqual([])
})

test('literals are told apart by what they are', () => {
  const sums = [
    '1',
    '"1"',
    '1n',
    '`1`',
    '/1/',
    '/1/g',
    'true',
    '"true"',
    '` 1`',
    'tag`\\x31`',
    'tag`1`',
    'self',
    '"self"',
  ]
  const parts = sums.map((literal) => textParts(`function f() { return ${literal} }`, 'a.js')[1]?.own)
  expect(new Set(parts).size).toBe(sums.length)
})

test('a function under another name has the same body, recursion included', () => {
  const [, fact] = textParts('function fact(n) { return n ? n * fact(n - 1) : 1 }', 'a.js')
  const [, other] = textParts(
    '\n\nconst product = function (n) { return n ? n * product(n - 1) : 1 }',
    'a.js',
  )
  expect(other?.own).toBe(fact?.own)
  const [, third] = textParts('function fact(n) { return n ? n * other(n - 1) : 1 }', 'a.js')
  expect(third?.own).not.toBe(fact?.own)
})

test('in a text whose functions are not counted all is the module', () => {
  const parts = textParts('// tstrace ignore file\nfunction a() { return 1 }', 'a.js')
  const others = textParts('// tstrace ignore file\nfunction a() { return 2 }', 'a.js')
  expect(parts).toHaveLength(1)
  expect(parts[0]?.own).not.toBe(others[0]?.own)
})

test('what is no JavaScript has no parts', () => {
  expect(() => textParts('<template><p>a</p></template><script>', 'a.vue')).toThrow(/a\.vue/)
})

test('functions of the table can be left out, which changes no other but those around them', () => {
  const functions = siteTableOf(TEXT, { file: 'a.ts' })?.sites.functions ?? []
  const outer = functions.findIndex(({ name }) => name === 'outer')
  const parts = textParts(TEXT, 'a.ts', { functions, without: new Set([outer]) })
  const own = (all: Iterable<TextPart>) => Object.fromEntries([...all].map((part) => [part.name, part.own]))
  const { outer: _, 'outer.double': __, ...others } = own(partsOf(TEXT).values())
  expect(own(parts)).toEqual(others)
})
