import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { completeOptions } from '@tstrace/core/options'
import type { Recording } from '@tstrace/questions'
import type { SourceVersion } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { RECORDING, readRecording } from '@tstrace/results/recording'
import { textOnDisk, textState } from './text-on-disk.ts'

/** What says which recording is asked. */
interface Which {
  /** A counts file, or an output folder, as typed; undefined for the last run's. */
  readonly file: string | undefined
  readonly label: readonly string[]
}

/**
 * The recording that is asked, with paths as they are from the current folder.
 *
 * @throws TstraceError what `readRecording` throws; `TST_NO_RECORDING` where there is nothing to ask
 */
export function loadRecording({ file, label: labels }: Which): Recording {
  const root = realpathSync(process.cwd())
  const { home = root, path } = file === undefined ? latestFrom(root) : recordingAt(root, file)
  const stored = readRecording(path, { root, home, labels })
  let versions: readonly SourceVersion[] | undefined
  return {
    file: relative(root, path) || path,
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
    `There is no recording: neither here nor in a folder above is there a file ${PLACE}/${RECORDING}. Run the tests with tstrace, or name a counts file, or the folder of a report, with --file.`,
  )
}

/** Of a folder it is the one in it. */
function recordingAt(root: string, word: string): Found {
  const given = resolve(root, word)
  const stat = statSync(given, { throwIfNoEntry: false })
  const path = stat?.isDirectory() ? join(given, RECORDING) : given
  if (existsSync(path)) return { path }
  if (stat ? holdsCounts(given) : /[*?{[]/.test(word)) throw severalFiles(word)
  return { path }
}

function holdsCounts(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.counts(?:\.gz|\.zst)?$/.test(name))
}

/** What shards leave is no recording of its own. */
function severalFiles(word: string): TstraceError {
  const merge = `tstrace merge ${/[^\w./-]/.test(word) ? `'${word}'` : word} -o all.counts`
  return new TstraceError(
    'TST_NO_RECORDING',
    `Questions are asked of one counts file, and ${word} is several. Add them up with \`${merge}\`, and name the sum: -f all.counts.`,
  )
}
