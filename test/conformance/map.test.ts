import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  decodedMappings,
  type EachMapping,
  eachMapping,
  type SourceMapInput,
  TraceMap,
} from '@jridgewell/trace-mapping'
import { type InstrumentOptions, instrument } from '@tstrace/instrument'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { readCases } from './read-cases.ts'
import { filesOf, ownSources, type RealSource } from './real-sources.ts'

const modes: Partial<InstrumentOptions>[] = [{}, { calls: true }, { calls: true, branches: true }]

interface Line {
  readonly number: number
  readonly source: string
  readonly code: string
  readonly segments: readonly EachMapping[]
}

/**
 * What is wrong with the map of a line, if anything. Words and signs of the source must stand in the code, in order,
 * each with a segment that leads to its own place. What remains of the code is ours: statements have no source, and what
 * opens or closes something has that of a token. Which one is what `coverage-places.test.ts` is about.
 */
function problemsOfLine({ code, number, segments, source }: Line): string[] {
  const problems: string[] = []
  const ours = new Array<boolean>(code.length).fill(true)
  let at = 0
  for (const { 0: token, index } of source.matchAll(/[\w$\u0080-\ufefe]+|[^\s\w$\u0080-\ufeff]/g)) {
    const candidates = segments.filter(
      (segment) =>
        segment.originalLine === number &&
        segment.originalColumn === index &&
        segment.generatedColumn >= at &&
        code.startsWith(token, segment.generatedColumn) &&
        !/^\w\w+$/.test(token.slice(-1) + (code[segment.generatedColumn + token.length] ?? '')),
    )
    const own = token === '(' || token === '{' ? candidates.at(-1) : candidates[0]
    if (!own) return [`${number}:${index + 1} ${token} is not mapped`]
    ours.fill(false, own.generatedColumn, own.generatedColumn + token.length)
    at = own.generatedColumn + token.length
  }
  for (let from = 0; from < code.length; from++) {
    if (!ours[from] || code[from]?.trim() === '' || (from > 0 && ours[from - 1] && code[from - 1]?.trim()))
      continue
    const segment = segments.findLast(({ generatedColumn }) => generatedColumn <= from)
    if (segment === undefined || segment.source === null) continue
    if (!/^(?:cov\w+|cov\w+\(\))\[\d+\]\+\+;/.test(code.slice(from))) continue
    problems.push(`${number}: ${code.slice(from, from + 20)} has the source ${segment.originalColumn}`)
  }
  return problems
}

