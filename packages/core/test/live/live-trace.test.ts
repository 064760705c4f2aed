import { Script } from 'node:vm'
import { instrument } from '@tstrace/instrument'
import { installState } from '@tstrace/instrument/runtime'
import { expect, test } from 'vitest'
import { liveTrace } from '../../src/live/live-trace.ts'

interface Shown {
  readonly source: string
  readonly file?: string
  readonly seconds?: () => number
}

/** What is shown while a program runs, program output included. */
async function shownBy({ file = 'src/a.js', seconds, source }: Shown): Promise<string> {
  const made = instrument(source, { file, live: true })
  if (!made) throw new Error('nothing to run')
  const text: string[] = []
  const before = Object.getOwnPropertyDescriptor(globalThis, '__tstrace__')
  const write = (piece: string): void => void text.push(piece)
  try {
    installState(globalThis).live = liveTrace({ source: () => source, write, seconds })
    const print = (value: unknown): void => write(`${String(value)}\n`)
    await new Script(`(async print => {${made.code}\n})`).runInThisContext()(print)
  } finally {
    if (before) Object.defineProperty(globalThis, '__tstrace__', before)
    else Reflect.deleteProperty(globalThis, '__tstrace__')
  }
  return text.join('')
}

test('lines are shown before they run, functions when they are entered', async () => {
  const source = `function recurse(level) {
  print(\`recurse(\${level})\`)
  if (level) recurse(level - 1)
}
recurse(1)
`
  expect(await shownBy({ source })).toBe(` --- modulename: src.a, funcname: <module>
a.js(1): function recurse(level) {
a.js(5): recurse(1)
 --- modulename: src.a, funcname: recurse
a.js(2):   print(\`recurse(\${level})\`)
recurse(1)
a.js(3):   if (level) recurse(level - 1)
 --- modulename: src.a, funcname: recurse
a.js(2):   print(\`recurse(\${level})\`)
recurse(0)
a.js(3):   if (level) recurse(level - 1)
`)
})

/** The numbers of the lines shown, in order. */
async function linesOf(source: string): Promise<number[]> {
  const text = await shownBy({ source })
  return [...text.matchAll(/^a\.js\((\d+)\)/gm)].map(([, line]) => Number(line))
}

test.each([
  [
    'for … of: for each element and the attempt at another one',
    'for (const x of [1, 2])\n  void x\n',
    [1, 2, 1, 2, 1],
  ],
  ['continue goes back to its loop', 'for (const x of [1]) {\n  continue\n}\n', [1, 2, 1]],
  [
    'a labelled continue to the loop it names',
    'a: for (const x in { k: 1 })\n  for (;;)\n    continue a\n',
    [1, 2, 3, 1],
  ],
  ['break does not', 'for (const x of [1]) {\n  break\n}\n', [1, 2]],
  ['while: each test', 'let n = 2\nwhile (n)\n  n--\n', [1, 2, 3, 2, 3, 2]],
  [
    'for: before the first test and at each round',
    'for (let i = 0; i < 2; i++)\n  void i\n',
    [1, 2, 1, 2, 1],
  ],
  ['for without an update', 'for (let i = 0; i < 1;) {\n  i++\n}\n', [1, 2, 1]],
  ['do: the test at its end', 'let n = 0\ndo {\n  n++\n} while (n < 2)\n', [1, 2, 3, 4, 3, 4]],
  ['a loop on one line, each time it comes back', 'for (const x of [1, 2]) void x\n', [1, 1, 1]],
  ['several statements of a line once', 'void 0; void 1; if (1) void 2\nvoid 3\n', [1, 2]],
  ['else if where it is tested', 'if (0) {\n} else if (1) {\n  void 0\n} else {\n  void 1\n}\n', [1, 2, 3]],
  ['the clauses that are entered', 'switch (2) {\n  case 1:\n  case 2:\n    break\n}\n', [1, 3, 4]],
  ['catch and finally', 'try {\n  throw 1\n} catch {\n  void 0\n} finally {\n  void 1\n}\n', [1, 2, 3, 4, 6]],
  ['arms that start a line', 'const a = 1\n  ? 2\n  : 3\n', [1, 2]],
  [
    'a class with the methods it defines, fields when they are made',
    'class A {\n  x = 1\n  m() {}\n}\nnew A()\n',
    [1, 3, 5, 2],
  ],
  ['a statement in front of which a line ends without a semicolon', 'const a = 1\nvoid a\n', [1, 2]],
])('%s', async (_what, source, lines) => {
  expect(await linesOf(source)).toEqual(lines)
})

test('a function that goes on after it was suspended is named again', async () => {
  const source = `function* count() {
  yield 1
}
for (const n of count()) {
  await n
}
`
  expect(await shownBy({ source, file: 'a.mjs' })).toBe(` --- modulename: a, funcname: <module>
a.mjs(1): function* count() {
a.mjs(4): for (const n of count()) {
 --- modulename: a, funcname: count
a.mjs(2):   yield 1
a.mjs(5):   await n
 --- modulename: a, funcname: <module>
a.mjs(4): for (const n of count()) {
 --- modulename: a, funcname: count
`)
})

test('seconds stand in front of lines, not of functions', async () => {
  expect(await shownBy({ source: 'void 0\n', seconds: () => 1.239 })).toBe(
    ' --- modulename: src.a, funcname: <module>\n1.24 a.js(1): void 0\n',
  )
})

test('the counts are those without', () => {
  const source = 'for (const x of [1, 2]) { if (x) continue }\nclass A { m() { return 1 } }\n'
  const plain = instrument(source, { file: 'a.js' })
  expect(instrument(source, { file: 'a.js', live: true })).toMatchObject({
    id: plain?.id,
    sites: plain?.sites,
  })
})

test('a source that cannot be read is shown without its text', () => {
  const text: string[] = []
  const source = (): string => {
    throw new Error('gone')
  }
  liveTrace({ source, write: (piece) => void text.push(piece) })('src/gone.ts').line(3)
  expect(text).toEqual(['gone.ts(3): \n'])
})
