import parse, { type LcovFile } from 'lcov-parse'
import { expect, test } from 'vitest'
import { lcov } from '../src/lcov.ts'
import { lcovTests } from '../src/lcov-tests.ts'
import { inputOf, TWO, testNamed, textOf } from './counted.ts'

/** What a reader that we did not write has read. */
function read(text: string): Promise<LcovFile[]> {
  return new Promise((resolve, reject) => {
    parse(text, (error, files) => (error ? reject(new Error(error)) : resolve(files ?? [])))
  })
}

test('a record has the numbers of the listing, zero lines written', () => {
  expect(lcov(inputOf(TWO)).problems).toEqual([])
  expect(textOf(lcov(inputOf(TWO)))).toBe(
    `TN:
SF:src/half.js
FN:1,half
FNDA:3,half
FNF:1
FNH:1
BRDA:2,0,0,3
BRDA:2,0,1,0
BRF:2
BRH:1
DA:1,1
DA:2,3
DA:4,1
LF:3
LH:3
end_of_record
TN:
SF:src/never.js
FN:1,never
FN:4,too
FNDA:0,never
FNDA:0,too
FNF:2
FNH:0
DA:1,2
DA:4,2
DA:5,0
DA:7,2
LF:4
LH:3
end_of_record
`,
  )
})

test('a reader finds every number again', async () => {
  const input = inputOf(TWO)
  for (const { branches, file, functions, lines } of await read(textOf(lcov(input)))) {
    const missing = new Set(input.results.missingLines(file))
    const numbers = [...input.results.lineCounts(file)].filter(([line, hit]) => hit > 0 || missing.has(line))
    expect(lines.details.map(({ hit, line }) => [line, hit])).toEqual(numbers)
    expect(functions.details.map(({ hit, line, name }) => [name, line, hit ?? 0])).toEqual(
      input.results
        .functions(file)
        .filter(({ name }) => name !== '<module>')
        .map(({ calls, line, name }) => [name, line, calls]),
    )
    const source = input.results.sources().find(({ path }) => path === file)
    expect(branches.details.map(({ taken }) => taken)).toEqual(
      source?.sites.branches.flatMap(({ arms }) => arms.map(({ counter }) => source.counts[counter])) ?? [],
    )
  }
})

test('what was never reached has a dash for its ways, and what has no branches no record of them', () => {
  const counted = { path: 'a.js', text: 'function f(x) {\n  if (x) f()\n}\n[f].length\n' }
  const text = textOf(lcov(inputOf([{ ...counted, counts: () => 0 }])))
  expect(text).toContain('BRDA:2,0,0,-\nBRDA:2,0,1,-\nBRF:2\nBRH:0\n')
  expect(textOf(lcov(inputOf([{ ...counted, counts: () => 0, branches: false }])))).not.toContain('BR')
})

test('what would end a name, a line or a record is not written, and nothing runs into one another', async () => {
  const named = (title: string): string => `it(${JSON.stringify(title)}, () => {\n  it\n})\n`
  const hostile = ['a, b', 'a, c', 'x\nend_of_record\nDA:1,9', '\u2028', '<b>&"']
  const text = `const it = (_, f) => f()\n${hostile.map(named).join('')}`
  const input = inputOf([
    { path: 'a.js', text, counts: (counter) => counter + 1 },
    { path: 'x\nDA:1,7.js', text: 'f()\n', counts: () => 1 },
    { path: 'a, b <c>.js', text: 'f()\n', counts: () => 1 },
  ])
  const { problems } = lcov({ ...input, test: 'one\ntest, two' })
  expect(problems).toEqual([
    'LCOV cannot hold x\\nDA:1,7.js: there is a line break or another control character in its path.',
  ])
  const files = await read(textOf(lcov({ ...input, test: 'one\ntest, two' })))
  expect(files.map(({ file, title }) => [file, title])).toEqual([
    ['a, b <c>.js', 'one\\ntest; two'],
    ['a.js', 'one\\ntest; two'],
  ])
  const functions = input.results.functions('a.js').filter(({ name }) => name !== '<module>')
  expect(files[1]?.functions.details.map(({ hit }) => hit)).toEqual(functions.map(({ calls }) => calls))
})

test('each test has a record of each source that it ran, and what ran in several is in each', async () => {
  const [half] = TWO
  if (!half) throw new Error('there are two')
  const once = { ...half, counts: () => 1 }
  const input = inputOf([
    { ...once, context: testNamed('one') },
    { ...once, context: testNamed('two, or\nthree') },
    { ...once, context: { ...testNamed('one'), retry: 1 } },
    { ...once, context: { kind: 'import', project: 'node', file: 'test/a.test.js' } },
  ])
  const files = await read(textOf(lcovTests(input)))
  expect(files.map(({ file, lines, title }) => [title, file, lines.details[0]?.hit])).toEqual([
    ['test/a.test.js > one', 'src/half.js', 1],
    ['test/a.test.js > one', 'src/half.js', 1],
    ['test/a.test.js > two; or\\nthree', 'src/half.js', 1],
    ['[node] test/a.test.js (while importing)', 'src/half.js', 1],
  ])
  expect(() => lcovTests(inputOf(TWO))).toThrow(expect.objectContaining({ code: 'TST_NO_CONTEXTS' }))
})

test('one text for each path: another that ran is said', () => {
  const text = 'f()\n'
  const input = inputOf([
    { path: 'a.js', text, counts: () => 1 },
    { path: 'a.js', text: `${text}f()\n`, counts: () => 1 },
  ])
  const { problems } = lcov(input)
  expect(problems).toEqual(['LCOV has one text of a.js: another text of it ran, too, and is left out.'])
  expect(textOf(lcov(input)).match(/SF:/g)).toHaveLength(1)
})
