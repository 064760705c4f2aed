import { realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Recording } from '@tstrace/questions'
import { complaint, printableLines } from '@tstrace/results/printable'
import {
  changeOfFiles,
  changeSince,
  evidenceOf,
  recordingsBeside,
  type Selection,
  selectionText,
  selectTests,
  unrelatedBy,
} from '@tstrace/select'
import { AdvisingParser, adviseAmong } from './arguments/advising-parser.ts'
import { loadRecording } from './questions/load-recording.ts'

/** What all paths have, on a line. */
const EVERY_TEST_FILE = '.\n'

interface Asked {
  readonly since?: string
  readonly files?: readonly string[]
  readonly recordings: readonly string[]
  readonly unrelated: readonly string[]
  readonly label: readonly string[]
  readonly json: boolean
}

export interface Selected {
  /** For standard output: paths, one on each line. */
  readonly printed: string
  /** For standard error, a line each. */
  readonly said: readonly string[]
}

/**
 * What `tstrace select --since main` does: names the test files that a change needs. An error prints what is every test file, so that a
 * runner that reads it does not run nothing.
 *
 * @param words behind `select`
 * @throws TstraceError what `loadRecording` throws
 */
export async function select(words: readonly string[]): Promise<Selected> {
  const parser = parserOf()
  const asked = parser.parse_args([...words]) as Asked
  if ((asked.since === undefined) === (asked.files === undefined))
    parser.error('give one of --since and --files: what was changed since a commit, or a list of files')
  try {
    return await selected(asked)
  } catch (error) {
    if (!asked.json) process.stdout.write(printableLines(EVERY_TEST_FILE))
    throw error
  }
}

async function selected(asked: Asked): Promise<Selected> {
  const root = realpathSync(process.cwd())
  const { problems, recordings } = await recordingsOf(asked, root)
  const change =
    asked.since === undefined ? changeOfFiles(root, asked.files ?? []) : changeSince(root, asked.since)
  const named = recordings.map((recording) => ({
    name: recording.file,
    path: resolve(root, recording.file),
    recording,
  }))
  const isUnrelated = unrelatedBy(
    root,
    asked.unrelated,
    named.map(({ path }) => dirname(path)),
  )
  const evidence = evidenceOf(named)
  const selection = selectTests({ evidence, change, node: process.versions.node, isUnrelated })
  const said = [...problems.map(complaint), ...selectionText(selection)]
  if (asked.json) return { printed: `${jsonOf(selection)}\n`, said: problems.map(complaint) }
  const isJest = recordings.every(({ runs }) => runs.every(({ runner }) => runner.startsWith('jest ')))
  return { printed: printedFiles(selection, isJest), said }
}

/**
 * Its errors go to a runner, too: a mistake must not run nothing. That it is one is said on standard error, and by the status.
 */
class SelectParser extends AdvisingParser {
  override error(message: string): never {
    process.stdout.write(printableLines(EVERY_TEST_FILE))
    return super.error(message)
  }
}

/** Several are not added up: of each test file the latest one counts. */
async function recordingsOf(
  asked: Asked,
  root: string,
): Promise<{ recordings: Recording[]; problems: string[] }> {
  const { label } = asked
  const load = (files: readonly string[]) =>
    Promise.all(files.map((file) => loadRecording({ file: [file], label })))
  const given =
    asked.recordings.length > 0 ? await load(asked.recordings) : [await loadRecording({ file: [], label })]
  const earlier = await load(
    given.flatMap(({ recording }) => recordingsBeside(resolve(root, recording.file))),
  )
  const loaded = [...given, ...earlier]
  return {
    recordings: loaded.map(({ recording }) => recording),
    problems: loaded.flatMap((one) => one.problems),
  }
}

/**
 * What runners take for test files. Where everything runs it is what all paths have. Jest reads patterns, in which brackets of
 * a path are not themselves.
 */
function printedFiles({ everything, selected }: Selection, isJest: boolean): string {
  if (everything.length > 0) return EVERY_TEST_FILE
  const paths = [...new Set(selected.map(({ file }) => file))]
  return paths.map((path) => `${isJest ? path.replaceAll(/[\\^$*+?()[\]{}|]/g, '\\$&') : path}\n`).join('')
}

function jsonOf({ everything, selected, skipped }: Selection): string {
  return JSON.stringify(
    { format: 'tstrace-selection', version: 1, everything, selected, skipped },
    undefined,
    2,
  )
}

function parserOf(): AdvisingParser {
  const parser = new SelectParser(
    {
      prog: 'tstrace select',
      description: 'Names the test files that a change needs, by what was recorded of them.',
      epilog:
        'The files go to standard output, the reasons to standard error. Where nobody can say which are needed, and after an error, what is printed is ".", which is every test file for a runner.',
    },
    adviseAmong(['--since', '--files', '--file', '--unrelated', '--label', '--json', '--help']),
  )
  parser.add_argument('--since', {
    metavar: 'REF',
    help: 'branch or commit: what was changed since what is checked out left it, with what is not committed',
  })
  parser.add_argument('--files', {
    nargs: '+',
    metavar: 'PATH',
    help: 'files that were changed, instead of --since',
  })
  parser.add_argument('-f', '--file', {
    dest: 'recordings',
    action: 'append',
    default: [],
    metavar: 'FILE',
    help: 'recording, or folder of reports, instead of the recording of the last run; of several, each test file goes by the latest one that has it',
  })
  parser.add_argument('--unrelated', {
    action: 'append',
    default: [],
    metavar: 'GLOB',
    help: 'files that no test has to do with, as "docs/**"; can be given several times',
  })
  parser.add_argument('--label', {
    action: 'append',
    default: [],
    metavar: 'KEY=VALUE',
    help: 'only the runs that have this label; can be given several times',
  })
  parser.add_argument('--json', {
    action: 'store_true',
    default: false,
    help: 'answer as JSON, for programs',
  })
  return parser
}
