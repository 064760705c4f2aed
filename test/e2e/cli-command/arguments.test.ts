import { expect, test } from 'vitest'
import { folderWith, tstrace } from './tstrace-command.ts'

const USAGE = `usage: tstrace [-h] [--version] [-c] [-t] [-l] [-T] [--branches] [-r | -R]
               [-f FILE] [-C COVERDIR] [--format NAME] [--label KEY=VALUE]
               [--strict] [-m] [-s] [--total] [--ranges]
               [--fail-under PERCENT] [--fail-under-file PERCENT] [--html]
               [-g] [--ignore-module IGNORE_MODULE] [--ignore-dir IGNORE_DIR]
               [--include GLOB] [--exclude GLOB] [--all] [--debug] [--module]
               [progname] ...
`

const ONE_OF = 'must specify one of --trace, --count, --report, --listfuncs, or --trackcalls'
const MISSING = 'progname is missing: required with the main options'

// The table of Python's errors, in the order in which it looks at them.
test.each([
  ['-rR', 'argument -R/--no-report: not allowed with argument -r/--report'],
  ['-Rr', 'argument -r/--report: not allowed with argument -R/--no-report'],
  ['-c -y a.js', 'unrecognized arguments: -y'],
  ['-f', 'argument -f/--file: expected one argument'],
  ['-c -C', 'argument -C/--coverdir: expected one argument'],
  ['--ignore-module', 'argument --ignore-module: expected one argument'],
  ['--ignore-dir', 'argument --ignore-dir: expected one argument'],
  ['--timing=1', "argument -g/--timing: ignored explicit argument '1'"],
  ['--ignore x', 'ambiguous option: --ignore could match --ignore-module, --ignore-dir'],
  ['-r', '-r/--report requires -f/--file'],
  ['a.js', ONE_OF],
  ['a.js -c', ONE_OF],
  ['-g a.js', ONE_OF],
  ['-s a.js', ONE_OF],
  ['-lc a.js', 'cannot specify both --listfuncs and (--trace or --count)'],
  ['-lt a.js', 'cannot specify both --listfuncs and (--trace or --count)'],
  ['-sT a.js', '--summary can only be used with --count or --report'],
  ['-c', MISSING],
  ['-l -T', MISSING],
  ['', ONE_OF],
  // What Python does not have.
  ['-c --strict a.js', '--strict can only be used with --report'],
  ['-c -f a -f b a.js', '-f/--file can be given several times only with --report'],
  ['-c --total a.js', '--total requires --summary'],
  ['-c --fail-under 101 a.js', 'argument --fail-under: "101" is not a number from 0 to 100'],
  ['-c --include', 'argument --include: expected one argument'],
  ['-c --all=1', "argument --all: ignored explicit argument '1'"],
  ['-c --all a.js', '--all requires --include'],
  ['-c --html a.js', '--html requires --coverdir'],
  ['-r -f counts --html', '--html requires --coverdir'],
  [
    '-c --format lcov,sonar -C o a.js',
    'argument --format: "lcov,sonar" is not known. Name one at a time: there is no list with commas.',
  ],
  ['-r -f a.counts --ranges', '--ranges requires --summary'],
  ['-r -f a --include b', '--include cannot be used with --report'],
  ['-r -f a --debug', '--debug cannot be used with --report'],
  ['-c --list-tests a.js', 'unrecognized arguments: --list-tests. It is an option of test runners only.'],
  ['--cuont a.js', 'unrecognized arguments: --cuont. Did you mean "--count"?'],
  ['-c --sumary --missin a.js', 'unrecognized arguments: --sumary. Did you mean "--summary"?'],
  ['-c --xyzzyxyzzy a.js', 'unrecognized arguments: --xyzzyxyzzy'],
  ['mrege a.counts b.counts', `${ONE_OF}. Did you mean "tstrace merge"?`],
  ['repot -f a.counts', `${ONE_OF}. Did you mean "tstrace --report"?`],
  ['trackcall a.js', `${ONE_OF}. Did you mean "tstrace --trackcalls"?`],
  ['help', `${ONE_OF}. Did you mean "tstrace --help"?`],
  ['tset a.ts', `${ONE_OF}. Did you mean "tstrace tests"?`],
  ['explian a.js', `${ONE_OF}. Did you mean "tstrace explain"?`],
  ['-c --include= a.js', 'argument --include: expected a value that is not empty'],
])('tstrace %s', async (line, message) => {
  expect(await tstrace(folderWith({}), line.split(' ').filter(Boolean))).toEqual({
    status: 2,
    signal: null,
    stdout: '',
    stderr: `${USAGE}tstrace: error: ${message}\n`,
  })
})

const PROGRAM = { 'a.js': 'console.log(JSON.stringify(process.argv.slice(2)))\n' }

