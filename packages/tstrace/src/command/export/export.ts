import { realpathSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { AskedFormats, leftAlone, noteWritten, othersAmong, tellGithub } from '@tstrace/core/adapter'
import { wordMeant } from '@tstrace/core/options'
import { FORMATS, type FormatName } from '@tstrace/formats'
import { findFunction, findTests, type Recording } from '@tstrace/questions'
import { CoverageResults } from '@tstrace/results'
import { sentenceOf } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'
import { RECORDING } from '@tstrace/results/recording'
import type { OutputFile } from '@tstrace/results/writing'
import { ArgumentTypeError } from 'argparse'
import { AdvisingParser, adviseAmong } from '../arguments/advising-parser.ts'
import { progressLine } from '../progress-line.ts'
import { loadRecording } from '../questions/load-recording.ts'
import { exportedPlace, folderPlace } from './exported-place.ts'

export interface Exported {
  /** What is said of it on standard output; '' for nothing. */
  readonly said: string
  /** The format itself, where it was to go to standard output. */
  readonly output?: OutputFile['text'] | undefined
  /** For standard error, one sentence each. */
  readonly problems: readonly string[]
  /** Whether everything that was asked for is written. */
  readonly isWhole: boolean
}

/** What stands for it in place of a file. */
const STANDARD_OUTPUT = '-'

interface Asked {
  readonly recording?: string
  readonly file: readonly string[]
  readonly formats: readonly FormatName[]
  readonly output?: string
  readonly label: readonly string[]
  readonly test: string
  /** '' for none. */
  readonly around: string
}

/**
 * What `tstrace export RECORDING --format NAME` does: writes what was recorded as files of other tools.
 *
 * @param given words behind `export`
 * @throws TstraceError what `loadRecording`, `findFunction` and `findTests` throw
 */
export async function exportFormats(given: readonly string[]): Promise<Exported> {
  const parser = parserOf()
  const asked = parser.parse_args([...given]) as Asked
  const { around, formats: names, label, output, test } = asked
  const words = [asked.recording ?? [], asked.file].flat()
  if (around !== '' && !names.some(isDrawing))
    parser.error(`argument --function: only ${drawings().join(' and ')} draw what is around a function`)
  if (output === STANDARD_OUTPUT && names.length > 1)
    parser.error('argument -o/--output: - is standard output, which takes one format')
  if (output === undefined && words.length > 1)
    parser.error('argument -o/--output: of several recordings it has to be said where the files go')
  const root = realpathSync(process.cwd())
  const { problems: lacking, recording } = await loadRecording({
    file: words,
    label,
  })
  const formats = new AskedFormats(names)
  await formats.loaded
  const paths = new Set(recording.versions().map(({ path }) => path))
  const results = test === '' ? recording.results() : resultsOfTest(recording, test)
  // Files of tests are known as callers only.
  const keep = (path: string): boolean => paths.has(path)
  const made = formats.make({
    results,
    keep,
    source: (version) => recording.text(version),
    root,
    test,
    ...(around !== '' && { around: findFunction(recording, around) }),
  })
  const { files, problems } = made
  const home = dirname(resolve(root, recording.file))
  const isWhole = files.length >= names.length
  const others = [
    ...lacking,
    ...changed(recording, paths),
    ...problems,
    ...tellGithub(made, { results, keep, root, env: process.env }),
  ]
  if (output === STANDARD_OUTPUT) return { said: '', output: files[0]?.text, problems: others, isWhole }
  const written = writeFiles(files, { output, root, home, file: recording.file, isSeveral: names.length > 1 })
  return {
    said: written.said,
    problems: [...others, ...written.problems],
    isWhole: written.isWhole && isWhole,
  }
}

interface Destination {
  readonly output: string | undefined
  readonly root: string
  /** The folder of the recording. */
  readonly home: string
  /** The recording, from `root`. */
  readonly file: string
  readonly isSeveral: boolean
}

function writeFiles(
  files: readonly OutputFile[],
  { file, home, isSeveral, output, root }: Destination,
): Exported {
  // In a folder of reports a file may be of somebody else, who has not asked for another one in its place.
  const isReports = output === undefined && basename(file) === RECORDING
  const left = isReports ? othersAmong(home, files) : []
  const own = files.filter(({ path }) => !left.includes(path))
  const place =
    output === undefined ? folderPlace(own, home, root) : exportedPlace(own, { output, root, isSeveral })
  const progress = progressLine(process.stderr)
  const failures = place.write(progress.watched(own))
  progress.clear()
  const paths = own.map(({ path }) => path)
  const noted = isReports ? noteWritten(home, paths, true) : []
  return {
    said: failures.length === 0 && own.length > 0 ? place.said : '',
    problems: [...left.map(leftAlone), ...failures.map((error) => sentenceOf(error)), ...noted],
    isWhole: failures.length === 0 && left.length === 0,
  }
}

function resultsOfTest(recording: Recording, test: string): CoverageResults {
  const { contexts } = findTests(recording, test)
  const all = recording.results({ contexts })
  const sum = new CoverageResults()
  for (const context of contexts) sum.update(all.of(context))
  return sum
}

/** Whoever reads a format beside the sources would see other lines. */
function changed({ stateOf, versions }: Recording, paths: ReadonlySet<string>): string[] {
  const now = versions().filter((version) => stateOf(version) !== 'same')
  const [first] = new Set(now.map(({ path }) => path))
  if (first === undefined) return []
  const which =
    now.length === 1 ? `${first} is` : `${now.length} of ${paths.size} sources, ${first} for instance, are`
  return [printable(`${which} not on disk as it was when it ran: the numbers are of the text that ran.`)]
}

function parserOf(): AdvisingParser {
  const names = Object.keys(FORMATS)
  const parser = new AdvisingParser(
    {
      prog: 'tstrace export',
      description: 'Writes what was recorded as files of other tools.',
      epilog: `Formats: ${Object.entries(FORMATS)
        .map(([name, { text }]) => `${name} (${text.replaceAll('`', '').replace(/\.$/, '')})`)
        .join('; ')}. What is in them: docs/reference/formats.md.`,
    },
    adviseAmong(['--file', '--format', '--output', '--test', '--function', '--label', '--help']),
  )
  parser.add_argument('recording', {
    nargs: '?',
    metavar: 'RECORDING',
    help: 'counts file, or folder of reports; without it the recording of the last run',
  })
  parser.add_argument('-f', '--file', {
    action: 'append',
    default: [],
    metavar: 'RECORDING',
    help: 'the same, as questions have it; of several the sum is written',
  })
  parser.add_argument('--format', {
    dest: 'formats',
    action: 'append',
    required: true,
    metavar: 'NAME',
    type: nameIn(names),
    help: 'name of a format; can be given several times',
  })
  parser.add_argument('-o', '--output', {
    metavar: 'OUT',
    help: 'file, folder (of several files, or with / at its end) or - for standard output, instead of the folder of the recording',
  })
  parser.add_argument('--test', {
    default: '',
    metavar: 'TEST',
    help: 'only what a single test did: its name, a part of it, its place as test/a.test.ts:12, or a test file',
  })
  parser.add_argument('--function', {
    dest: 'around',
    default: '',
    metavar: 'FUNCTION',
    help: `draw what is around a function, for ${drawings().join(' and ')}: its name, src/a.ts:name, or a line in it`,
  })
  parser.add_argument('--label', {
    action: 'append',
    default: [],
    metavar: 'KEY=VALUE',
    help: 'only the runs that have this label; can be given several times',
  })
  return parser
}

function drawings(): string[] {
  return (Object.keys(FORMATS) as FormatName[]).filter(isDrawing)
}

function isDrawing(name: FormatName): boolean {
  return 'isDrawing' in FORMATS[name]
}

function nameIn(names: readonly string[]): (text: string) => string {
  return function name(text) {
    if (names.includes(text)) return text
    throw new ArgumentTypeError(`"${text}" is not known. ${wordMeant({ word: text, words: names })}`)
  }
}
