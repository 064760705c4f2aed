import { describe, expect, test } from 'vitest'
import { instrument } from '../../src/instrument/instrument.ts'

const nested = (open: string, inside: string, close: string, depth: number): string =>
  open.repeat(depth) + inside + close.repeat(depth)

/** Code that nests `depth` levels deep, of each kind that a stack has to follow. */
const DEEP: Readonly<Record<string, (depth: number) => string>> = {
  'conditional expressions': (depth) => `const a = ${'x ? 1 : '.repeat(depth)} 2`,
  'conditional expressions in the test': (depth) => `const a = ${nested('(', 'x', ' ? 1 : 2)', depth)}`,
  members: (depth) => `a${'.b'.repeat(depth)}`,
  calls: (depth) => `a${'.b()'.repeat(depth)}`,
  'optional calls': (depth) => `a${'?.b()'.repeat(depth)}`,
  sums: (depth) => `a${' + b'.repeat(depth)}`,
  'logical expressions': (depth) => `a${' && b'.repeat(depth)}`,
  'else if': (depth) => `${'if (a) b()\nelse '.repeat(depth)} c()`,
  arrows: (depth) => `const a = ${'() => '.repeat(depth)} 1`,
  arrays: (depth) => nested('[', '', ']', depth),
  blocks: (depth) => nested('{', 'a()', '}', depth),
  functions: (depth) => nested('function f() {', 'a()', '}', depth),
  unary: (depth) => `a = ${'!'.repeat(depth)}b`,
  assignments: (depth) => `${'a = '.repeat(depth)} b`,
  templates: (depth) => nested('`${', 'a', '}`', depth),
  classes: (depth) => nested('(class { a = ', '1', ' })', Math.ceil(depth / 3)),
  labels: (depth) => `${Array.from({ length: depth }, (_, n) => `a${n}: `).join('')} b()`,
}

describe.each(['js', 'ts', 'tsx'])('deep code in .%s', (extension) => {
  test.each(Object.entries(DEEP))('%s', (_, make) => {
    for (const options of [{}, { calls: true, branches: true }, { live: true }]) {
      for (const depth of [10, 150, 1100, 3000]) {
        try {
          const made = instrument(make(depth), { file: `a.${extension}`, ...options })
          if (made) expect(made.sites.counters).toBeGreaterThan(0)
        } catch (error) {
          expect(depth).toBeGreaterThan(150)
          expect(error).toMatchObject({
            code: 'TST_PARSE',
            message: expect.stringMatching(/nested too deeply/),
          })
        }
      }
    }
  })
})

test.each(['js', 'ts'])('200,000 comments are no depth: .%s', (extension) => {
  const source = `${'// a\n'.repeat(200_000)}a()\n/* tstrace ignore next */\nb()\n`
  const made = instrument(source, { file: `a.${extension}` })
  expect(made?.sites.lines.map(({ line }) => line)).toEqual([200_001])
})

const chain = (arms: number): string =>
  `f = (x) =>\n${Array.from({ length: arms }, (_, n) => `x === ${n} ? ${n}\n: `).join('')} -1\n`

test('what counting would nest too deeply for compilers behind it is refused, whatever this stack can hold', () => {
  expect(instrument(chain(300), { file: 'a.js' })?.sites.lines.length).toBe(302)
  for (const options of [{}, { calls: true }]) {
    expect(() => instrument(chain(1100), { file: 'a.js', ...options })).toThrow(/nested too deeply/)
    expect(() => instrument(`f = ${'() => '.repeat(1100)} 1`, { file: 'a.js', ...options })).toThrow(
      /nested too deeply/,
    )
  }
  // One behind the other is not nested.
  const flat = instrument('a ? 1\n: 2\n'.repeat(2000) + 'f = () => 1\n'.repeat(2000), { file: 'a.js' })
  expect(flat?.sites.lines.length).toBeGreaterThan(5000)
})

