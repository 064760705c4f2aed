import { instrument } from '@tstrace/instrument'
import { describe, expect, test } from 'vitest'
import { fileOf, type Program, run } from './program.ts'

const kinds = [
  { calls: false, branches: false },
  { calls: true, branches: true },
]

/** The number of every executable line, from a program that must behave as without counters. */
async function countsOf(
  source: string,
  more: Partial<Program> = {},
): Promise<Record<number, number> | undefined> {
  const program: Program = { source, language: 'js', ...more }
  const transformer = program.language === 'js' ? 'none' : 'oxc'
  const plain = await run(program, { transformer })
  let lines: Record<number, number> | undefined
  for (const kind of kinds) {
    const counted = await run(program, { transformer, instrument: kind })
    expect(counted.behaviour).toEqual(plain.behaviour)
    if (!counted.instrumented) return undefined
    const found = Object.fromEntries(counted.results.lineCounts(fileOf(program)))
    if (lines) expect(found).toEqual(lines)
    lines = found
  }
  return lines
}

const three = ['const a = 1', 'for (const x of [1, 2]) log(x, a)', '// a comment', 'log(a)']

describe('line ends', () => {
  test.each([
    ['\\n', '\n'],
    ['\\r\\n', '\r\n'],
    ['a lone \\r', '\r'],
  ])('%s', async (_, end) => {
    const expected = { 1: 1, 2: 3, 4: 1 }
    expect(await countsOf(three.join(end) + end)).toEqual(expected)
    expect(await countsOf(three.join(end))).toEqual(expected)
  })

  test('all of them in one file', async () => {
    expect(await countsOf('log(1)\r\nlog(2)\rlog(3)\nlog(4)\r\r\nlog(6)')).toEqual({
      1: 1,
      2: 1,
      3: 1,
      4: 1,
      6: 1,
    })
  })

  test('U+2028 and U+2029 end no line of the listing, but end statements and comments', async () => {
    expect(await countsOf('log(1)\u2028log(2)\u2029log(3)\n// x\u2028log(4)\nlog("\u2028")')).toEqual({
      1: 1,
      2: 1,
      3: 1,
    })
  })

  test('form feeds, vertical tabs and no-break spaces are white space', async () => {
    expect(await countsOf('\f\vlog(1)\f\n\u00a0log(2)\n\t\u3000\u2003log(3)')).toEqual({ 1: 1, 2: 1, 3: 1 })
  })
})

describe('the start of a file', () => {
  test('a byte order mark', async () => {
    expect(await countsOf('\ufefflog(1)\nlog(2)\n')).toEqual({ 1: 1, 2: 1 })
    expect(await countsOf('\ufeff// ü\nif (log)\n  log("ü")\nelse log(2)\n')).toEqual({ 2: 1, 3: 1, 4: 0 })
    const sites = instrument('\ufeffconst f = () => 1\n', { file: 'a.js' })?.sites
    expect(sites?.functions[1]).toMatchObject({ name: 'f', line: 1, column: 10 })
  })

  test('a hashbang, a directive and a comment keep their place', () => {
    const source = "#!/usr/bin/env node\n'use client'\n// @ts-nocheck\nlog(1)\n"
    const code = instrument(source, { file: 'a.js', calls: true })?.code ?? ''
    expect(code.startsWith("#!/usr/bin/env node\n'use client'\n// @ts-nocheck\n")).toBe(true)
  })

  test.each(['/** @jsx h */', '// @ts-nocheck', '/// <reference types="node" />', '/* eslint-disable */'])(
    '%s stays in front of everything',
    (comment) => {
      const code = instrument(`${comment}\nimport 'a'\nlog(1)\n`, { file: 'a.js', calls: true })?.code
      expect(code?.startsWith(comment)).toBe(true)
    },
  )
})

describe('the end of a file', () => {
  test.each([
    'log(1)',
    'log(1);',
    'log(1) // c',
    'log(1) /* c */',
    '{ log(1) }',
    'log(1)\n\n\n',
    'log(1)\n//',
  ])('%j', async (source) => {
    expect(await countsOf(source)).toEqual({ 1: 1 })
  })

  test('a function, a class, a label, a template, a regular expression', async () => {
    expect(await countsOf('f()\nfunction f() {}')).toEqual({ 1: 1, 2: 1 })
    expect(await countsOf('class A {}')).toEqual({ 1: 1 })
    expect(await countsOf('const f = () => {}')).toEqual({ 1: 1 })
    expect(await countsOf('const a = `x`')).toEqual({ 1: 1 })
    expect(await countsOf('const a = /x/')).toEqual({ 1: 1 })
    expect(await countsOf('do ; while (false)')).toEqual({ 1: 1 })
    expect(await countsOf('let a = 1\na++')).toEqual({ 1: 1, 2: 1 })
    expect(await countsOf('log(1) <!-- closed', { commonjs: true })).toEqual({ 1: 1 })
  })

  test('only functions, and a comment behind them', async () => {
    const source = 'export function f() {\n  return 1\n}\n//# sourceMappingURL=f.js.map'
    expect(await countsOf(source)).toEqual({ 1: 1, 2: 0 })
    expect(await countsOf("import 'node:path' // c")).toEqual({ 1: 1 })
  })
})