/** Comments need no place of their own. Whatever parses a dialect finds the same comments in it. */
function withoutComments(text: string): string {
  let masked = ''
  let from = 0
  for (const { end, start } of commentsOf(text)) {
    masked += text.slice(from, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ')
    from = end
  }
  return (masked + text.slice(from)).replace(/^#!.*/, (line) => ' '.repeat(line.length))
}

function commentsOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  for (const lang of ['ts', 'tsx', 'jsx'] as const) {
    for (const sourceType of ['module', 'commonjs'] as const) {
      const { comments, errors } = parseSync('', text, { lang, sourceType })
      if (errors.length === 0) return comments
    }
  }
  throw new Error('The text cannot be parsed')
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}

/** What is wrong with the map of a source, if anything. */
function problemsOf({ file, source }: RealSource, mode: Partial<InstrumentOptions>): string[] {
  const made = instrument(source, { file, ...mode })
  if (!made) return []
  return problemsOfMap(source, made.code, made.map as never)
}

function problemsOfMap(source: string, code: string, map: SourceMapInput): string[] {
  const byLine = new Map<number, EachMapping[]>()
  const problems: string[] = []
  eachMapping(new TraceMap(map), (mapping) => {
    byLine.set(mapping.generatedLine, [...(byLine.get(mapping.generatedLine) ?? []), mapping])
  })
  const emitted = linesOf(withoutComments(code))
  const written = linesOf(withoutComments(source))
  // Behind a comment without an end the helper takes a line of its own.
  const added = /[\r\n]$/.test(source) ? 0 : 1
  if (emitted.length < written.length || emitted.length > written.length + added)
    problems.push('lines were added')
  for (const [n, text] of written.entries()) {
    const segments = byLine.get(n + 1) ?? []
    problems.push(...problemsOfLine({ number: n + 1, source: text, code: emitted[n] ?? '', segments }))
  }
  return problems
}

describe('every token maps to itself, no line moves', () => {
  test('real JavaScript and TypeScript', { timeout: 60_000 }, () => {
    const sources = [
      ...filesOf('acorn', 'dist', /\.mjs$/),
      ...filesOf('rxjs', 'src/internal', /\.ts$/).filter((_, n) => n % 8 === 0),
      ...filesOf('zod', 'src/v4/core', /\.ts$/),
      ...ownSources(),
    ]
    expect(sources.length).toBeGreaterThan(80)
    for (const source of sources) {
      for (const mode of modes) expect(problemsOf(source, mode), source.file).toEqual([])
    }
  })

  test('all conformance cases', () => {
    for (const { language, source, title } of readCases()) {
      for (const mode of modes) expect(problemsOf({ file: `a.${language}`, source }, mode), title).toEqual([])
    }
  })

  test('other line ends, a byte order mark, no end of the last line', () => {
    for (const end of ['\r\n', '\r', '\n']) {
      const source = ['\ufeffconst f = (a) => a', 'if (f(1)) f(2)', 'else f(3) // c'].join(end)
      for (const mode of modes) expect(problemsOf({ file: 'a.js', source }, mode)).toEqual([])
    }
  })
})

describe('errors show the place in the source', () => {
  const source = `const wrap = (f) => f()
const o = { deep: { get er() { throw new Error('getter') } } }
class A { field = (() => null)().x; static m(a) { return a ? new A() : undefined.y } }
async function later(n) { await null; if (n) return null.z; else return later(1) }
function* gen() { try { yield 1 } finally { undefined.in.finally } }
const tries = [
  () => wrap(() => o.deep.er),
  () => A.m(1),
  () => A.m(0),
  () => [3, 1].sort((a, b) => a.b.c - b),
  () => { const it = gen(); it.next(); it.return() },
  () => { for (const x of null) x },
  () => { switch (1) { case 1: { if (o) { throw new TypeError('here') } } } },
  () => JSON.parse('{'), () => notDefined(1), () => { return notDefined + 1 },
]
const stack = (e) => console.log(e.message + '\\n' + e.stack.split('\\n').filter((line) => line.includes('case.mjs')).join('\\n'))
for (const f of tries) try { f() } catch (e) { stack(e) }
await later(0).catch(stack)
`

  test.each(modes)('%j', (mode) => {
    const folder = mkdtempSync(join(tmpdir(), 'tstrace-map-'))
    try {
      const stacks = (code: string): string => {
        const path = join(folder, 'case.mjs')
        writeFileSync(path, code)
        const output = execFileSync(process.execPath, ['--enable-source-maps', path], { encoding: 'utf8' })
        return output
          .replaceAll(/(?:file:\/\/)?\/[^\s()]*case\.mjs/g, 'case.mjs')
          .replaceAll(/^ {4}at (?:async )?.*?\(?(case\.mjs:\d+:\d+)\)?$/gm, '$1')
      }
      const made = instrument(source, { file: 'case.mjs', ...mode })
      const map = Buffer.from(JSON.stringify(made?.map)).toString('base64')
      const expected = stacks(source)
      expect(expected.match(/case\.mjs:/g)?.length).toBeGreaterThan(20)
      expect(stacks(`${made?.code}\n//# sourceMappingURL=data:application/json;base64,${map}`)).toBe(expected)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('a map that is wrong is found', () => {
  const source = 'const a = (b) => b + 1\na(2); a(3)\na(4)\n'
  const made = instrument(source, { file: 'a.js', calls: true })
  if (!made) throw new Error('nothing runs')
  const decoded = decodedMappings(new TraceMap(made.map as never)) as unknown as number[][][]
  const broken = (change: (lines: number[][][]) => void): string[] => {
    const mappings = structuredClone(decoded)
    change(mappings)
    return problemsOfMap(source, made.code, { ...made.map, mappings } as never)
  }
  expect(broken(() => {})).toEqual([])
  const column = (line: number[][] | undefined, n: number): number[] =>
    line?.filter(({ length }) => length > 1)[n] ?? []
  expect(broken(([, second]) => column(second, 1).splice(3, 1, 7))).not.toEqual([])
  expect(broken(([, second]) => column(second, 1).splice(2, 1, 0))).not.toEqual([])
  expect(broken(([first]) => first?.splice(3, 1))).not.toEqual([])
  const inserted = decoded[2]?.findIndex(({ length }) => length === 1) ?? -1
  expect(inserted).toBeGreaterThanOrEqual(0)
  expect(broken((lines) => lines[2]?.splice(inserted, 1, [0, 0, 2, 2]))).not.toEqual([])
})
