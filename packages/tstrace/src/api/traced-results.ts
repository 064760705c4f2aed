import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  checkOptions,
  completeOptions,
  type GivenAt,
  type OptionsAt,
  type PythonNamesAt,
  refuseLacking,
} from '@tstrace/core/adapter'
import { CoverageResults as Results, type ResultsData } from '@tstrace/results'
import type { RunRecord } from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import { reasonOf } from '@tstrace/results/files'
import { checkResultsData } from '@tstrace/results/internal'
import { printableLines } from '@tstrace/results/printable'
import { writeProgramReport } from '../command/program/write-program-report.ts'
import { thisRun } from '../this-run.ts'
import { dataOf, readSum, replaceCountsFile } from './counts-of-runs.ts'

/** What to do with results beside holding them. */
export type ResultsOptions = Readonly<GivenAt<'CoverageResults'>>

/** What `writeResults` writes, under our names or those of Python's `write_results`. */
export type WriteOptions = Readonly<GivenAt<'writeResults'> & PythonNamesAt<'writeResults'>>

/** What one or many runs counted, and the reports on it. */
export class CoverageResults extends Results {
  readonly #options: OptionsAt<'CoverageResults'>
  /** The runs whose counts these are, as far as they came from files. */
  readonly #runs = new Map<string, RunRecord>()
  /** Whether there are counts of no such run. */
  #hasOwn = false

  /**
   * @param data counts and calls, other results, or the path of a counts file
   * @throws TstraceError `TST_CANNOT_READ`, `TST_COUNTS_PROJECT` and others when the file cannot be read or is of another
   * project than `root`; `TST_RESULTS_DAMAGED` for data that is none; `TST_OPTION_UNKNOWN` or `TST_OPTION_VALUE`
   */
  constructor(data: ResultsData | Results | string = {}, options: ResultsOptions = {}) {
    const where = 'the options of CoverageResults'
    const checked = checkOptions(options, { at: 'CoverageResults', where })
    const asked = completeOptions(checked, 'CoverageResults')
    const { results, runs } =
      typeof data === 'string' ? readSum(resolve(data), rootOf(asked)) : { results: data, runs: [] }
    super(isResults(results) ? {} : checkResultsData(results))
    if (isResults(results)) super.update(results)
    this.#options = asked
    for (const run of runs) this.#runs.set(run.id, run)
    this.#hasOwn = typeof data !== 'string' && hasCounts(this)
  }

  /**
   * Adds everything that `other` counted. The order of updates makes no difference; `other` stays as it is.
   *
   * @throws TstraceError `TST_RESULTS_DAMAGED` for what is no results; `TST_COUNTS_TWICE` when both have the counts of the same run from a file; nothing is added then
   */
  override update(other: Results): void {
    if (!isResults(other)) {
      const message = 'What is to be added is no CoverageResults.'
      throw new TstraceError(
        'TST_RESULTS_DAMAGED',
        `${message} Make some of it first: new CoverageResults(data).`,
      )
    }
    if (other instanceof CoverageResults) for (const id of other.#runs.keys()) this.#refuseTwice(id)
    super.update(other)
    if (!(other instanceof CoverageResults)) this.#hasOwn ||= hasCounts(other)
    else {
      for (const [id, run] of other.#runs) this.#runs.set(id, run)
      this.#hasOwn ||= other.#hasOwn
    }
  }

  #refuseTwice(id: string): void {
    if (!this.#runs.has(id)) return
    const message = `The counts of run ${id} are in both results, and would count twice.`
    throw new TstraceError('TST_COUNTS_TWICE', `${message} Leave out one of the counts files that have it.`)
  }

  /** Reads what `toJSON` made, from text or as a value; throws as the constructor does. */
  static override fromJSON(...[input, options]: Parameters<typeof Results.fromJSON>): CoverageResults {
    return new CoverageResults(Results.fromJSON(input, options))
  }

  /**
   * Writes the listings and, into `coverdir`, the results file; prints functions, calls and summary; replaces `outfile`.
   *
   * @throws TstraceError `TST_OPTION_UNKNOWN` or `TST_OPTION_VALUE`; after everything else was written, `TST_CANNOT_WRITE` or
   * `TST_OUTSIDE_FOLDER` when something could not be, and `TST_NO_SOURCE` when a source has no listing
   */
  writeResults(given: WriteOptions = {}): void {
    const { outfile, ...results } = this.#options
    const checked = checkOptions(given, { at: 'writeResults', where: 'the options of writeResults' })
    const asked = completeOptions(checked, 'writeResults')
    refuseLacking(asked, 'writeResults')
    const { count = results.count, listfuncs = results.listfuncs, trackcalls = results.trackcalls } = asked
    const root = rootOf(results)
    const counts = () => {
      const runs = [...this.#runs.values(), ...(this.#hasOwn ? [thisRun({ root })] : [])]
      return { results: this, root, runs }
    }
    const data = () => dataOf(counts())
    const report = { ...asked, ...AS_PYTHON, count, listfuncs, trackcalls, root, data, addedTo: outfile }
    const { failures, problems, text } = writeProgramReport(this, report)
    for (const piece of text) process.stdout.write(printableLines(piece))
    if (outfile !== '') replaceCountsFile(resolve(outfile), counts())
    const [failure] = failures
    if (failure) throw failure
    const [problem, ...below] = problems
    if (problem === undefined || asked.ignoreMissingFiles) return
    throw new TstraceError('TST_NO_SOURCE', problem, { below })
  }
}

const AS_PYTHON = { total: false, ranges: false, failUnder: 0, failUnderFile: 0 } as const

function rootOf({ root = process.cwd() }: Pick<OptionsAt<'CoverageResults'>, 'root'>): string {
  try {
    return realpathSync(root)
  } catch (cause) {
    const message = `Option "root" names ${root}, which cannot be used: ${reasonOf(cause)}. Name a folder.`
    throw new TstraceError('TST_OPTION_VALUE', message, { cause })
  }
}

/** Whatever it is: a proxy may throw when it is asked. */
function isResults(value: unknown): value is Results {
  try {
    return value instanceof Results
  } catch {
    return false
  }
}

function hasCounts(results: Results): boolean {
  return results.sources().length + results.edges().length > 0
}
