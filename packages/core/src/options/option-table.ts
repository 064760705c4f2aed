import type { TstraceOptions } from './tstrace-options.ts'

type NamesOf<Value> = {
  [Name in keyof TstraceOptions]: TstraceOptions[Name] extends Value ? Name : never
}[keyof TstraceOptions]

interface Words {
  /** Long form on a command line, without `--`. */
  readonly long: string
  /** Short form on a command line, without `-`. */
  readonly short?: string
  /** One sentence for the documentation. */
  readonly text: string
}

export interface FlagRow extends Words {
  readonly kind: 'flag'
  readonly name: NamesOf<boolean>
  readonly fallback: boolean
  /** What a test runner's reporter starts from, where it differs from `fallback`. */
  readonly inReporters?: boolean
}

export interface TextRow extends Words {
  readonly kind: 'text'
  readonly name: NamesOf<string>
  readonly value: string
  readonly fallback: string
  readonly inReporters?: string
}

export interface ListRow extends Words {
  readonly kind: 'list'
  readonly name: NamesOf<readonly string[]>
  readonly value: string
  /** What divides several values in one string; none where each value needs its own option. */
  readonly divider?: 'comma' | 'path delimiter'
}

/** A flag that can also have one of some values. */
export interface ChoiceRow extends Words {
  readonly kind: 'choice'
  readonly name: 'trace'
  readonly fallback: boolean
  readonly inReporters?: boolean
  readonly choices: readonly string[]
}

export type OptionRow = FlagRow | TextRow | ListRow | ChoiceRow

/** Every option once: its name in objects, its form on a command line, its default. */
export const OPTION_TABLE: readonly OptionRow[] = [
  {
    kind: 'flag',
    name: 'count',
    long: 'count',
    short: 'c',
    fallback: false,
    inReporters: true,
    text: 'Count how often each line runs and write one `.cover` listing per source file.',
  },
  {
    kind: 'flag',
    name: 'missing',
    long: 'missing',
    short: 'm',
    fallback: false,
    inReporters: true,
    text: 'Mark executable lines that never ran with `>>>>>> `.',
  },
  {
    kind: 'flag',
    name: 'summary',
    long: 'summary',
    short: 's',
    fallback: false,
    inReporters: true,
    text: 'Print lines, percentage, module and path of each source file.',
  },
  {
    kind: 'choice',
    name: 'trace',
    long: 'trace',
    short: 't',
    choices: ['stdout'],
    fallback: false,
    text: 'Show each line before it runs: in one `.trace` file per test file, or with `stdout` on standard output.',
  },
  {
    kind: 'flag',
    name: 'timing',
    long: 'timing',
    short: 'g',
    fallback: false,
    text: 'Put the seconds since the test file began in front of each line of `trace`.',
  },
  {
    kind: 'flag',
    name: 'listfuncs',
    long: 'listfuncs',
    short: 'l',
    fallback: false,
    text: 'Print the functions that were called at least once.',
  },
  {
    kind: 'flag',
    name: 'trackcalls',
    long: 'trackcalls',
    short: 'T',
    fallback: false,
    text: 'Print which function called which.',
  },
  {
    kind: 'text',
    name: 'coverdir',
    long: 'coverdir',
    short: 'C',
    value: 'DIR',
    fallback: '',
    inReporters: 'coverage/tstrace',
    text: 'Folder of the listings and of the results file, made when missing.',
  },
  {
    kind: 'text',
    name: 'file',
    long: 'file',
    short: 'f',
    value: 'FILE',
    fallback: '',
    text: 'Counts file to which the run is added; made when missing.',
  },
  {
    kind: 'flag',
    name: 'noReport',
    long: 'no-report',
    short: 'R',
    fallback: false,
    text: 'Write no listings and print nothing; `file` is still updated.',
  },
  {
    kind: 'list',
    name: 'label',
    long: 'label',
    value: 'KEY=VALUE',
    text: 'What sets the run apart from others whose counts are merged with it, as `os=linux`.',
  },
  {
    kind: 'list',
    name: 'ignoreModule',
    long: 'ignore-module',
    value: 'MODS',
    divider: 'comma',
    text: 'Modules to leave alone, by dotted name from the project root; a name covers what is below it.',
  },
  {
    kind: 'list',
    name: 'ignoreDir',
    long: 'ignore-dir',
    value: 'DIRS',
    divider: 'path delimiter',
    text: 'Folders to leave alone, with everything below them.',
  },
  {
    kind: 'list',
    name: 'include',
    long: 'include',
    value: 'GLOB',
    text: 'Trace only files that match one of these globs.',
  },
  {
    kind: 'list',
    name: 'exclude',
    long: 'exclude',
    value: 'GLOB',
    text: 'Leave files alone that match one of these globs.',
  },
  {
    kind: 'flag',
    name: 'all',
    long: 'all',
    fallback: false,
    text: 'Also list the source files that nobody loaded, all lines missing; needs `include`.',
  },
  {
    kind: 'flag',
    name: 'listTests',
    long: 'list-tests',
    fallback: false,
    text: 'Also count and list the files that hold the tests.',
  },
  {
    kind: 'flag',
    name: 'debug',
    long: 'debug',
    fallback: false,
    text: 'Say for each file whether it is traced, and why.',
  },
]
