import { delimiter } from 'node:path'
import { type ArgumentGroup, ArgumentParser } from 'argparse'
import { expandFolder } from './expand-folder.ts'

/** A command line of `tstrace`, checked. */
export interface Arguments {
  readonly count: boolean
  readonly trace: boolean
  readonly listfuncs: boolean
  readonly trackcalls: boolean
  readonly report: boolean
  readonly noReport: boolean
  /** Counts files, as typed; one at most where a program runs. */
  readonly file: readonly string[]
  /** What sets this run apart; of a report, what the runs must have. */
  readonly label: readonly string[]
  /** Whether anything unsound ends a report with status 1. */
  readonly strict: boolean
  /** Folder of the listings; '' for the folder of each source. */
  readonly coverdir: string
  readonly missing: boolean
  readonly summary: boolean
  readonly timing: boolean
  readonly ignoreModule: readonly string[]
  readonly ignoreDir: readonly string[]
  /** Whether `program` is the name of a package or of a command that one brings. */
  readonly module: boolean
  /** As typed; '' where a report needs none. */
  readonly program: string
  /** What the program gets. */
  readonly programArguments: readonly string[]
}

/** Flags whose order and names are Python's; those with a value follow. */
interface Parsed {
  readonly count: boolean
  readonly trace: boolean
  readonly listfuncs: boolean
  readonly trackcalls: boolean
  readonly report: boolean
  readonly no_report: boolean
  readonly file: readonly string[]
  readonly label: readonly string[]
  readonly strict: boolean
  readonly coverdir: string | null
  readonly missing: boolean
  readonly summary: boolean
  readonly timing: boolean
  readonly ignore_module: readonly string[]
  readonly ignore_dir: readonly string[]
  readonly module: boolean
  readonly progname: string | null | undefined
  readonly arguments: readonly string[]
}

/**
 * Reads a command line as Python's `trace` does; a wrong one ends the process with usage, one sentence, and status 2.
 *
 * @param words without the name of Node and of this program
 */
export function parseArguments(words: readonly string[], version: string): Arguments {
  const parser = parserOf(version)
  const parsed = parser.parse_args([...words]) as Parsed
  const problem = problemOf(parsed)
  if (problem) parser.error(problem)
  const { count, coverdir, file, label, listfuncs, missing, module, report, strict, summary, timing } = parsed
  const { trace, trackcalls } = parsed
  return {
    count,
    trace,
    listfuncs,
    trackcalls,
    report,
    noReport: parsed.no_report,
    file,
    label,
    strict,
    coverdir: coverdir ?? '',
    missing,
    summary,
    timing,
    ignoreModule: divided(parsed.ignore_module, ','),
    ignoreDir: divided(parsed.ignore_dir, delimiter).map(expandFolder),
    module,
    program: parsed.progname ?? '',
    programArguments: parsed.arguments[0] === '--' ? parsed.arguments.slice(1) : parsed.arguments,
  }
}

/** In the order in which Python looks at them. */
function problemOf(parsed: Parsed): string | undefined {
  const { count, file, listfuncs, progname, report, strict, summary, trace, trackcalls } = parsed
  if (report) return file.length > 0 ? undefined : '-r/--report requires -f/--file'
  if (!(trace || count || listfuncs || trackcalls))
    return 'must specify one of --trace, --count, --report, --listfuncs, or --trackcalls'
  if (listfuncs && (count || trace)) return 'cannot specify both --listfuncs and (--trace or --count)'
  if (summary && !count) return '--summary can only be used with --count or --report'
  if (file.length > 1) return '-f/--file can be given several times only with --report'
  if (strict) return '--strict can only be used with --report'
  return progname ? undefined : 'progname is missing: required with the main options'
}

function divided(values: readonly string[], divider: string): string[] {
  return values
    .flatMap((value) => value.split(divider))
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

function parserOf(version: string): ArgumentParser {
  const parser = new ArgumentParser({
    prog: 'tstrace',
    description:
      'Runs a Node.js program and says how often each line ran, or shows the lines while they run.',
    epilog:
      '`tstrace merge FILE … -o OUT` adds counts files up. `tstrace explain FILE` shows of each line of a source by ' +
      'which rule it counts.',
  })
  parser.add_argument('--version', { action: 'version', version: `tstrace ${version}` })
  mainOptions(
    parser.add_argument_group({
      title: 'Main options',
      description: 'At least one of these, or --report.',
    }),
  )
  modifiers(parser.add_argument_group({ title: 'Modifiers' }))
  filters(parser.add_argument_group({ title: 'Filters', description: 'Can be given several times.' }))
  flag(parser, ['--module'], 'PROGNAME is a package, or a command that a package brings')
  parser.add_argument('progname', { nargs: '?', help: 'the program: JavaScript or TypeScript' })
  parser.add_argument('arguments', { nargs: '...', help: 'what the program gets' })
  return parser
}

function mainOptions(group: ArgumentGroup): void {
  flag(
    group,
    ['-c', '--count'],
    'count how often each line runs, and write a listing MODULE.cover per source',
  )
  flag(group, ['-t', '--trace'], 'print each line before it runs')
  flag(group, ['-l', '--listfuncs'], 'list the functions that were called; not with --count or --trace')
  flag(group, ['-T', '--trackcalls'], 'list which function called which')
}

function modifiers(group: ArgumentGroup): void {
  const one = group.add_mutually_exclusive_group()
  flag(one, ['-r', '--report'], 'run nothing: report what is in the counts files given by --file')
  flag(one, ['-R', '--no-report'], 'write no report; the counts file is still updated')
  group.add_argument('-f', '--file', {
    action: 'append',
    default: [],
    help: 'counts file to which the run is added; with --report also several, folders of them, and globs',
  })
  group.add_argument('-C', '--coverdir', {
    help: 'folder of the listings, made when missing; without it each stands beside its source',
  })
  group.add_argument('--label', {
    action: 'append',
    default: [],
    metavar: 'KEY=VALUE',
    help: 'what sets the run apart from others in FILE, as os=linux; with --report, the runs to report',
  })
  flag(group, ['--strict'], 'with --report: end with status 1 when a counts file or a shard is not sound')
  flag(group, ['-m', '--missing'], 'mark lines that never ran with ">>>>>> "')
  flag(group, ['-s', '--summary'], 'print a table of the sources; with --count or --report')
  flag(group, ['-g', '--timing'], 'put the seconds since the start in front of each line of --trace')
}

function filters(group: ArgumentGroup): void {
  group.add_argument('--ignore-module', {
    action: 'append',
    default: [],
    help: 'modules to leave alone, divided by commas: dotted names, each with what is below it',
  })
  group.add_argument('--ignore-dir', {
    action: 'append',
    default: [],
    help: `folders to leave alone, divided by "${delimiter}"`,
  })
}

function flag(group: Pick<ArgumentGroup, 'add_argument'>, names: readonly string[], help: string): void {
  group.add_argument(...(names as [string, string]), { action: 'store_true', help })
}