describe('nothing to count', () => {
  test.each([
    ['an empty file', 'js', ''],
    ['white space', 'js', ' \n\t\n'],
    ['comments', 'js', '// a\n/* b */\n'],
    ['a directive', 'js', "'use strict'\n"],
    ['empty statements', 'js', ';;\n'],
    ['a list of exports', 'js', 'export {}\n'],
    ['types', 'ts', 'export interface A {}\ndeclare const a: A\nexport type { A as B }\n'],
    ['a hashbang', 'js', '#!/usr/bin/env node\n'],
  ] as const)('%s runs untouched', async (_, language, source) => {
    expect(instrument(source, { file: `a.${language}`, calls: true })).toBeUndefined()
    expect(await countsOf(source, { language })).toBeUndefined()
  })
})

describe('size', () => {
  test('a chain of 2,000 else ifs', async () => {
    const chain = Array.from({ length: 2000 }, (_, n) => `if (n === ${n}) log(${n})\nelse `).join('')
    const lines = await countsOf(`const n = 1998\n${chain}log('none')\n`)
    expect(lines?.[2]).toBe(1)
    expect(lines?.[2000]).toBe(1)
    expect(lines?.[2001]).toBe(0)
  })

  test('300 nested blocks, calls, arrays, ternaries, 150 arrows', async () => {
    const nested = (open: string, inside: string, close: string): string =>
      open.repeat(300) + inside + close.repeat(300)
    const source = [
      nested('{', 'log(1)', '}'),
      nested('if (log) {', 'log(2)', '}'),
      `const id = (x) => x, a = ${nested('[', '1', ']')}, b = ${nested('id(', '2', ')')}`,
      `const c = ${'log ? 1 : '.repeat(300)} 2`,
      `const d = ${'() => '.repeat(150)} 3`,
      `log(b, c)`,
    ].join('\n')
    expect(await countsOf(source)).toMatchObject({ 1: 1, 2: 1, 3: 300, 4: 1, 6: 1 })
  })

  test('a sum of 3,000 terms and a line of 100,000 characters', async () => {
    expect(await countsOf(`log(${'1 + '.repeat(3000)}1)\nlog("${'x'.repeat(100_000)}".length)`)).toEqual({
      1: 1,
      2: 1,
    })
  })
})

describe('characters beyond ASCII', () => {
  test('columns are UTF-16 units', async () => {
    const source = 'const ü = "😀", f = () => "é"\nlog(ü, f()) // 😀\nconst 名前 = () => ü; log(名前())\n'
    expect(await countsOf(source)).toEqual({ 1: 1, 2: 1, 3: 1 })
    const sites = instrument(source, { file: 'a.js' })?.sites
    expect(sites?.functions.map(({ name, column }) => `${name} ${column}`)).toEqual([
      '<module> 0',
      'f 20',
      '名前 11',
    ])
    expect(source.split('\n')[0]?.slice(20)).toBe('() => "é"')
  })

  test('a lone surrogate and escapes in names', async () => {
    expect(
      await countsOf('const \\u0061b = "\\ud800", c = "\ud800"\nlog(ab.length, c.length)', {
        commonjs: true,
      }),
    ).toEqual({
      1: 1,
      2: 1,
    })
  })
})

describe('text that cannot be parsed', () => {
  test.each([
    ['a.js', 'const = 1'],
    ['a.ts', 'let a: = 1'],
    ['a.js', 'let a: number = 1'],
    ['a.tsx', 'const a = <div>'],
    ['a.js', '\u0000'],
    ['a.js', '}'],
    ['a.js', '/* never closed'],
  ])('%s: %j names file and place', (file, source) => {
    expect(() => instrument(`ok()\n${source}`, { file })).toThrow(
      expect.objectContaining({
        code: 'TST_PARSE',
        message: expect.stringMatching(
          /^Cannot parse a\.\w+:2:\d+: .*[.!?] Run the text as it is; it has no counts then\.$/,
        ),
      }),
    )
  })
})
