import { Session } from 'node:inspector/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { instrument } from '../../src/instrument/instrument.ts'

/*
 * Twice the text is twice the work, whatever is in it. Work is not time: it is how often the blocks of our own code ran, as V8
 * counts them, which is the same on every machine.
 */

/** Gives a text that has something so many times. */
interface Make {
  (times: number): string
  /** How often it is there at first. */
  readonly least: number
}

/** Something many times, one after the other. */
function many(part: (at: number) => string, between = '\n'): Make {
  const make = (times: number): string => Array.from({ length: times }, (_, at) => part(at)).join(between)
  return Object.assign(make, { least: 60 })
}

function inside(before: string, make: Make, after: string): Make {
  return Object.assign((times: number) => before + make(times) + after, { least: make.least })
}

function nested(before: string, middle: string, after = ''): Make {
  const make = (times: number): string => before.repeat(times) + middle + after.repeat(times)
  // Four times as many are not too deep yet.
  return Object.assign(make, { least: 30 })
}

const IN_GENERATOR = 'async function* f() {\n  '

const KINDS: Readonly<Record<string, Make>> = {
  'yield yield': inside(IN_GENERATOR, nested('yield ', '1'), '\n}'),
  'await await': inside(IN_GENERATOR, nested('await ', '1'), '\n}'),
  'yield* yield*': inside(IN_GENERATOR, nested('yield* ', '1'), '\n}'),
  'yields in a call': inside(
    `${IN_GENERATOR}g(`,
    many(() => 'yield 1', ', '),
    ')\n}',
  ),
  'yields in a template': inside(
    `${IN_GENERATOR}x = \``,
    many(() => '$' + '{yield 1}', ''),
    '`\n}',
  ),
  'awaits in a sum': inside(
    `${IN_GENERATOR}x = `,
    many(() => 'await 1', ' + '),
    '\n}',
  ),
  'awaited calls in one another': inside(IN_GENERATOR, nested('await a(', 'b', ')'), '\n}'),
  'else if': inside(
    'if (a) b()\n',
    many((at) => `else if (a === ${at}) b()`),
    '',
  ),
  'else if on one line': inside(
    'if (a) b(); ',
    many((at) => `else if (a === ${at}) b();`, ' '),
    '',
  ),
  'if without braces': nested('if (a) ', 'b()'),
  'loops without braces': nested('for (;;) ', 'b()'),
  'loops that wait': inside(IN_GENERATOR, nested('while (await a) ', 'b()'), '\n}'),
  'loops one after the other': many(() => 'for (const a of b) c(a)'),
  '&& on one line': inside(
    'x = ',
    many((at) => `a${at}`, ' && '),
    '',
  ),
  '&& on lines': inside(
    'x = ',
    many((at) => `a${at}`, '\n && '),
    '',
  ),
  '?: on lines': inside(
    'x = ',
    many((at) => `a === ${at}\n ? b`, '\n : '),
    ' : c',
  ),
  commas: inside(
    'x = (',
    many((at) => `a${at}()`, ', '),
    ')',
  ),
  assignments: inside(
    '',
    many((at) => `a${at}`, ' = '),
    ' = 1',
  ),
  'statements on one line': many((at) => `a${at}();`, ' '),
  'statements on lines': many((at) => `a${at}()`),
  blocks: nested('{', 'a()', '}'),
  labels: inside(
    '',
    many((at) => `l${at}: `, ''),
    'for (;;) break l0',
  ),
  cases: inside(
    'switch (a) {\n',
    many((at) => `case ${at}: b(); break`),
    '\n}',
  ),
  try: many(() => 'try { a() } catch (e) { b() } finally { c() }'),
  'try in one another': nested('try {', 'a()', '} finally {}'),
  'arrows in a list': inside(
    'x = [',
    many((at) => `() => ${at}`, ', '),
    ']',
  ),
  'arrows in one another': nested('x = () => ', '1'),
  'functions in a function': inside(
    'function f() {\n',
    many((at) => `function g${at}() {}`),
    '\n}',
  ),
  'functions of one name': many(() => 'function g() {}'),
  'functions in one another': nested('function f() {', 'a()', '}'),
  callbacks: many((at) => `it('a', () => { x(${at}) })`),
  'callbacks in one another': nested('a(() => {', 'b()', '})'),
  'methods of one name': inside(
    'x = {',
    many((at) => `m() { return ${at} }`, ',\n'),
    '}',
  ),
  'chained calls': inside(
    'p',
    many((at) => `.then(() => ${at})`),
    '',
  ),
  'chained members': nested('', 'a', '.b'),
  'calls of calls': nested('', 'a', '()'),
  fields: inside(
    'class A {\n',
    many((at) => `f${at} = ${at}`),
    '\n}',
  ),
  methods: inside(
    'class A {\n',
    many((at) => `f${at}() { return ${at} }`),
    '\n}',
  ),
  'classes in one another': inside('x = ', nested('class { a = ', '1', '}'), ''),
  decorators: inside(
    '',
    many((at) => `@d(() => ${at})`),
    '\nclass A {}',
  ),
  parameters: inside(
    'function f(',
    many((at) => `a${at} = () => ${at}`, ', '),
    ') {}',
  ),
  variables: inside(
    'let ',
    many((at) => `a${at} = () => ${at}`, ', '),
    '',
  ),
  patterns: inside(
    'const { ',
    many((at) => `a${at} = b(${at})`, ', '),
    ' } = c',
  ),
  'templates in one another': inside('x = ', nested('`$' + '{', 'a', '}`'), ''),
  'parts of a template': inside(
    'x = `',
    many((at) => `\${a(() => ${at})}`),
    '`',
  ),
  imports: many((at) => `import { a${at} } from './b${at}.js'`),
  exports: many((at) => `export const a${at} = ${at}`),
  'exports of CommonJS': many((at) => `exports.a${at} = ${at}`),
  'comments in front of one statement': inside(
    '',
    many((at) => `/* c${at} */`, ' '),
    ' a()',
  ),
  hints: many(() => '/* istanbul ignore next */ a();', ' '),
  pragmas: many(() => 'a() // #pragma NO COVER'),
  'tables of tests': inside(
    'test.each([',
    many((at) => `[() => ${at}, class {}]`),
    '])("a", (f) => { f() })',
  ),
  'JSX in one another': inside('x = ', nested('<a>{', 'b', '}</a>'), ''),
  attributes: inside(
    'x = <a ',
    many((at) => `b${at}={() => ${at}}`),
    ' />',
  ),
  enum: inside(
    'enum E {\n',
    many((at) => `A${at} = ${at}`, ',\n'),
    '\n}',
  ),
  'names like ours': inside(
    'var ',
    many((at) => `cov_${at}`, ', '),
    '',
  ),
}

