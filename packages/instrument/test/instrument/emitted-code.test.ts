import { createContext, runInContext, runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { drain } from '../../../core/src/collect/drain.ts'
import { type HelperPart, isEmittedName } from '../../src/instrument/emitted-names.ts'
import { isInstrumented } from '../../src/instrument/helper.ts'
import { type InsertionKind, insertedInto } from '../../src/instrument/insertions.ts'
import { type Instrumented, type InstrumentOptions, instrument } from '../../src/instrument/instrument.ts'

const SOURCE = 'function* f() { yield 1 }\nfor (const n of f()) String(n)\n'

/** A program for each part of the helper, which uses it. */
const PROGRAMS: Readonly<Record<HelperPart, string>> = {
  a: 'try {} catch {}\n',
  b: 'function f() { try {} finally {} }\n',
  c: 'async function f() { await 1 }\n',
  e: 'const f = () => 1\n',
  g: SOURCE,
  h: 'function f() {}\n',
  l: 'go()\n',
  m: 'go()\n',
  n: 'await 1\n',
  o: 'async function f() { await using a = null }\n',
  r: 'const f = async () => await 1\n',
  s: 'if (a) return\n',
  w: 'async function f() { for await (const a of b) {} }\n',
  x: 'class A { get a() { return 1 } }\n',
}

const WAYS: readonly Partial<InstrumentOptions>[] = [
  {},
  { calls: true },
  { live: true },
  { calls: true, branches: true },
]

function made(source: string, options: Partial<InstrumentOptions> = { calls: true }): Instrumented {
  const result = instrument(source, { file: 'a.js', ...options })
  if (!result) throw new Error('nothing runs')
  return result
}

test('body and helper are the code, and run in either order', () => {
  const { body, code, helper } = made(SOURCE)
  expect(body + helper).toBe(code)
  const counts = [code, `${helper}\n${body}`].map((text) => drain(runInNewContext(`${text}\nglobalThis`)))
  expect(counts[0]?.sources[0]?.counts.length).toBeGreaterThan(0)
  expect(counts[1]).toEqual(counts[0])
})

test.each(Object.entries(PROGRAMS))(
  'the names that a body uses are those its helper declares: %s',
  (part, source) => {
    const { body, helper, names } = made(source, { live: true })
    expect(names).toContain(names[0] + part)
    const known = createContext({})
    // An undeclared name is an error there.
    expect(() => runInContext(`"use strict";${helper};[${names}]`, known)).not.toThrow()
    const emitted = new Set(body.match(/\bcov_\w+/g))
    for (const letter of 'pt') emitted.delete(names[0] + letter)
    expect([...emitted].sort()).toEqual([...names].sort())
  },
)

test('names are known for ours, and so is a text that has them', () => {
  for (const options of WAYS) {
    const { body, code, names } = made(SOURCE, options)
    for (const letter of ['', 't', 'p', 'f', 'i', 'v']) expect(isEmittedName(names[0] + letter)).toBe(true)
    expect(names.every(isEmittedName)).toBe(true)
    expect([code, body, SOURCE].map(isInstrumented)).toEqual([true, false, false])
  }
  for (const name of ['cov_', 'cov', 'cov_ab1xy', 'my_cov_ab', 'f', ''])
    expect(isEmittedName(name)).toBe(false)
})

test('a source that speaks of a helper is not taken for one', () => {
  const source = 'const text = `function cov_ab(i){let s;s=s||cov_aby(globalThis)`\n'
  expect(made(source).body).toContain(source.trim())
})

const KINDS: Readonly<Record<InsertionKind, true>> = {
  counter: true,
  calls: true,
  guard: true,
  suspension: true,
  line: true,
  helper: true,
}

test.each(Object.values(PROGRAMS))(
  'what is inserted is all that is new, and says what it is: %s',
  (source) => {
    for (const options of WAYS) {
      const { code, insertions } = made(source, options)
      expect(insertedInto(source, insertions)).toBe(code)
      for (const { at, kind, text } of runs(insertions)) {
        expect(Object.keys(KINDS)).toContain(kind)
        // Nothing else may look like what others know by its kind.
        expect({ text, isGuard: kind === 'guard' }).toEqual({ text, isGuard: /^finally\{.*\}\}$/.test(text) })
        expect({ text, suspends: kind === 'suspension' }).toEqual({
          text,
          suspends: /=(-1|\(\(\)=>0,-1\),\(\)=>0)\)$/.test(text),
        })
        if (kind === 'guard') expect(source[at - 1]).toBe('}')
        if (kind === 'helper') expect(at).toBe(source.length)
      }
    }
  },
)

