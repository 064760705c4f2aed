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

test.each(['conditional expressions in the test', 'arrays', 'blocks', 'functions', 'templates', 'classes'])(
  'what would end the process in the parser is refused: %s',
  (kind) => {
    for (const depth of [5000, 100_000])
      expect(() => instrument(DEEP[kind]?.(depth) ?? '', { file: 'a.js' })).toThrow(/nested too deeply/)
  },
)

test('brackets in literals are no depth', () => {
  const brackets = '(['.repeat(3000)
  const source = `a("${brackets}", '${brackets}', \`${brackets}\`)\n`
  expect(instrument(source, { file: 'a.js' })?.sites.lines.map(({ line }) => line)).toEqual([1])
})
