import { Script } from 'node:vm'
import { instrument } from '@tstrace/instrument'
import { expect, test } from 'vitest'

/*
 * What is around our counters must not make a program of what is none: the engine's own error has to come, or the file
 * has to be left as it is.
 */

const ways = [{}, { branches: true }, { calls: true }, { calls: true, branches: true }, { live: true }]

/** Errors in modules, most of them in scripts too. */
const modules = [
  'if (1) function f() {}',
  'if (1) ; else function f() {}',
  'if (1) ; else if (2) function f() {}',
  'if (1) label: function f() {}',
  'while (0) function f() {}',
  'while (0) label: function f() {}',
  'do function f() {} while (0)',
  'for (;0;) function f() {}',
  'for (const x of []) function f() {}',
  'for (const x in {}) label: other: function f() {}',
  'for await (const x of []) function f() {}',
  'label: function f() {}',
  'async (bar) => { let bar }',
  '(bar) => { const bar = 1 }',
  '({ bar }) => { class bar {} }',
  'function f(a, [b, { c: d = 1 }], ...e) { let d }',
  'function f(a, ...e) { const e = 1 }',
  'async function* f(a = 1) { let a }',
  '({ f(a) { let [b, { c: a }] = [] } })',
  'class A { constructor(a) { log(1); let a } }',
  'class A { set a(b) { let b } }',
  'function f(a) { using a = null }',
  'async function f(a) { await using a = null }',
  'function f() { function a() {} function a() {} let a }',
  'function f() { function a() {} let a }',
  'function f() { let a; { var a } }',
  'function f() { { function a() {} function a() {} } }',
  'function f(a = 1) { "use strict" }',
  'try {} catch (e) { let e }',
  'try {} catch ([e]) { var e }',
  'for (let x of []) { var x }',
  'for (let x of []) var x',
  'for await (const { a = 1, a } of []) ;',
  'for await ({ a: (b, c) } of []) ;',
  'async function f(a = await 1) {}',
  'function* f(a = yield) {}',
  'class A { x = arguments }',
  'class A { x = await 1 }',
  'class A { static { await 1 } }',
  'a?.b = 1 ? 2\n: 3',
  'label: { label: ; }',
  'for (const x of []) { break label }',
  '1 ?? 2 ||\n3',
  '-1 ** 2',
  'delete log',
  'return',
]

const scripts = [
  'while (0) function f() {}',
  'label: while (0) function f() {}',
  'with ({}) function f() {}',
  'with ({}) label: function f() {}',
  'if (1) label: function f() {}',
  '"use strict"; if (1) function f() {}',
  'function f() { "use strict"; if (1) function g() {} }',
  'function f() { "use strict"; label: function g() {} }',
  'class A { m() { if (1) function g() {} } }',
  'function f(a) { let a; function a() {} }',
  'function f() { "use strict"; { function a() {} function a() {} } }',
]

async function failsAsModule(code: string): Promise<boolean> {
  try {
    await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)
    return false
  } catch (error) {
    return error instanceof SyntaxError
  }
}

function failsAsScript(code: string): boolean {
  try {
    new Script(code)
    return false
  } catch (error) {
    return error instanceof SyntaxError
  }
}

/** What runs: the text with counters, or the text itself where it cannot be parsed. */
function emitted(source: string, way: object): string {
  try {
    return instrument(source, { file: 'case.js', ...way })?.code ?? source
  } catch (error) {
    expect(error).toMatchObject({ code: 'TST_PARSE' })
    return source
  }
}

test.each(modules)('module: %s', async (source) => {
  expect(await failsAsModule(source)).toBe(true)
  for (const way of ways)
    expect({ way, fails: await failsAsModule(emitted(source, way)) }).toEqual({ way, fails: true })
})

test.each(scripts)('script: %s', (source) => {
  expect(failsAsScript(source)).toBe(true)
  for (const way of ways)
    expect({ way, fails: failsAsScript(emitted(source, way)) }).toEqual({ way, fails: true })
})
