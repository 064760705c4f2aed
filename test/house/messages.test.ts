import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { expect, test } from 'vitest'
import { root } from './workspace.ts'

/** The codes a source text can throw, and the places where the code is not written out. */
function codesIn(source: string): { codes: string[]; unclear: string[] } {
  const make = /\bextends TstraceError\b/.test(source) ? '(?:new TstraceError|super)' : 'new TstraceError'
  const uses = [...source.matchAll(new RegExp(`${make}\\(\\s*('(TST_[A-Z_]+)'|[^\\s,]*)`, 'g'))]
  return {
    codes: uses.flatMap(([, , code]) => code ?? []),
    unclear: uses.flatMap(([use, , code]) => (code ? [] : use)),
  }
}

const headingsOf = (page: string): string[] =>
  [...page.matchAll(/^## `(TST_[A-Z_]+)`$/gm)].map(([, code = '']) => code)

const texts = globSync('packages/*/src/**/*.{ts,mts}', { cwd: root }).map((file) => ({
  file: file.replaceAll('\\', '/'),
  text: readFileSync(join(root, file), 'utf8'),
}))
const sources = texts.map(({ text }) => codesIn(text))
const codes = [...new Set(sources.flatMap((source) => source.codes))].sort()
const headings = headingsOf(readFileSync(join(root, 'docs/reference/messages.md'), 'utf8'))

test('every error code has its heading, and every heading its code', () => {
  expect([...headings].sort()).toEqual(codes)
})

test('headings are in order', () => {
  expect(headings).toEqual([...headings].sort())
})

test('every code is written out where it is thrown', () => {
  expect(sources.flatMap((source) => source.unclear)).toEqual([])
})

test('a code or heading without the other is found', () => {
  const { codes, unclear } = codesIn(`throw new TstraceError(\n  'TST_ONE', ''); new TstraceError(code, '')`)
  expect(codes).toEqual(['TST_ONE'])
  expect(unclear).toEqual(['new TstraceError(code'])
  expect(codesIn("class A extends TstraceError { constructor() { super('TST_TWO', '') } }").codes).toEqual([
    'TST_TWO',
  ])
  expect(headingsOf('## `TST_TWO`\n\n### `TST_THREE`\n')).toEqual(['TST_TWO'])
})

/** Errors without a code, each with the reason why nobody who uses tstrace gets one. */
const INNER: Readonly<Record<string, string>> = {
  'packages/core/src/collect/frame.ts: new RangeError': 'whoever reads frames says which worker it was',
  'packages/results/src/counts-file/counts-input.ts: class BadInput':
    'has an error with a code in it, which is thrown',
  'packages/results/src/errors.ts: class TstraceError': 'has a code',
  'packages/results/src/files/obstacle-to.ts: new Error': 'cause of `TST_CANNOT_WRITE`',
  'packages/results/src/files/open-regular.ts: new Error':
    'cause of `TST_CANNOT_READ`, or the reason why a listing is missing',
  'packages/results/src/files/read-source.ts: new Error': 'the same',
  'packages/instrument/src/compiled/instrument-compiled.ts: new Error': 'becomes an `Untouched`',
  'packages/instrument/src/instrument/walk.ts: new RangeError': 'becomes a `ParseError`',
  'packages/core/src/options/load-config-file.ts: new Error': 'cause of `TST_CONFIG`',
  'packages/core/src/report/cover-listings.ts: new Error': 'cause of `TST_CANNOT_WRITE`',
  'packages/results/src/results/damage.ts: class Damage': 'becomes `TST_COUNTS_DAMAGED` or `TST_RESULTS`',
  'packages/core/src/run/source-tables.ts: new Error': 'the reason why a source ran untouched',
  'packages/jest/src/reporter/tstrace-reporter.ts: new Error':
    'what Jest is given for `strict`: sentences with their codes',
  'packages/jest/src/transform/count-behind.ts: new Error': 'the reason why a source ran untouched',
  'packages/jest/src/transform/transform-file.ts: new Error': 'the same',
  'packages/jest/src/transform/transform-file.ts: new TypeError': 'that of Jest, whose words it has',
  'packages/node/src/load/refusal.ts: new SyntaxError':
    "what a program cannot load: Node's kind of error for it",
  'packages/node/src/load/to-javascript.ts: new TypeError': 'the reason why a source ran untouched',
  'packages/page/src/app/load-chunk.ts: new Error': 'shown in the page instead of what is not to be had',
  'packages/select/src/change.ts: new Error': 'the reason why everything runs',
  'packages/select/src/git.ts: new Error': 'the same',
  'packages/tstrace/src/command/arguments/advising-parser.ts: new Error': 'behind the end of the process',
}

/** Where errors are made that have no code: classes of errors, and instances of those that JavaScript has. */
function uncodedIn(file: string, source: string): string[] {
  const found = new Set<string>()
  const note = (what: string): unknown => found.add(`${file}: ${what}`)
  new Visitor({
    ClassDeclaration({ id, superClass }) {
      if (superClass?.type === 'Identifier' && /^\w*Error$/.test(superClass.name))
        if (superClass.name !== 'TstraceError') note(`class ${id?.name}`)
    },
    NewExpression({ callee }) {
      if (callee.type === 'Identifier' && callee.name in globalThis && /Error$/.test(callee.name))
        note(`new ${callee.name}`)
    },
  }).visit(parseSync(file, source).program)
  return [...found].sort()
}

test('every error has a code, but for those that nobody gets', () => {
  // Somebody new: make it a `TstraceError`; only if it becomes one further up, or nobody gets it, say so above.
  expect(texts.flatMap(({ file, text }) => uncodedIn(file, text)).sort()).toEqual(Object.keys(INNER).sort())
})

test.each([
  ["throw new Error('a')", 'new Error'],
  ["return new TypeError('a')", 'new TypeError'],
  ['class Own extends Error {}', 'class Own'],
  ['class Own extends RangeError {}\nthrow new Own()', 'class Own'],
])('an error without a code is found: %j', (text, what) => {
  expect(uncodedIn('a.ts', text)).toEqual([`a.ts: ${what}`])
})

test('one with a code is not', () => {
  const text = "class Own extends TstraceError {}\nthrow new TstraceError('TST_A', '')\nthrow new Own()"
  expect(uncodedIn('a.ts', text)).toEqual([])
})
