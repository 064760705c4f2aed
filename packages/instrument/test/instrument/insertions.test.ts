import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Insertions, insertedInto } from '../../src/instrument/insertions.ts'

function inserted(source: string, texts: readonly (readonly [at: number, text: string])[]): string {
  const insertions = new Insertions(source, 'oxc')
  for (const [at, text] of texts) insertions.insert(at, text, 'counter')
  return insertedInto(source, insertions.sorted())
}

describe('what is inserted is kept apart', () => {
  test.each([
    ['await(x)', [[5, 'cov_s(']], 'await cov_s((x)'],
    ['yield"x"', [[5, 'cov_s(']], 'yield cov_s("x"'],
    ['of[1]', [[2, 'cov_w(']], 'of cov_w([1]'],
    ['return', [[6, 'cov_s()']], 'return cov_s()'],
    ['(x)', [[1, 'return']], '(return x)'],
    ['(x)', [[1, 'in']], '(in x)'],
    ['1', [[1, 'in']], '1 in'],
    ['ü', [[1, 'in']], 'ü in'],
    ['\\u0061b', [[0, 'in']], 'in \\u0061b'],
    ['#a in b', [[0, 'in']], 'in #a in b'],
    ['a', [[0, 'x++']], 'x++a'],
    ['+a', [[0, 'x+']], 'x+ +a'],
    ['-a', [[0, 'x-']], 'x- -a'],
    ['/a/', [[0, 'x/']], 'x/ /a/'],
    [
      'await(x)',
      [
        [5, '('],
        [5, 'cov_s('],
      ],
      'await(cov_s((x)',
    ],
    [
      'await(x)',
      [
        [5, 'void'],
        [5, 'cov_s('],
      ],
      'await void cov_s((x)',
    ],
    [
      'await(x)',
      [
        [5, ''],
        [5, 'cov_s('],
        [5, ''],
      ],
      'await cov_s((x)',
    ],
    ['await x', [[6, 'cov_s(']], 'await cov_s(x'],
    ['else(x)', [[4, '{']], 'else{(x)'],
  ] as const)('%s with %j', (source, texts, expected) => {
    expect(inserted(source, texts)).toBe(expected)
  })

  test('whatever order they come in', () => {
    expect(
      inserted('await(x)', [
        [8, ')'],
        [5, 'void'],
        [5, 's('],
      ]),
    ).toBe('await void s((x))')
  })
})

test('no token is lost or made', () => {
  const token = fc.constantFrom('a', 'typeof', '1', '"x"', '(', ')', 'ü', '$', '[', ']', '++', '/', '`', ';')
  fc.assert(
    fc.property(fc.array(token), fc.array(fc.tuple(fc.nat(20), token)), (words, added) => {
      const source = words.join(' ')
      const starts = [0, ...words.map((_, index) => words.slice(0, index + 1).join(' ').length)]
      const texts = added.map(([place, text]) => [starts[place % starts.length] as number, text] as const)
      const code = inserted(source, texts)
      const sorted = [...texts].sort((a, b) => a[0] - b[0])
      const spaced = insertedInto(
        source,
        sorted.map(([at, text]) => ({ at, text: ` ${text} ` })),
      )
      const split = (text: string): string[] => text.match(/[\p{L}\d$]+|"x"|\+\+|\S/gu) ?? []
      expect(split(code)).toEqual(split(spaced))
    }),
  )
})