/** More of what nests in the parser, each level in as little text as it takes. */
const NATIVE: Readonly<Record<string, (depth: number) => string>> = {
  ...DEEP,
  'arrows of a name': (depth) => `a = ${'a=>'.repeat(depth)}1`,
  'async arrows': (depth) => `a = ${'async a=>'.repeat(depth)}1`,
  'compound assignments': (depth) => `${'a.b+='.repeat(depth)}1`,
  'words in front': (depth) => `a = ${'typeof void '.repeat(depth)}b`,
  'words on lines': (depth) => `a = ${'typeof\nvoid\n'.repeat(depth)}b`,
  new: (depth) => `${'new '.repeat(depth)}a`,
  await: (depth) => `async function f() { ${'await '.repeat(depth)}a }`,
  yield: (depth) => `function* f() { ${'yield '.repeat(depth)}a }`,
  powers: (depth) => `a${'**a'.repeat(depth)}`,
  comparisons: (depth) => `a${'<a'.repeat(depth)}`,
  tags: (depth) => `a${'``'.repeat(depth)}`,
  'words between': (depth) => `a${'\nin a'.repeat(depth)}`,
  'loops without blocks': (depth) => `${'for(;a;)while(b)\n'.repeat(depth)}c()`,
  'do … while': (depth) => nested('do ', ';', ' while(a)', depth),
  'else if with blocks': (depth) => `${'if (a) { b() }\nelse '.repeat(depth)} c()`,
  superclasses: (depth) => `a = ${'class extends '.repeat(depth)}b${'{}'.repeat(depth)}`,
  'parentheses in a pattern': (depth) => `var ${nested('[', 'a', ']', depth)} = b`,
  elements: (depth) => `a = ${nested('<a>', '', '</a>', depth)}`,
  'elements in attributes': (depth) => `a = ${nested('<a b=', '<c/>', '/>', depth)}`,
}

const TYPES: Readonly<Record<string, (depth: number) => string>> = {
  'type arguments': (depth) => `type A = ${nested('B<', 'C', '>', depth)}`,
  'type arguments in lists': (depth) => `type A = ${nested('B<C, ', 'C', '>', depth)}`,
  keyof: (depth) => `type A = ${'keyof '.repeat(depth)}B`,
  'function types': (depth) => `type A = ${'(a: A) => '.repeat(depth)}B`,
  'conditional types': (depth) => `type A = ${'B extends C ? D : '.repeat(depth)}E`,
  'array types': (depth) => `type A = B${'[]'.repeat(depth)}`,
  namespaces: (depth) => `namespace A${'.B'.repeat(depth)} { export const a = 1 }`,
  'type assertions': (depth) => `a = ${'<B>'.repeat(depth)}b`,
  as: (depth) => `a${' as B'.repeat(depth)}`,
  'not null': (depth) => `a${'!'.repeat(depth)}`,
}

// Whoever does not refuse these ends the process that tests it.
test.each([
  ...Object.entries(NATIVE).map(([kind, make]) => [kind, 'jsx', make] as const),
  ...Object.entries(TYPES).map(([kind, make]) => [kind, 'ts', make] as const),
])('what would end the process in the parser is refused: %s in .%s', (_, extension, make) => {
  for (const depth of [20_000, 100_000])
    expect(() => instrument(make(depth), { file: `a.${extension}` })).toThrow(/nested too deeply/)
})

const lines = (count: number, line: string): string => `${line}\n`.repeat(count)

/** Much of everything, but not in each other. */
const FLAT: Readonly<Record<string, string>> = {
  'lines without semicolons.js': lines(8_000, 'a = b ? c => d : new E(typeof f)'),
  'calls without semicolons.js': lines(8_000, 'if (a) b(c)\nelse d(e)'),
  'methods in a chain.js': `a${lines(1200, '\n  .b({ c: d => d + 1, e: f ? g : h })')}`,
  'a sum.js': `a = ${'b + '.repeat(8_000)}c`,
  'commas.js': `a = 0${',b<c&&(d=e?f:g),h=i=>j'.repeat(8_000)}`,
  'a table.js': `a = [${lines(8_000, "{ b: c => d, e: 'f', g: -1 },")}]`,
  'words in literals and comments.js': `/* ${'a b - c '.repeat(8_000)} */\na = "${"don't ( < ".repeat(20_000)}"`,
  'numbers in a sum.js': `a = 0${' + 1'.repeat(2000)}`,
  'elements.tsx': `a = <p>${lines(8_000, '<a b={c}>Much text</a> <br/> <d>, e</d>')}</p>`,
  'a union.ts': `type A =\n${lines(5000, "  | 'b'")}`,
  'generics.ts': lines(10_000, 'const a: Map<string, Array<B<C>>> = new D<E>()'),
  'members.ts': `interface A {\n${lines(8_000, '  a: B<C> | (() => D)')}}`,
}

test.each(Object.entries(FLAT))('what is long is not deep: %s', (name, source) => {
  expect(() => instrument(source, { file: name.replaceAll(' ', '-') })).not.toThrow()
})

test('brackets in literals are no depth', () => {
  const brackets = '(['.repeat(3000)
  const source = `a("${brackets}", '${brackets}', \`${brackets}\`)\n`
  expect(instrument(source, { file: 'a.js' })?.sites.lines.map(({ line }) => line)).toEqual([1])
})
