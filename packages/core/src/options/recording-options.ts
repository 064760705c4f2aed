/** Rows of the table of options: what is recorded of a run. */
export const RECORDING_OPTIONS = {
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
  /** Count each way that a branch can take; listings mark with `!` the lines of which one was never taken. */
  branches: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false },
    changesCode: true,
    only: 'program',
    text: 'Count each way that a branch can take; listings mark with `!` the lines of which one was never taken.',
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
  /** Count what runs in Node.js processes and worker threads that tests start, too. */
  children: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false },
    text: 'Count what runs in Node.js processes and worker threads that tests start, too.',
  },
} as const