/** Neighbours of the same kind as one. */
function runs(insertions: Instrumented['insertions']): { at: number; kind: InsertionKind; text: string }[] {
  const joined: { at: number; kind: InsertionKind; text: string }[] = []
  for (const { at, kind, text } of insertions) {
    const last = joined.at(-1)
    if (last?.at === at && last.kind === kind) last.text += text
    else joined.push({ at, kind, text })
  }
  return joined
}

test('each kind is what it says', () => {
  const source = 'async function f(a) {\n  if (a) await a;\n  return () => a\n}\nf(0)'
  const { insertions, names } = made(source, { live: true })
  const short = (text: string): string => text.replaceAll(names[0] as string, '$')
  const texts = (wanted: InsertionKind): string[] =>
    insertions.filter(({ kind }) => kind === wanted).map(({ text }) => short(text))
  expect(texts('counter')).toEqual(['t$[1]++;', '{', 't$[2]++;', '}', 't$[3]++;'])
  expect(texts('calls')).toEqual([
    'var t$=$(),p$=$e(1);try{$h("f");',
    '$r(',
    '$s(',
    ',(p$=$c(1),$h("f"))',
    ')',
    '{',
    'var t$=$(),p$=$e(2);try{$h("f.<anonymous:3>");$l(3);t$[4]++;',
    'return ',
    '}finally{$x(p$)}',
    '}',
    'var $p=$m();$()[0]++;',
  ])
  expect(texts('guard')).toEqual(['finally{p$<0||$x(p$)}', '}'])
  expect(texts('suspension')).toEqual([',p$,p$=-1', ')'])
  expect(texts('line').filter(Boolean)).toEqual([';$h("<module>");', '$l(1);', '$l(2);', '$l(3);', '$l(5);'])
  expect(texts('helper')).toEqual([expect.stringMatching(/^;\$x\(\$p\);function \$\(\)/)])
  expect(new Set(insertions.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)))
})

test('code carries the table it is given, made from its own', () => {
  const given = { hash: '`\\"', functions: [0, -1] }
  const { code, hash, sites } = made(SOURCE, { calls: true, carryTable: (own) => ({ ...own, ...given }) })
  const counted = drain(runInNewContext(`${code}\nglobalThis`) as object)
  expect(JSON.parse(counted?.sources[0]?.table ?? '')).toEqual({ sites, ...given })
  const own = drain(runInNewContext(`${made(SOURCE, { carryTable: true }).code}\nglobalThis`) as object)
  expect(JSON.parse(own?.sources[0]?.table ?? '')).toEqual({ hash, sites })
})

test('what takes its name from where it stands keeps the name, or its own static member of that name', async () => {
  const classes = 'class {}, b = class { static name() {} }, __proto__ = () => {}'
  const source = `const nameOf = ({ name }) => typeof name === 'string' ? name : 'own'
class A { a = class {}; b = class { static name() {} }; ['c'] = class {}; '__proto__' = class {} }
const names = Object.values(new A()).map(nameOf)
async function head() {
  for await (const { a = ${classes} } of [{ __proto__: null }]) names.push(...[a, b, __proto__].map(nameOf))
}
head().then(() => result(names.join()))`
  const run = (code: string): Promise<unknown> => new Promise((result) => runInNewContext(code, { result }))
  for (const code of [source, ...WAYS.map((way) => made(source, way).code)])
    expect(await run(code)).toBe('a,own,c,__proto__,a,own,__proto__')
})

test.each([
  ['has them', 'let t$ = 5\nfunction f(p$) { if (p$ > 0) t$ += p$; return t$ }\nresult = f(2)', 7],
  [
    'spells one with an escape',
    'let \\u0074$ = 5\nfunction f(\\u{70}$) { if (\\u0070$ > 0) t\\u0024 += p\\u{0024}; return t$ }\nresult = f(2)',
    7,
  ],
  [
    'evaluates a text that has one',
    'function f(text) { eval(text); return a }\nresult = f("var t$ = 1, p$ = 2; var a = t$ + p$")',
    3,
  ],
  [
    'looks names up in an object',
    'function f(o) { with (o) { if (o) return keep } }\nresult = f({ t$: 1, p$: 2, keep: 3 })',
    3,
  ],
])('short names of locals are left to a source that %s', (_, source, result) => {
  for (const way of WAYS) {
    const realm: { result?: unknown } = {}
    runInNewContext(made(source, way).code, realm)
    expect(realm.result).toBe(result)
    const { sources = [] } = drain(runInNewContext(`${made(source, way).code}\nglobalThis`) as object) ?? {}
    expect(sources[0]?.counts.slice(0, 2)).toEqual(Float64Array.of(1, 1))
  }
})
