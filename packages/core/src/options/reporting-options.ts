import { FORMATS, type FormatName } from '@tstrace/formats'

const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

/** Rows of the table of options: what becomes of what was recorded. */
export const REPORTING_OPTIONS = {
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
    several: ['command', 'questions'],
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
      questions:
        'Counts file that is asked, or a folder of reports, instead of the recording of the last run. It can be given several times, and be a folder of counts files or a glob: their sum is asked.',
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
    defaults: { reporters: 'coverage/tstrace', command: '', questions: 'coverage/tstrace', writeResults: '' },
    text: 'Folder of the listings, the lists and the results file, made when missing.',
    textIn: {
      command:
        'Folder of the listings, the lists and the [results file](results-file.md), made when missing. Without it each listing stands beside its source, and there is nothing else.',
      questions: 'Folder of the page that `html` writes, made when missing.',
      writeResults:
        'Folder of the listings, the lists and the [results file](results-file.md), made when missing. Without it each listing stands beside its source, and there is nothing else.',
    },
  },
  /** Write what was counted as files of other tools, too, by the names of their [formats](formats.md): `lcov`, `istanbul` and more. */
  formats: {
    kind: 'list',
    long: 'format',
    value: 'NAME',
    words: FORMAT_NAMES as readonly FormatName[],
    group: 'modifiers',
    defaults: { reporters: [], command: [] },
    text: 'Write what was counted as files of other tools, too, by the names of their [formats](formats.md): `lcov`, `istanbul` and more.',
    textIn: {
      command:
        'Write what was counted as a file of another tool, too, by the name of its [format](formats.md): `lcov`, `istanbul` and more; can be given several times. Needs `-C`.',
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
      command:
        'With `-r`: end with status 1 when something is missing; report nothing when a file or a shard is not sound.',
    },
  },
  /** Mark executable lines that never ran with `>>>>>> `. */
  missing: {
    kind: 'flag',
    short: 'm',
    group: 'modifiers',
    defaults: { reporters: true, command: false, questions: false, writeResults: true },
    python: { writeResults: 'showMissing' },
    text: 'Mark executable lines that never ran with `>>>>>> `.',
    textIn: { questions: 'Show only which lines never ran, as `src/a.ts:40,52-58`.' },
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
  /** End the summary with a row for all sources together. */
  total: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false },
    needs: 'summary',
    text: 'End the summary with a row for all sources together.',
  },
  /** Put the lines that never ran behind each row of the summary, as `40, 52-58`. */
  ranges: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false },
    needs: 'summary',
    text: 'Put the lines that never ran behind each row of the summary, as `40, 52-58`.',
  },
  /** Fail when less than this percentage of all lines ran. */
  failUnder: {
    kind: 'percent',
    value: 'PERCENT',
    group: 'modifiers',
    defaults: { reporters: 0, command: 0 },
    text: 'Fail when less than this percentage of all lines ran.',
    textIn: { command: 'End with status 3 when less than this percentage of all lines ran.' },
  },
  /** Fail when less than this percentage of the lines of any source ran. */
  failUnderFile: {
    kind: 'percent',
    value: 'PERCENT',
    group: 'modifiers',
    defaults: { reporters: 0, command: 0 },
    text: 'Fail when less than this percentage of the lines of any source ran.',
    textIn: { command: 'The same of the lines of any source.' },
  },
  /** Print summary and lists whole, however long. Without it a long one is cut: the whole of it is in `coverdir`. */
  fullLists: {
    kind: 'flag',
    defaults: { reporters: false },
    text: 'Print summary and lists whole, however long. Without it a long one is cut: the whole of it is in `coverdir`.',
  },
  /** Write one page, `index.html`, into `coverdir`: counts, calls and tests to look at in a browser. */
  html: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false, questions: false, writeResults: false },
    needs: 'coverdir',
    text: 'Write one page, `index.html`, into `coverdir`: counts, calls and tests to look at in a browser.',
    textIn: {
      questions:
        'Write the answer as [one page](../guides/compare.md#as-a-page), `diff.html`, into `coverdir`, too: sources with both numbers of each line, to look at in a browser.',
    },
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
} as const