// Everything behind the program belongs to it.
test.each([
  ['-cR -f f a.js -c --count x', ['-c', '--count', 'x']],
  ['-cR -f f a.js -- -x', ['-x']],
  ['-cR -f f -- a.js -x -- y', ['-x', '--', 'y']],
  ['--cou --no --fil f a.js', []],
  ['-c -fcounts.json -Cout a.js', []],
  ['-c -f=counts.json --coverdir=out a.js', []],
])('tstrace %s', async (line, given) => {
  const { status, stderr, stdout } = await tstrace(folderWith(PROGRAM), line.split(' '))
  expect({ status, stderr, stdout: JSON.parse(stdout) }).toEqual({ status: 0, stderr: '', stdout: given })
})

test('help and version', async () => {
  const folder = folderWith({})
  const help = await tstrace(folder, ['--help'])
  expect(help).toMatchObject({ status: 0, stderr: '' })
  expect(help.stdout.startsWith(USAGE)).toBe(true)
  expect(help.stdout.replaceAll(/\s+/g, ' ')).toContain(
    '--all Also list the source files that --include names and nobody loaded, all lines missing. --debug Say',
  )
  expect(await tstrace(folder, ['--version'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^tstrace \d+\.\d+\.\d+\n$/),
  })
})

test.each([
  [
    'merge --stirct a.counts -o b.counts',
    'tstrace merge: error: unrecognized arguments: --stirct. Did you mean "--strict"?',
  ],
  ['explain --hepl a.js', 'tstrace explain: error: unrecognized arguments: --hepl. Did you mean "--help"?'],
])('tstrace %s', async (line, message) => {
  const { status, stderr } = await tstrace(folderWith({}), line.split(' '))
  expect(status).toBe(2)
  expect(stderr.endsWith(`\n${message}\n`)).toBe(true)
})

test.each([
  ['src', "[Errno 21] Is a directory: 'src'. Did you mean 'src/main.ts'?"],
  ['lib', "[Errno 21] Is a directory: 'lib'. Did you mean 'lib/only.js'?"],
  ['docs', "[Errno 21] Is a directory: 'docs'"],
  ['src/main', "[Errno 2] No such file or directory: 'src/main'. Did you mean 'src/main.ts'?"],
  ['src/b.ts', "[Errno 2] No such file or directory: 'src/b.ts'"],
  ['src/mian.ts', "[Errno 2] No such file or directory: 'src/mian.ts'. Did you mean 'src/main.ts'?"],
])('a program that is none: %s', async (program, message) => {
  const files = { 'src/main.ts': '', 'src/a.ts': '', 'lib/only.js': '', 'docs/x.md': '' }
  const { status, stderr } = await tstrace(folderWith(files), ['-c', program])
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `tstrace: Cannot run file '${program}' because: ${message}\n`,
  })
})

test('a program that is not there', async () => {
  expect(await tstrace(folderWith({}), ['-c', 'nosuch.js'])).toEqual({
    status: 1,
    signal: null,
    stdout: '',
    stderr:
      "tstrace: Cannot run file 'nosuch.js' because: [Errno 2] No such file or directory: 'nosuch.js'\n",
  })
})

test.each([
  ['-cR', 1],
  ['-lTR', 1],
  ['-tR', 0],
  ['-cR --debug', 0],
  ['-cR -f a.counts', 0],
])('%s: a run of which nothing is kept says so', async (options, times) => {
  const { status, stderr } = await tstrace(folderWith(PROGRAM), [...options.split(' '), 'a.js'])
  expect(status).toBe(0)
  expect(stderr.split('tstrace: Nothing is kept of this run: -R writes no report')).toHaveLength(1 + times)
})

test('calls that were never recorded are missed when they are asked for', async () => {
  const folder = folderWith(PROGRAM)
  await tstrace(folder, ['-cR', '-f', 'without.counts', 'a.js'])
  await tstrace(folder, ['-TR', '-f', 'with.counts', 'a.js'])
  const report = async (words: string) => (await tstrace(folder, [...words.split(' '), '-C', 'out'])).stderr
  expect(await report('-rT -f without.counts')).toMatch(
    /^tstrace: No calls are in the counts files, since no run recorded them: that takes -T/,
  )
  expect(await report('-r -f without.counts')).toBe('')
  expect(await report('-rT -f with.counts')).toBe('')
})

// Those who allow no code from strings have reasons to.
test.each(['-ctsT', '--help', '--version', 'merge --help', 'explain a.js'])(
  'code from strings may be forbidden: tstrace %s',
  async (words) => {
    const args = [...words.split(' '), ...(words === '-ctsT' ? ['-C', 'out', 'a.js'] : [])]
    const allowed = await tstrace(folderWith(PROGRAM), args)
    const NODE_OPTIONS = '--disallow-code-generation-from-strings'
    expect(allowed.status).toBe(0)
    expect(await tstrace(folderWith(PROGRAM), args, { env: { NODE_OPTIONS } })).toEqual(allowed)
  },
)
