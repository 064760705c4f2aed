import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  CoverageResults as Results,
  type ResultsData,
  type RunRecord,
  TstraceError,
} from '@tstrace/core/adapter'
import { writeProgramReport } from '../command/write-program-report.ts'
import { thisRun } from '../this-run.ts'
import { readSum, replaceCountsFile } from './counts-of-runs.ts'
import { checkKnown } from './known-options.ts'

/** What to do with results beside holding them. */
export interface ResultsOptions {
  /** Folder that the paths of the sources start at. Default: the current folder. */
  readonly root?: string
  /** Counts file that `writeResults` replaces with these results. Default: none. */
  readonly outfile?: string
}

export interface WriteOptions {
  /** Mark executable lines that never ran with `>>>>>> `. Default: true. */
  readonly showMissing?: boolean
  /** Print lines, percentage, module and path of each source. Default: false. */
  readonly summary?: boolean
  /**
   * Folder of the listings and of the results file, made when missing. Default: each listing stands beside its source, and
   * there is no results file.
   */
  readonly coverdir?: string
  /** Say nothing of sources that are gone or have changed. Default: false. */
  readonly ignoreMissingFiles?: boolean
  /** Write listings. Default: true, or what the tracer was asked for. */
  readonly count?: boolean
  /** Print the functions that were called. Default: false, or what the tracer was asked for. */
  readonly listfuncs?: boolean
  /** Print who called whom, where that was tracked. Default: true, or what the tracer was asked for. */
  readonly trackcalls?: boolean
}

const OPTIONS: readonly string[] = ['root', 'outfile', 'count', 'listfuncs', 'trackcalls']
const WRITE_OPTIONS: readonly (keyof WriteOptions)[] = [
  ...(['showMissing', 'summary', 'coverdir', 'ignoreMissingFiles'] as const),
  ...(['count', 'listfuncs', 'trackcalls'] as const),
]

/** What one or many runs counted, and the reports on it. */
export class CoverageResults extends Results {
  readonly #options: ResultsOptions & Pick<WriteOptions, 'count' | 'listfuncs' | 'trackcalls'>
  /** The runs whose counts these are, as far as they came from files. */
  readonly #runs = new Map<string, RunRecord>()
  /** Whether there are counts of no such run. */
  #hasOwn = false

  /**
   * @param data counts and calls, or the path of a counts file
   * @throws TstraceError `TST_CANNOT_READ`, `TST_COUNTS_PROJECT` and others when the file cannot be read or is of another
   * project than `root`
   */
  constructor(
    data: ResultsData | string = {},
    options: ResultsOptions & Pick<WriteOptions, 'count' | 'listfuncs' | 'trackcalls'> = {},
  ) {
    const { results, runs } =
      typeof data === 'string' ? readSum(resolve(data), rootOf(options)) : { results: data, runs: [] }
    super(results instanceof Results ? dataOf(results) : results)
    checkKnown(options, OPTIONS, 'CoverageResults')
    this.#options = options
    for (const run of runs) this.#runs.set(run.id, run)
    this.#hasOwn = typeof data !== 'string' && this.sources().length + this.edges().length > 0
  }

  /**
   * Adds everything that `other` counted. The order of updates makes no difference; `other` stays as it is.
   *
   * @throws TstraceError `TST_COUNTS_TWICE` when both have the counts of the same run from a file; nothing is added then
   */
  override update(other: Results): void {
    if (other instanceof CoverageResults) for (const id of other.#runs.keys()) this.#refuseTwice(id)
    super.update(other)
    if (!(other instanceof CoverageResults)) this.#hasOwn = true
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
    return new CoverageResults(dataOf(Results.fromJSON(input, options)))
  }

  /**
   * Writes the listings and, into `coverdir`, the results file; prints functions, calls and summary; replaces `outfile`.
   *
   * @throws TstraceError `TST_NO_SOURCE` when a listing could not be written, after everything else was
   */
  writeResults(given: WriteOptions = {}): void {
    checkKnown(given, WRITE_OPTIONS, 'writeResults')
    const { count = true, listfuncs = false, outfile, trackcalls = true } = this.#options
    const { coverdir = '', ignoreMissingFiles = false, showMissing = true, summary = false } = given
    const root = rootOf(this.#options)
    const asked = { count, listfuncs, trackcalls, ...given }
    const { problems, text } = writeProgramReport(this, {
      ...asked,
      coverdir,
      missing: showMissing,
      root,
      summary,
    })
    process.stdout.write(text)
    if (outfile !== undefined) {
      const runs = [...this.#runs.values(), ...(this.#hasOwn ? [thisRun({ root })] : [])]
      replaceCountsFile(resolve(outfile), { results: this, root, runs })
    }
    const [problem] = problems
    if (problem !== undefined && !ignoreMissingFiles) throw new TstraceError('TST_NO_SOURCE', problem)
  }
}

function rootOf({ root = process.cwd() }: ResultsOptions): string {
  return realpathSync(root)
}

function dataOf(results: Results): ResultsData {
  return { sources: results.sources(), edges: results.edges() }
}
