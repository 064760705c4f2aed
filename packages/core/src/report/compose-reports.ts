import type { OutputFile } from '../files/output-file.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { callRelations } from './call-relations.ts'
import { coverListings, type Listings, type SourceText } from './cover-listings.ts'
import { functionList } from './function-list.ts'
import { resultsFile } from './results-file.ts'
import { summaryTable } from './summary.ts'

/** Which reports there are to be; but for the last, by the names of the options. */
export interface AskedReports {
  readonly count: boolean
  readonly missing: boolean
  readonly summary: boolean
  readonly listfuncs: boolean
  readonly trackcalls: boolean
  /** Whether everything that was counted goes into a file, for programs to read. */
  readonly resultsFile: boolean
}

export interface ReportInput {
  readonly asked: AskedReports
  /** Gives the text of a source by path and hash; it must have that hash. */
  readonly source: (path: string, hash: string) => SourceText
  /** Says by path whether to report what happens in a file. The results file has all of them. */
  readonly keep: (path: string) => boolean
}

/** What a report consists of, written nowhere yet. */
interface ReportParts {
  readonly files: readonly OutputFile[]
  /** For standard output; ends with a line end, or is empty. */
  readonly text: string
  /** What is missing from it, one sentence each. */
  readonly problems: readonly string[]
}

export interface ComposedReport extends ReportParts {
  /** That of its row: `summary`. */
  readonly name: string
}

interface Material extends ReportInput {
  readonly results: CoverageResults
  /** Made once, however many reports need them. */
  readonly listings: () => Listings
}

interface ReportRow {
  readonly name: string
  readonly isAsked: (asked: AskedReports) => boolean
  readonly compose: (material: Material) => Partial<ReportParts>
}

/** Every report once, in the order in which files are written and texts are printed unless a front end knows better. */
const REPORTS: readonly ReportRow[] = [
  {
    name: 'results file',
    isAsked: (asked) => asked.resultsFile,
    compose: ({ results }) => ({ files: [resultsOutput(results)] }),
  },
  {
    name: 'functions',
    isAsked: (asked) => asked.listfuncs,
    compose: ({ keep, results }) => ({ text: functionList(results, { keep }) }),
  },
  {
    name: 'calls',
    isAsked: (asked) => asked.trackcalls,
    compose: ({ keep, results }) => ({ text: callRelations(results, { keep }) }),
  },
  {
    name: 'listings',
    isAsked: (asked) => asked.count,
    compose: ({ listings }) => ({ files: listings().files, problems: listings().problems }),
  },
  {
    name: 'summary',
    isAsked: (asked) => asked.count && asked.summary,
    compose: ({ listings }) => ({ text: summaryTable(listings().rows) }),
  },
]

/** The reports that are asked for. Where their files go and in which order they are printed is up to the front end. */
export function composeReports(results: CoverageResults, input: ReportInput): ComposedReport[] {
  const { asked, keep, source } = input
  let made: Listings | undefined
  const listings = (): Listings => {
    made ??= coverListings(results, { keep, missing: asked.missing, source })
    return made
  }
  return REPORTS.filter(({ isAsked }) => isAsked(asked)).map(({ compose, name }) => {
    return { name, files: [], text: '', problems: [], ...compose({ ...input, listings, results }) }
  })
}

function resultsOutput(results: CoverageResults): OutputFile {
  return {
    path: 'results.json',
    get text() {
      return resultsFile(results)
    },
  }
}