const session = new Session()

beforeAll(async () => {
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
})

afterAll(() => session.disconnect())

async function workOf(make: Make, times: number, live: boolean): Promise<number> {
  await session.post('Profiler.takePreciseCoverage')
  instrument(PADDING + make(times), { file: 'a.tsx', calls: true, live })
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const ours = result.filter(({ url }) => url.includes('/packages/instrument/src/'))
  expect(ours.length).toBeGreaterThan(10)
  const ranges = ours.flatMap(({ functions }) => functions.flatMap((one) => one.ranges))
  return ranges.reduce((sum, { count }) => sum + count, 0)
}

/** Only what has this many brackets is searched for deep code: without them twice the text may be the first that is searched. */
const PADDING = `/*${'()'.repeat(1500)}*/\n`

// On a busy machine V8 misses more, and a ratio of two differences shows it; what is not linear is so each time.
test.each(Object.entries(KINDS))('%s', { retry: 3 }, async (_, make) => {
  for (const live of [false, true]) {
    await workOf(make, 2, live)
    const [once = 0, twice = 0, fourTimes = 0] = [
      await workOf(make, make.least, live),
      await workOf(make, 2 * make.least, live),
      await workOf(make, 4 * make.least, live),
    ]
    // What does not depend on the text is in none of the two differences: linear is 2, quadratic 4.
    // V8 misses a few per cent of what ran, not always the same, which is more than the differences where little is done.
    expect(fourTimes - twice).toBeLessThan(3 * (twice - once) + fourTimes / 50)
  }
})
