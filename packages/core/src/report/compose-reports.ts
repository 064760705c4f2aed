import type { CoverageResults } from '@tstrace/results'
import type { Screen } from '@tstrace/results/screen'
import type { OutputFile } from '@tstrace/results/writing'
import { callRelations } from './call-relations.ts'
import { coverListings, type Listings, type SourceText } from './cover-listings.ts'
import { functionList } from './function-list.ts'
import type { PageMaterial } from './page-material.ts'
import { paintedSummary } from './painted-summary.ts'
import { resultsFile } from './results-file.ts'
import { shortened } from './shortened.ts'
import { lowestFirst, type Order, type SummaryExtras, summaryTable } from './summary.ts'

/** Which reports there are to be, and what is in them; but for the last, by the names of the options. */
export interface AskedReports extends SummaryExtras {
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
  /** Where texts are shown; undefined where they are to be as in files. */
  readonly screen?: Screen | undefined
  /** The recording of what is reported, and what is missing from it. Default: there is none. */
  readonly recording?: Partial<ReportParts>
  /** Writes the page. Default: there is none. */
  readonly page?: (material: PageMaterial) => OutputFile
  /** The files of other tools that are asked for. Default: none. */
  readonly formats?: Partial<ReportParts>
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
  /** `lines` as the screen shows them, if there is one. */
  readonly shown: Iterable<string>
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
  /** The text for a screen; without it the same as for files. */
  readonly shown?: (material: Material) => readonly string[]
  /** How many of its last lines are shown however long it is. Default: none */
  readonly foot?: (asked: AskedReports) => number
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
    name: 'formats',
    isAsked: (asked) => asked.folder,
    compose: ({ formats = {} }) => formats,
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
    compose: ({ keep, results }) => ({ lines: callRelations(results, { keep }) }),
  },
  {
    name: 'listings',
    isAsked: (asked) => asked.count,
    compose: ({ listings }) => ({ files: listings().files, problems: listings().problems }),
  },
  {
    name: 'summary',
    file: 'summary.txt',
    sorted: (material) => shownSummary(material, lowestFirst),
    shown: (material) => shownSummary(material),
    foot: ({ total }) => Number(total),
    isAsked: (asked) => asked.count && asked.summary,
    compose: ({ asked, listings }) => ({ lines: summaryTable(listings().rows, asked) }),
  },
]

function shownSummary({ asked, listings, screen }: Material, order?: Order): readonly string[] {
  const { rows } = listings()
  if (!screen) return summaryTable(rows, asked, order)
  return paintedSummary(rows, { ...asked, screen, ...(order && { order }) })
}

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

function composed({ compose, file, foot, name, ...row }: ReportRow, material: Material): ComposedReport {
  const parts = { files: [], lines: [], problems: [], ...compose(material) }
  const { lines } = parts
  const [first] = lines
  if (file === undefined || first === undefined) return { name, ...parts, shown: lines, short: () => '' }
  const whole = { path: file, text: { [Symbol.iterator]: () => withoutFirst(lines, '\n') } }
  const shown = (material.screen && row.shown?.(material)) ?? lines
  return {
    name,
    ...parts,
    files: material.asked.folder ? [...parts.files, whole] : parts.files,
    shown,
    short: (folder) =>
      shortened(shown, {
        sorted: row.sorted?.(material),
        place: `${folder}/${file}`,
        ...(foot && { foot: foot(material.asked) }),
      }),
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
