import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const FIXTURE = fileURLToPath(new URL('./fixtures/cpython/', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../packages/tstrace', import.meta.url))

/** A folder with the modules of the cases, in which tstrace is installed. */
function folderOfCases(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-cases-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(FIXTURE, folder, { recursive: true })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(PACKAGE, join(folder, 'node_modules/tstrace'))
  return folder
}

function output(folder: string, args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
}

/** What a case found. */
function found(name: string): unknown {
  const lines = output(folderOfCases(), ['cases.mjs', name]).trimEnd().split('\n')
  return JSON.parse(lines.at(-1) as string)
}

/** Counts by line of `functions.ts`, from the line of a function on, as Python's cases have them. */
function below(line: number, counts: Record<number, number>): object {
  return Object.fromEntries(Object.entries(counts).map(([by, count]) => [line + Number(by), count]))
}

// The numbers are those of `Lib/test/test_trace.py`, its cases in order; `cpython.md` says which have none.
test.each([
  ['linear', 7, { 'functions.ts': below(3, { 1: 1, 2: 1, 3: 1, 4: 1 }) }],
  ['loop', 17, { 'functions.ts': below(10, { 1: 1, 2: 6, 3: 5, 4: 1 }) }],
  ['importing', 14, { 'functions.ts': below(17, { 1: 1 }), 'other.ts': { 2: 2 } }],
  [
    'generator',
    45,
    { 'functions.ts': { ...below(21, { 1: 11, 2: 10 }), ...below(26, { 1: 1, 2: 11, 3: 10, 4: 1 }) } },
  ],
  ['comprehension', 10, { 'functions.ts': { ...below(33, { 1: 10 }), ...below(37, { 1: 1, 2: 10, 3: 1 }) } }],
  ['decorated', 1, { 'functions.ts': below(43, { 1: 2, 2: 1, 3: 1, 4: 1, 6: 1 }) }],
  ['method', 1, { 'functions.ts': { 54: 1 } }],
  ['runctx', 17, { 'functions.ts': below(10, { 1: 1, 2: 6, 3: 5, 4: 1 }) }],
  ['locals', 17, { 'functions.ts': below(10, { 1: 1, 2: 6, 3: 5, 4: 1 }) }],
  ['run', 17, { 'functions.ts': below(10, { 1: 1, 2: 6, 3: 5, 4: 1 }) }],
])('lines: %s', (name, value, lines) => {
  expect(found(name)).toEqual({ value, lines })
})

test.each([
  ['caller', { value: 3, functions: ['functions.ts:linear', 'functions.ts:caller'] }],
  ['arguments', [3, 4]],
  ['noArguments', 'TypeError'],
  [
    'chain',
    {
      value: 9,
      functions: [
        'functions.ts:linear',
        'functions.ts:importing',
        'functions.ts:caller',
        'functions.ts:chain',
        'other.ts:double',
      ],
    },
  ],
  ['methods', ['TracedClass.linear', 'TracedClass.calling']],
])('functions: %s', (name, expected) => {
  expect(found(name)).toEqual(expected)
})

test('callers', () => {
  expect(found('callers')).toEqual([
    '<event loop> -> chain 1',
    'caller -> linear 1',
    'chain -> caller 1',
    'chain -> importing 1',
    'importing -> double 2',
  ])
})

test('the call relationships of a file arrive where they belong', () => {
  expect(found('callersOfFile')).toBe(1)
})

test('ignored modules and folders', () => {
  expect(found('ignored')).toEqual(['functions.ts'])
})

test('an error is passed on, and what was counted until then is kept', () => {
  expect(found('error')).toMatchObject({ value: 'meant', lines: { 'functions.ts': { 4: 1, 75: 1, 76: 1 } } })
})

test('asking for results twice changes nothing, a file is added once', () => {
  expect(found('twice')).toEqual([true, true, true])
})

test('a promise is traced until it is settled, and nothing after it', () => {
  expect(found('promise')).toEqual([0, 1])
})

test('a function without counters is said to have none', () => {
  expect(found('plain')).toEqual([
    'TST_NOT_INSTRUMENTED',
    'The function mine was loaded without counters, and so was all that it calls',
  ])
  expect(found('late')).toBe('TST_LOADED_BEFORE')
})

test('unknown options are errors that name the nearest known one', () => {
  expect(found('unknown')).toEqual([
    'Unknown option "countfunc" in the options of Trace. Did you mean "countfuncs"?',
    'Unknown option "outFile" in the options of CoverageResults. Did you mean "outfile"?',
    'Unknown option "show_missing" in the options of writeResults. Did you mean "showMissing"?',
  ])
})

test('what a generator function gives is a generator, which has not run', () => {
  expect(found('iterator')).toBe(10)
})

test("import 'tstrace/register' has everything instrumented that is loaded after it", () => {
  const folder = folderOfCases()
  const code = `
import { Trace } from 'tstrace'
import { loop } from './functions.ts'
const tracer = new Trace()
tracer.runfunc(loop, 1, 2)
tracer.results().writeResults({ summary: true, coverdir: 'out' })
`
  const stdout = output(folder, ['--import', 'tstrace/register', '--input-type=module', '--eval', code])
  expect(stdout).toContain(' --- modulename: functions, funcname: loop\nfunctions.ts(11):   let c = x\n')
  expect(stdout).toContain('functions   (functions.ts)\n')
  expect(readFileSync(join(folder, 'out/functions.cover'), 'utf8')).toContain('    5:     c += y\n')
})
