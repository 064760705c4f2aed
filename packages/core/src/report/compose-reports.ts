import type { CoverageResults } from '@tstrace/results'
import type { OutputFile } from '@tstrace/results/writing'
import { callRelations } from './call-relations.ts'
import { coverListings, type Listings, type SourceText } from './cover-listings.ts'
import { functionList } from './function-list.ts'
import type { PageMaterial } from './page-writer.ts'
import { resultsFile } from './results-file.ts'
import { shortened } from './shortened.ts'
import { lowestFirst, summaryTable } from './summary.ts'

/** Which reports there are to be; but for the last, by the names of the options. */
export interface AskedReports {
  readonly count: boolean
  readonly missing: boolean
  readonly summary: boolean
  readonly listfuncs: boolean
  readonly trackcalls: boolean
  readonly html: boolean
  /** Whether there is an output folder: then everything that was counted is a file there, and so is each list, whole. */
  readonly folder: boolean
}

export interface ReportInput {
  readonly asked: AskedReports
  /** Gives the text of a source by path and hash; it must have that hash. */
  readonly source: (path: string, hash: string) => SourceText
  /** Says by path whether to report what happens in a file. The results file has all of them. */
  readonly keep: (path: string) => boolean
  /** The recording of what is reported, and what is missing from it. Default: there is none. */
  readonly recording?: Partial<ReportParts>
  /** Writes the page. Default: there is none. */
  readonly page?: (material: PageMaterial) => OutputFile
}

/** What a report consists of, written nowhere yet. */
interface ReportParts {
  readonly files: readonly OutputFile[]
  /** For standard output: lines with their ends. Each time one asks for them, they may be made again. */
  readonly lines: Iterable<string>
  /** What is missing from it, one sentence each. */
  readonly problems: readonly string[]
}

export interface ComposedReport extends ReportParts {
  /** That of its row: `summary`. */
  readonly name: string
  /**
   * The text for a screen: whole while it is short, else its beginning, how much more there is, and in which file.
   * @param folder the output folder as it is to be named
   */
  readonly short: (folder: string) => string
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
  /** The file that has the whole text. */
  readonly file?: string
  /** The same text with what matters most at its beginning; without it the text is so already. */
  readonly sorted?: (material: Material) => readonly string[]
}

/** Every report once, in the order in which files are written and texts are printed unless a front end knows better. */
const REPORTS: readonly ReportRow[] = [
  {
    name: 'results file',
    isAsked: (asked) => asked.folder,
    compose: ({ results }) => ({ files: [resultsOutput(results)] }),
  },
  {
    name: 'recording',
    isAsked: (asked) => asked.folder,
    compose: ({ recording = {} }) => recording,
  },
  {
    name: 'page',
    isAsked: (asked) => asked.html && asked.folder,
    compose: ({ page, ...material }) => ({ files: page ? [page(material)] : [] }),
  },
  {
    name: 'functions',
    file: 'functions.txt',
    isAsked: (asked) => asked.listfuncs,
    compose: ({ keep, results }) => ({ lines: functionList(results, { keep }) }),
  },
  {
    name: 'calls',
    file: 'calls.txt',
    isAsked: (asked) => asked.trackcalls,
    compose: ({ keep, results }) => ({
      lines: { [Symbol.iterator]: () => callRelations(results, { keep }) },
    }),
  },
  {
    name: 'listings',
    isAsked: (asked) => asked.count,
    compose: ({ listings }) => ({ files: listings().files, problems: listings().problems }),
  },
  {
    name: 'summary',
    file: 'summary.txt',
    sorted: ({ listings }) => summaryTable(listings().rows, lowestFirst),
    isAsked: (asked) => asked.count && asked.summary,
    compose: ({ listings }) => ({ lines: summaryTable(listings().rows) }),
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
  const material = { ...input, listings, results }
  return REPORTS.filter(({ isAsked }) => isAsked(asked)).map((row) => composed(row, material))
}

function composed({ compose, file, name, sorted }: ReportRow, material: Material): ComposedReport {
  const parts = { files: [], lines: [], problems: [], ...compose(material) }
  const { lines } = parts
  const [first] = lines
  if (file === undefined || first === undefined) return { name, ...parts, short: () => '' }
  const whole = { path: file, text: { [Symbol.iterator]: () => withoutFirst(lines, '\n') } }
  return {
    name,
    ...parts,
    files: material.asked.folder ? [...parts.files, whole] : parts.files,
    short: (folder) => shortened(lines, { sorted: sorted?.(material), place: `${folder}/${file}` }),
  }
}

/** Lines without the first, if it is that. */
function* withoutFirst(lines: Iterable<string>, first: string): Generator<string, void> {
  let isFirst = true
  for (const line of lines) {
    if (!isFirst || line !== first) yield line
    isFirst = false
  }
}

function resultsOutput(results: CoverageResults): OutputFile {
  return {
    path: 'results.json',
    get text() {
      return resultsFile(results)
    },
  }
}
