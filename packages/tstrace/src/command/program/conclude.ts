import { resolve } from 'node:path'
import {
  AskedFormats,
  belowThresholds,
  findSources,
  nothingKept,
  unmatchedFilters,
  type Verdict,
  verdictLines,
  WorkerFiles,
  whereCounts,
  withoutLikes,
} from '@tstrace/core/adapter'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { readVerdicts, type TracedProcesses } from '@tstrace/node'
import { CoverageResults } from '@tstrace/results'
import {
  type Accumulated,
  accumulate,
  type CountsData,
  hasLabels,
  identifyProject,
  labelText,
  mergedResults,
  sumLabelled,
} from '@tstrace/results/counts-file'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { linesFor, screenOf } from '@tstrace/results/screen'
import { thisRun } from '../../this-run.ts'
import { GLOBAL_PACKAGES } from '../arguments/expand-folder.ts'
import type { Arguments } from '../arguments/parse-arguments.ts'
import { collectCounts } from '../counts/collect-counts.ts'
import { countsInputs } from '../counts/counts-inputs.ts'
import { refuseUnknownLabels } from '../counts/refuse-unknown-labels.ts'
import { progressLine } from '../progress-line.ts'
import { written } from '../written.ts'
import { type ProgramReport, writeProgramReport } from './write-program-report.ts'

/** A command line, and the absolute path of the folder that names are relative to. */
export type Asked = Arguments & { readonly root: string }

/** How a program ran. */
export interface Ran {
  readonly orders: TracedProcesses['orders']
  /** The signal that ended the program, if one did. */
  readonly signal: NodeJS.Signals | null
  /** Absolute path of the folder of the run; undefined where there was an obstacle to making one. */
  readonly folder: string | undefined
  /** As a sentence. */
  readonly obstacle: string | undefined
}

/** Of a command that did what it was told, but less has run than `--fail-under` or `--fail-under-file` asks for. */
const BELOW = 3

/**
 * Adds what a program left in the folder of its run to the counts file, and reports.
 *
 * @returns the exit status that is due to that: 1 where something could not be written
 */
export async function conclude(asked: Asked & Ran): Promise<number> {
  const { branches, folder, obstacle, root, signal, trackcalls: calls } = asked
  if (folder === undefined) return concludeWithout(asked, obstacle ?? '')
  const verdicts = readVerdicts(folder)
  const unloaded = asked.all ? await includedSources(asked, verdicts) : []
  const files = new WorkerFiles(folder)
  const { losses, problems, results } = collectCounts(files, { root, branches, calls, signal, unloaded })
  const known = results.sources().map(({ path }) => path)
  // Nobody has written where Node's own packages are, so nobody can have mistyped it.
  const ignoreDir = asked.ignoreDir.filter((path) => path !== GLOBAL_PACKAGES)
  const unmatched = await unmatchedFilters({ root, options: { ...asked, ignoreDir }, known })
  const said = [...(asked.debug ? linesOf(verdicts, root) : []), ...problems, ...unmatched]
  const [file] = asked.file
  const sum = file === undefined ? undefined : added({ results, losses, asked, file }, said)
  const isAdded = file === undefined || sum?.leftOut.length === 0
  if (asked.noReport) {
    const isKept = file !== undefined || asked.debug || !(asked.count || asked.listfuncs || calls)
    const below = belowThresholds(sum?.results ?? results, asked, () => true)
    await say([], [...said, ...(isKept ? [] : [nothingKept('-R', '-f FILE')]), ...below])
    return statusOf(isAdded, below)
  }
  const ran = new Set(results.sources().map(({ path }) => path))
  const where = whereCounts(sum ? (file as string) : '')
  const askedFormats = await loadedFormats(asked)
  const progress = progressLine(process.stderr)
  const report = writeProgramReport(sum?.results ?? results, {
    ...asked,
    watched: progress.watched,
    askedFormats,
    where,
    data: () => sum?.data ?? ownData({ results, losses, asked }),
    addedTo: file ?? '',
    screen: screenOf(process.stdout, { env: process.env }),
    beside: (path) => ran.has(path),
  })
  progress.clear()
  await say(report.text, [...said, ...report.problems, ...besideSources(report), ...report.below])
  return statusOf(isAdded && report.failures.length === 0, report.below)
}

function statusOf(isDone: boolean, below: readonly string[]): number {
  if (!isDone) return 1
  return below.length > 0 ? BELOW : 0
}

/** Of a program that ran without counts there is only that to say, in the counts file, too. */
async function concludeWithout(asked: Asked, obstacle: string): Promise<number> {
  const said = [obstacle]
  const [file] = asked.file
  const run = { results: new CoverageResults(), losses: said, asked }
  const sum = file === undefined ? undefined : added({ ...run, file }, said)
  const below = belowThresholds(run.results, asked, () => true)
  await say([], [...said, ...below])
  return statusOf(sum !== undefined, below)
}

