import { QUESTION_OPTIONS } from './question-options.ts'
import { SOURCE_OPTIONS } from './source-options.ts'

/** Options of runs, reports and the programming interface. */
const RUN_OPTIONS = {
  /** Count how often each line runs and write one `.cover` listing per source file. */
  count: {
    kind: 'flag',
    short: 'c',
    group: 'main',
    defaults: {
      reporters: true,
      command: false,
      Trace: { follows: 'on, unless `listfuncs` or `trackcalls` is' },
      CoverageResults: true,
      writeResults: { follows: 'as in the results' },
    },
    text: 'Count how often each line runs and write one `.cover` listing per source file.',
  },
  /** Show each line before it runs: in one `.trace` file per test file, or with `stdout` on standard output. */
  trace: {
    kind: 'choice',
    short: 't',
    group: 'main',
    choices: { reporters: ['stdout'] },
    defaults: { reporters: false, command: false, Trace: { follows: 'as `count`' } },
    changesCode: true,
    text: 'Show each line before it runs: in one `.trace` file per test file, or with `stdout` on standard output.',
    textIn: {
      command: 'Show each line before it runs, and each function when it is entered.',
      Trace: 'Show each line before it runs, and each function when it is entered, on standard output.',
    },
  },
  /** Print the functions that were called at least once. */
  listfuncs: {
    kind: 'flag',
    short: 'l',
    group: 'main',
    defaults: {
      reporters: false,
      command: false,
      Trace: false,
      CoverageResults: false,
      writeResults: { follows: 'as in the results' },
    },
    python: { Trace: 'countfuncs' },
    text: 'Print the functions that were called at least once.',
    textIn: { command: 'Print the functions that were called at least once; not with `-c` or `-t`.' },
  },
  /** Print which function called which. */
  trackcalls: {
    kind: 'flag',
    short: 'T',
    group: 'main',
    defaults: {
      reporters: false,
      command: false,
      Trace: false,
      CoverageResults: true,
      writeResults: { follows: 'as in the results' },
    },
    python: { Trace: 'countcallers' },
    changesCode: true,
    text: 'Print which function called which.',
  },
  /** Keep apart what each test file or each test ran: `off`, `file` or `test`. */
  contexts: {
    kind: 'word',
    value: 'WHAT',
    words: ['off', 'file', 'test'],
    group: 'modifiers',
    defaults: { reporters: 'file' },
    text: 'Keep apart what each test file or each test ran: `off`, `file` or `test`.',
  },
  /** Run nothing: report what is in the counts files. Needs `-f`. */
  report: {
    kind: 'flag',
    short: 'r',
    group: 'modifiers',
    defaults: { command: false },
    text: 'Run nothing: report what is in the counts files. Needs `-f`.',
  },
  /** Write no listings and print nothing; `file` is still updated. */
  noReport: {
    kind: 'flag',
    short: 'R',
    group: 'modifiers',
    defaults: { reporters: false, command: false },
    notBeside: 'report',
    text: 'Write no listings and print nothing; `file` is still updated.',
    textIn: { command: 'Write no report; the counts file is still updated. Not with `-r`.' },
  },
  /** Counts file to which the run is added; made when missing. */
  file: {
    kind: 'text',
    short: 'f',
    value: 'FILE',
    several: true,
    group: 'modifiers',
    defaults: {
      reporters: '',
      command: '',
      questions: { follows: 'the recording of the last run' },
      Trace: '',
    },
    text: 'Counts file to which the run is added; made when missing.',
    textIn: {
      command:
        '[Counts file](counts-file.md) to which the run is added; made when missing. With `-r` it can be given several times, and be a folder of such files or a glob.',
      questions: 'Counts file that is asked, instead of the recording of the last run.',
      Trace: '`infile` and `outfile` in one.',
    },
  },
  /** Counts file whose counts `results()` adds; one that is not there yet has none. */
  infile: {
    kind: 'text',
    value: 'FILE',
    defaults: { Trace: '' },
    notBeside: 'file',
    text: 'Counts file whose counts `results()` adds; one that is not there yet has none.',
  },
  /** Counts file that `writeResults` replaces. */
  outfile: {
    kind: 'text',
    value: 'FILE',
    defaults: { Trace: '', CoverageResults: '' },
    notBeside: 'file',
    text: 'Counts file that `writeResults` replaces.',
  },
  /** Folder of the listings, the lists and the results file, made when missing. */
  coverdir: {
    kind: 'text',
    short: 'C',
    value: 'COVERDIR',
    group: 'modifiers',
    defaults: { reporters: 'coverage/tstrace', command: '', writeResults: '' },
    text: 'Folder of the listings, the lists and the results file, made when missing.',
    textIn: {
      command:
        'Folder of the listings, the lists and the [results file](results-file.md), made when missing. Without it each listing stands beside its source, and there is nothing else.',
      writeResults:
        'Folder of the listings, the lists and the [results file](results-file.md), made when missing. Without it each listing stands beside its source, and there is nothing else.',
    },
  },
  /** What sets the run apart from others whose counts are merged with it, as `os=linux`. */
  label: {
    kind: 'list',
    value: 'KEY=VALUE',
    group: 'modifiers',
    defaults: { reporters: [], command: [], questions: [] },
    text: 'What sets the run apart from others whose counts are merged with it, as `os=linux`.',
    textIn: {
      command:
        'What sets the run apart from others in the counts file, as `os=linux`; can be given several times. With `-r`: report only the runs that have it.',
      questions: 'Ask only the runs that have this label, as `os=linux`; can be given several times.',
    },
  },
  /** End with status 1 when something could not be counted or written: whenever tstrace has a complaint. */
  strict: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false },
    only: 'report',
    text: 'End with status 1 when something could not be counted or written: whenever tstrace has a complaint.',
    textIn: {
      command: 'With `-r`: report nothing, and end with status 1, when a file or a shard is not sound.',
    },
  },
  /** Mark executable lines that never ran with `>>>>>> `. */
  missing: {
    kind: 'flag',
    short: 'm',
    group: 'modifiers',
    defaults: { reporters: true, command: false, writeResults: true },
    python: { writeResults: 'showMissing' },
    text: 'Mark executable lines that never ran with `>>>>>> `.',
  },
  /** Print lines, percentage, module and path of each source file. */
  summary: {
    kind: 'flag',
    short: 's',
    group: 'modifiers',
    defaults: { reporters: true, command: false, writeResults: false },
    text: 'Print lines, percentage, module and path of each source file.',
    textIn: { command: 'Print lines, percentage, module and path of each source file. With `-c` or `-r`.' },
  },
  /** Print summary and lists whole, however long. Without it a long one is cut: the whole of it is in `coverdir`. */
  fullLists: {
    kind: 'flag',
    defaults: { reporters: false },
    text: 'Print summary and lists whole, however long. Without it a long one is cut: the whole of it is in `coverdir`.',
  },
  /** Put the seconds since the test file began in front of each line of `trace`. */
  timing: {
    kind: 'flag',
    short: 'g',
    group: 'modifiers',
    defaults: { reporters: false, command: false, Trace: false },
    text: 'Put the seconds since the test file began in front of each line of `trace`.',
    textIn: {
      command: 'Put the seconds since the process started in front of each line of `-t`.',
      Trace: 'Put the seconds since the tracer was made in front of each line of `trace`.',
    },
  },
  /** The program is the name of an installed package, of a command that one brings, or of a module. */
  module: {
    kind: 'flag',
    defaults: { command: false },
    text: 'The program is the name of an installed package, of a command that one brings, or of a module.',
  },
  /** Folder that the paths of the sources start at. */
  root: {
    kind: 'text',
    value: 'DIR',
    defaults: { CoverageResults: { follows: 'the current folder' } },
    text: 'Folder that the paths of the sources start at.',
  },
  /** Do not throw `TST_NO_SOURCE` for sources that are gone or have changed. */
  ignoreMissingFiles: {
    kind: 'flag',
    defaults: { writeResults: false },
    text: 'Do not throw `TST_NO_SOURCE` for sources that are gone or have changed.',
  },
} as const

/**
 * Every option once. Command line, help, reporters, `TSTRACE`, `tstrace.config.*`, the programming interface, their types and
 * checks, the cache keys of the runners and the tables of the documentation all follow from these rows; `OptionRow` says what
 * a row can say. The comment of a row is its text: editors show it to people who write options.
 */
export const OPTIONS: typeof RUN_OPTIONS & typeof SOURCE_OPTIONS & typeof QUESTION_OPTIONS = {
  ...RUN_OPTIONS,
  ...SOURCE_OPTIONS,
  ...QUESTION_OPTIONS,
}
