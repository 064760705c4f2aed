import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { completeOptions } from '@tstrace/core/options'
import type { Recording } from '@tstrace/questions'
import type { SourceVersion } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { RECORDING, readRecording, type Recording as StoredRecording } from '@tstrace/results/recording'
import { textOnDisk, textState } from './text-on-disk.ts'

/** What says which recording is asked. */
interface Which {
  /** Counts files, output folders, folders of counts files and globs, as typed; none or undefined for the last run's. */
  readonly file: readonly string[] | undefined
  readonly label: readonly string[]
}

/** What is asked, and one sentence for each counts file, or part of a run, that is missing from it. */
interface Loaded {
  readonly recording: Recording
  readonly problems: readonly string[]
}

/**
 * The recording that is asked, with paths as they are from the current folder.
 *
 * @throws TstraceError what `readRecording` and `sumCounts` throw; `TST_NO_RECORDING` where there is nothing to ask
 */
export async function loadRecording({ file: words = [], label: labels }: Which): Promise<Loaded> {
  const root = realpathSync(process.cwd())
  const [word, ...others] = words
  const found = word === undefined ? latestFrom(root) : others.length === 0 && recordingAt(root, word)
  if (found) {
    const { home = root, path } = found
    const stored = readRecording(path, { root, home, labels })
    return { recording: placedHere(stored, { file: relative(root, path) || path, root }), problems: [] }
  }
  // Adding up is a part of the command that most questions do without.
  const { sumCounts } = await import('../counts/sum-counts.ts')
  const name = words.join(' and ')
  const sum = await sumCounts(words, root, (path) => readRecording(path, { root, labels, name }))
  return { recording: placedHere(sum.value, { file: name, root }), problems: sum.problems }
}

function placedHere(stored: StoredRecording, { file, root }: { file: string; root: string }): Recording {
  let versions: readonly SourceVersion[] | undefined
  return {
    file,
    runs: stored.runs,
    labels: stored.labels,
    contexts: () => stored.contexts(),
    versions: () => {
      versions ??= stored.versions()
      return versions
    },
    results: (wanted) => stored.results(wanted),
    // Counts that were kept without reports, and sums of them, have no texts.
    text: (version) => stored.text(version) ?? textOnDisk(root, version),
    stateOf: (version) => textState(root, version),
  }
}

/** Whether something has that name, be it nothing that can be read: then that is to be said, and no other recording asked. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR'
  }
}

/** Absolute paths. */
interface Found {
  readonly path: string
  /** The folder of the project, where that is known. */
  readonly home?: string
}

/** Where the runners leave what they print unless they are told otherwise. */
const PLACE = completeOptions<'reporters'>({}, 'reporters').coverdir

/** The recording of the last run in a folder, or in the nearest above it that has one. */
function latestFrom(root: string): Found {
  for (let folder = root; ; folder = dirname(folder)) {
    const path = join(folder, PLACE, RECORDING)
    if (isThere(path)) return { path, home: folder }
    if (folder === dirname(folder)) break
  }
  throw new TstraceError(
    'TST_NO_RECORDING',
    `There is no recording: neither here nor in a folder above is there a file ${PLACE}/${RECORDING}. ${adviceFor(root)}`,
  )
}

/** Where packages of a repository have theirs. */
function adviceFor(root: string): string {
  const below = recordingsBelow(root, 3)
  const [first] = below
  if (first === undefined)
    return 'Run the tests with tstrace, or name a counts file, or the folder of a report, with --file.'
  const shown = below.slice(0, MOST_NAMED).join(', ')
  const more = below.length > MOST_NAMED ? `, and ${below.length - MOST_NAMED} more` : ''
  return `Folders below have ${below.length === 1 ? 'one' : `${below.length}`}: ${shown}${more}. Name one with --file ${first}.`
}

const MOST_NAMED = 5

/** Folders of reports, from `root`, at most so many folders deep. */
function recordingsBelow(root: string, depth: number, from = ''): string[] {
  const here = from === '' ? '' : `${from}/`
  if (here !== '' && isThere(join(root, here, PLACE, RECORDING))) return [`${here}${PLACE}`]
  if (depth === 0) return []
  return foldersIn(join(root, from)).flatMap((name) => recordingsBelow(root, depth - 1, `${here}${name}`))
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const isWanted = (name: string): boolean => name !== 'node_modules' && !name.startsWith('.')
    return entries
      .flatMap((entry) => (entry.isDirectory() && isWanted(entry.name) ? [entry.name] : []))
      .sort()
  } catch {
    return []
  }
}

/** Of a folder it is the one in it; undefined for a folder of counts files, and for a glob. */
function recordingAt(root: string, word: string): Found | undefined {
  const given = resolve(root, word)
  const stat = statSync(given, { throwIfNoEntry: false })
  const path = stat?.isDirectory() ? join(given, RECORDING) : given
  if (existsSync(path)) return { path }
  if (stat ? holdsCounts(given) : /[*?{[]/.test(word)) return undefined
  return { path }
}

function holdsCounts(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.counts(?:\.gz|\.zst)?$/.test(name))
}