/**
 * Reports what is in counts files.
 *
 * @returns the exit status: 1 where the report could not be written, and with `strict` where something is missing from it
 * @throws TstraceError what `mergeCounts` throws; `TST_CANNOT_READ` for a name of nothing, `TST_LABEL` for a label of none
 */
export async function reportFiles(asked: Asked): Promise<number> {
  const { base, project } = identifyProject(asked.root)
  const wanted = labelText(asked.label).split(',').filter(Boolean)
  const inputs = await countsInputs(asked.file, asked.root)
  const progress = progressLine(process.stderr)
  const options = { base, project, strict: asked.strict, progress: progress.bytes }
  const merged = await mergedResults(inputs, options).finally(progress.clear)
  refuseUnknownLabels(wanted, [...merged.counted.keys()])
  const results = sumLabelled(merged.counted, wanted)
  // Only who tracked calls has some. Nothing is written beside sources that lie elsewhere because a file says so.
  const given = {
    ...asked,
    askedFormats: await loadedFormats(asked),
    watched: progress.watched,
    count: true,
    trackcalls: true,
    data: () => labelled(merged, wanted),
    addedTo: '',
    screen: screenOf(process.stdout, { env: process.env }),
    beside: () => false,
  }
  const report = writeProgramReport(results, given)
  progress.clear()
  const noCalls = asked.trackcalls && results.edges().length === 0 ? [NO_CALLS] : []
  const lacking = [...merged.problems, ...noCalls, ...report.problems]
  await say(report.text, [...lacking, ...besideSources(report), ...report.below])
  return statusOf((asked.strict ? lacking : report.failures).length === 0, report.below)
}

async function loadedFormats({ formats }: Asked): Promise<AskedFormats> {
  const asked = new AskedFormats(formats)
  await asked.loaded
  return asked
}

const NO_CALLS =
  'No calls are in the counts files, since no run recorded them: that takes -T (--trackcalls) with the command, and the option `trackcalls` in test runners.'

/** Whoever has not chosen a folder may not know that there are new files among the sources. */
function besideSources({ beside }: ProgramReport): readonly string[] {
  if (beside === 0) return []
  const listings =
    beside === 1 ? '1 listing stands beside its source' : `${beside} listings stand beside their sources`
  return [`${listings}, as with Python; -C FOLDER puts them elsewhere.`]
}

/** Absolute paths of all sources that are included; the verdicts on the others are noted, too. */
async function includedSources(
  { include, orders, root }: Asked & Ran,
  verdicts: Map<string, Verdict>,
): Promise<readonly string[]> {
  const { programFilter } = await import('@tstrace/node/load')
  const filter = programFilter(orders)
  const { sources } = await findSources(root, include, (path) => {
    const verdict = filter(path)
    verdicts.set(path, verdict)
    return verdict
  })
  return sources
}

function linesOf(verdicts: ReadonlyMap<string, Verdict>, root: string): readonly string[] {
  return verdictLines(new Map([...verdicts].map(([path, verdict]) => [pathFromRoot(root, path), verdict])))
}

/** What a run has counted. */
interface Own {
  readonly results: CoverageResults
  readonly losses: readonly string[]
  readonly asked: Asked
}

interface ToAdd extends Own {
  readonly file: string
}

function ownData({ asked: { label: labels, root }, losses, results }: Own): CountsData {
  const run = thisRun({ root, labels, losses })
  return { head: { ...identifyProject(root), runs: [run] }, counted: new Map([[run.label, results]]) }
}

/** What has all of some labels. */
function labelled({ counted, head, ...data }: CountsData, labels: readonly string[]): CountsData {
  const runs = head.runs.filter(({ label }) => hasLabels(label, labels))
  return {
    ...data,
    head: { ...head, runs },
    counted: new Map([...counted].filter(([label]) => hasLabels(label, labels))),
  }
}

/** The counts file with this run in it; undefined where it could not be added. */
function added({ asked, file, losses, results }: ToAdd, problems: string[]): Accumulated | undefined {
  const { label: labels, root } = asked
  try {
    const run = thisRun({ root, labels, losses })
    const sum = accumulate({ project: identifyProject(root), run, results }, resolve(root, file))
    for (const problem of sum.leftOut) problems.push(problem)
    return sum
  } catch (error) {
    problems.push(sentenceOf(error))
    return undefined
  }
}

async function say(text: Iterable<string>, problems: readonly string[]): Promise<void> {
  const screen = screenOf(process.stdout, { env: process.env })
  for (const piece of text) await written(process.stdout, linesFor(screen, piece))
  for (const problem of withoutLikes(problems)) await written(process.stderr, `${complaint(problem)}\n`)
}
