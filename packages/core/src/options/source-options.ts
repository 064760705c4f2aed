/** Rows of the table of options: which sources are meant. */
export const SOURCE_OPTIONS = {
  /** Modules to leave alone, by dotted name from the project root; a name covers what is below it. */
  ignoreModule: {
    kind: 'list',
    value: 'IGNORE_MODULE',
    divider: 'comma',
    group: 'filters',
    defaults: { reporters: [], command: [], Trace: [] },
    python: { Trace: 'ignoremods' },
    changesCode: true,
    text: 'Modules to leave alone, by dotted name from the project root; a name covers what is below it.',
    textIn: {
      command:
        'Modules to leave alone, divided by commas: dotted names from the folder tstrace was started in; a name covers what is below it.',
      Trace:
        'Modules to leave alone, by dotted name from the current folder; a name covers what is below it.',
    },
  },
  /** Folders to leave alone, with everything below them. */
  ignoreDir: {
    kind: 'list',
    value: 'IGNORE_DIR',
    divider: 'path delimiter',
    group: 'filters',
    defaults: { reporters: [], command: [], Trace: [] },
    python: { Trace: 'ignoredirs' },
    changesCode: true,
    text: 'Folders to leave alone, with everything below them.',
    textIn: {
      command:
        'Folders to leave alone, divided as the system divides paths (`:`, on Windows `;`). Variables of the environment and `~` are replaced; `$prefix` is where Node.js keeps globally installed packages.',
    },
  },
  /** Trace only files that match one of these globs. */
  include: {
    kind: 'list',
    value: 'GLOB',
    group: 'filters',
    defaults: { reporters: [], command: [], Trace: [] },
    changesCode: true,
    only: 'program',
    text: 'Trace only files that match one of these globs.',
  },
  /** Leave files alone that match one of these globs. */
  exclude: {
    kind: 'list',
    value: 'GLOB',
    group: 'filters',
    defaults: { reporters: [], command: [], Trace: [] },
    changesCode: true,
    only: 'program',
    text: 'Leave files alone that match one of these globs.',
  },
  /** Also list the source files that `include` names and nobody loaded, all lines missing. */
  all: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false, questions: false },
    needs: 'include',
    only: 'program',
    text: 'Also list the source files that `include` names and nobody loaded, all lines missing.',
    textIn: {
      command: 'Also list the source files that `--include` names and nobody loaded, all lines missing.',
      questions: 'Show all of the answer: without it, what comes behind its first 40 lines is left out.',
    },
  },
  /** Also count and list the files that hold the tests. */
  listTests: {
    kind: 'flag',
    defaults: { reporters: false },
    changesCode: true,
    text: 'Also count and list the files that hold the tests.',
  },
  /** Say for each file whether it is traced, and why. */
  debug: {
    kind: 'flag',
    group: 'modifiers',
    defaults: { reporters: false, command: false },
    only: 'program',
    text: 'Say for each file whether it is traced, and why.',
    textIn: {
      command:
        'Say for each file whether it is traced, and why: on standard error, when the program has ended.',
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
