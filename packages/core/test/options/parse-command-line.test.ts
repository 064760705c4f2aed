import { describe, expect, test } from 'vitest'
import { parseCommandLine } from '../../src/options/parse-command-line.ts'

function parse(line: string) {
  return parseCommandLine(line, 'TSTRACE')
}

describe('what a command line may say', () => {
  test.each([
    ['', {}],
    ['--listfuncs --trackcalls', { listfuncs: true, trackcalls: true }],
    ['-lT', { listfuncs: true, trackcalls: true }],
    ['-C out', { coverdir: 'out' }],
    ['-Cout', { coverdir: 'out' }],
    ['-cmsC out', { count: true, missing: true, summary: true, coverdir: 'out' }],
    ['--coverdir=out --coverdir other', { coverdir: 'other' }],
    [`-C "my folder"`, { coverdir: 'my folder' }],
    ['--no-report', { noReport: true }],
    ['--no-count', { count: false }],
    ['--summary --no-summary', { summary: false }],
    ['--no-no-report', { noReport: false }],
    ['--cou --track', { count: true, trackcalls: true }],
    ['-t', { trace: true }],
    ['--trace=stdout', { trace: 'stdout' }],
    ['--no-trace', { trace: false }],
    ['--cover=out', { coverdir: 'out' }],
    ['--ignore-module a,b --ignore-module c', { ignoreModule: ['a,b', 'c'] }],
    ['--fail-under 90 --fail-under-file 79.5', { failUnder: 90, failUnderFile: 79.5 }],
    [`--include 'src/{a,b}/**'`, { include: ['src/{a,b}/**'] }],
  ])('%s', (line, expected) => {
    expect(parse(line)).toEqual(expected)
  })
})

describe('what it may not say', () => {
  test.each([
    ['--fail-under 101', 'Option "failUnder" in TSTRACE must be a number from 0 to 100, not 101.'],
    ['--fail-under ""', 'Option "failUnder" in TSTRACE must be a number from 0 to 100, not "".'],
    [
      '--fail-under-file most',
      'Option "failUnderFile" in TSTRACE must be a number from 0 to 100, not "most".',
    ],
    ['--trackcall5', 'Unknown option "--trackcall5" in TSTRACE. Did you mean "--trackcalls"?'],
    ['--listfunks', 'Unknown option "--listfunks" in TSTRACE. Did you mean "--listfuncs"?'],
    ['-r', 'Unknown option "-r" in TSTRACE. It is an option of the command only.'],
    ['--no-summery', 'Unknown option "--no-summery" in TSTRACE. Did you mean "--summary"?'],
    ['--module', 'Unknown option "--module" in TSTRACE. It is an option of the command only.'],
    ["--include ''", 'Option --include in TSTRACE has an empty value. Write one, or leave the option out.'],
    ['-C', 'Option -C in TSTRACE needs a value: -C COVERDIR.'],
    ['--count=3', 'Option --count in TSTRACE takes no value, but has "3".'],
    ['src', 'TSTRACE holds "src", which is not an option. Write options only, each value after its option.'],
  ])('%s', (line, message) => {
    expect(() => parse(line)).toThrow(message)
  })

  test('an ambiguous short cut names the options', () => {
    expect(() => parse('--ignore x')).toThrow(/^Unknown option "--ignore" in TSTRACE\./)
  })

  test('an unknown letter lists the options', () => {
    expect(() => parse('-z')).toThrow(/^Unknown option "-z" in TSTRACE\. The options are --count, --trace,/)
  })
})
