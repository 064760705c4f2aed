import { existsSync } from 'node:fs'
import {
  completeOptions,
  isListAt,
  lackingOption,
  type NamedRow,
  nearestName,
  type OptionsAt,
  optionMeant,
  refusesEmpty,
  rowsAt,
  textAt,
} from '@tstrace/core/options'
import { type ArgumentGroup, type ArgumentParser, SUPPRESS } from 'argparse'
import { QUESTION_NAMES } from '../questions/question-names.ts'
import { AdvisingParser, unknownLong } from './advising-parser.ts'
import { expandFolder } from './expand-folder.ts'
import { optionAction, optionHelp, optionNames } from './option-argument.ts'

/** A command line of `tstrace`, checked: the options that hold there, and what is to run. */
export interface Arguments extends OptionsAt<'command'> {
  /** As typed; '' where a report needs none. */
  readonly program: string
  /** What the program gets. */
  readonly programArguments: readonly string[]
}

/** What was given, options by their names. */
interface Parsed {
  readonly progname?: string
  readonly arguments?: readonly string[]
  readonly [option: string]: unknown
}

const ROWS = rowsAt('command')

/**
 * Reads a command line as Python's `trace` does; a wrong one ends the process with usage, one sentence, and status 2.
 *
 * @param words without the name of Node and of this program
 */
export function parseArguments(words: readonly string[], version: string): Arguments {
  const parser = parserOf(version)
  const parsed = { ...(parser.parse_args([...words]) as Parsed) }
  const { arguments: programArguments = [], progname: program = '', ...given } = parsed
  const options = completeOptions<'command'>(given, 'command')
  const problem = problemOf(options, given) ?? (options.report || program ? undefined : NO_PROGRAM)
  if (problem) parser.error(problem === NO_MAIN ? `${problem}${commandMeant(program)}` : problem)
  return {
    ...options,
    ignoreDir: options.ignoreDir.map(expandFolder),
    program,
    programArguments: programArguments[0] === '--' ? programArguments.slice(1) : programArguments,
  }
}

const NO_MAIN = 'must specify one of --trace, --count, --report, --listfuncs, or --trackcalls'
const NO_PROGRAM = 'progname is missing: required with the main options'

/** Those that stand alone, and options that do something alone or say what is done: `tstrace report` is meant for one. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...['export', 'merge', 'explain', ...QUESTION_NAMES].map((name) => [name, name] as const),
  ...ROWS.filter(({ group, name }) => group === 'main' || name === 'report').map(
    ({ long }) => [long, `--${long}`] as const,
  ),
  // Nearer than `tests` to what fingers make of it.
  ['test', 'tests'],
  ...['help', 'version'].map((name) => [name, `--${name}`] as const),
])

/** What is no program may be another command, written wrongly. */
function commandMeant(word: string): string {
  if (word === '' || existsSync(word)) return ''
  const name = nearestName(word, [...COMMANDS.keys()])
  return name === undefined ? '' : `. Did you mean "tstrace ${COMMANDS.get(name)}"?`
}

/** In the order in which Python looks at them. */
function problemOf(options: OptionsAt<'command'>, given: Parsed): string | undefined {
  const { count, file, listfuncs, report, summary, trace, trackcalls } = options
  const misplaced = ROWS.find(({ name, only }) => name in given && only === (report ? 'program' : 'report'))
  if (report) {
    if (file.length === 0) return '-r/--report requires -f/--file'
    return misplaced ? `--${misplaced.long} cannot be used with --report` : lackingIn(options)
  }
  if (!(trace || count || listfuncs || trackcalls)) return NO_MAIN
  if (listfuncs && (count || trace)) return 'cannot specify both --listfuncs and (--trace or --count)'
  if (summary && !count) return '--summary can only be used with --count or --report'
  if (file.length > 1) return '-f/--file can be given several times only with --report'
  if (misplaced) return `--${misplaced.long} can only be used with --report`
  const empty = ROWS.find((row) => refusesEmpty(row) && [given[row.name]].flat().includes(''))
  if (empty) return `argument --${empty.long}: expected a value that is not empty`
  return lackingIn(options)
}

function lackingIn(options: OptionsAt<'command'>): string | undefined {
  const lacking = lackingOption(options, 'command')
  return lacking ? `--${lacking.long} requires --${lacking.needs}` : withoutFolder(options)
}

/** Files of other tools are no listings that could stand beside their sources. */
function withoutFolder({ coverdir, formats }: OptionsAt<'command'>): string | undefined {
  return formats.length > 0 && coverdir === '' ? '--format requires -C/--coverdir' : undefined
}

function parserOf(version: string): ArgumentParser {
  const parser = new AdvisingParser(
    {
      prog: 'tstrace',
      description:
        'Runs a Node.js program and says how often each line ran, or shows the lines while they run.',
      epilog:
        'Listings stand beside their sources unless -C names a folder: put *.cover, or that folder, into .gitignore. ' +
        '`tstrace merge FILE … -o OUT` adds counts files up. `tstrace export --format NAME` writes files of other tools. `tstrace explain FILE` shows of each line of a source by ' +
        'which rule it counts. Questions about the last run that was recorded, each with its own --help: ' +
        `${QUESTION_NAMES.map((name) => `\`tstrace ${name}\``).join(', ')}.`,
      argument_default: SUPPRESS,
    },
    (message) => {
      const given = unknownLong(message)
      return given && optionMeant({ given, at: 'command', written: ({ long }) => `--${long}` })
    },
  )
  parser.add_argument('--version', { action: 'version', version: `tstrace ${version}` })
  const groups = {
    main: parser.add_argument_group({
      title: 'Main options',
      description: 'At least one of these, or --report.',
    }),
    modifiers: parser.add_argument_group({ title: 'Modifiers' }),
    filters: parser.add_argument_group({ title: 'Filters', description: 'Can be given several times.' }),
  }
  const exclusive = new Map<string, Adds>()
  for (const row of ROWS) addOption(row, row.group ? groups[row.group] : parser, exclusive)
  parser.add_argument('progname', { nargs: '?', help: 'the program: JavaScript or TypeScript' })
  parser.add_argument('arguments', { nargs: '...', help: 'what the program gets' })
  return parser
}

type Adds = Pick<ArgumentGroup, 'add_argument'>

/** What can be given instead of one another is in one group, which has the name of one of them. */
function addOption(row: NamedRow, group: ArgumentParser | ArgumentGroup, exclusive: Map<string, Adds>): void {
  const pair = row.notBeside ?? (ROWS.some(({ notBeside }) => notBeside === row.name) ? row.name : undefined)
  let to: Adds = group
  if (pair !== undefined) {
    to = exclusive.get(pair) ?? group.add_mutually_exclusive_group()
    exclusive.set(pair, to)
  }
  to.add_argument(...optionNames(row), {
    dest: row.name,
    help: optionHelp(textAt(row, 'command')),
    ...optionAction(row, isListAt(row, 'command')),
  })
}
