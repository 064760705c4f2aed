import type { OutputFile } from '../files/output-file.ts'
import { printable } from '../printable.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import type { SourceVersion } from '../results/results-data.ts'
import { coverListing, sourceLines } from './cover-listing.ts'
import { namesOf, type ReportName } from './names.ts'
import type { SummaryRow } from './summary.ts'
import { versionNames } from './version-names.ts'

/** The text of a source version, or why it cannot be had (`the file changed since it was counted`). */
export type SourceText = { readonly text: string } | { readonly missing: string }

export interface ListingOptions {
  /** Gives the text of a source by path and hash; it must have that hash. */
  readonly source: (path: string, hash: string) => SourceText
  /** Mark executable lines that never ran with `>>>>>> `; default true. The rows count them either way. */
  readonly missing?: boolean
  /** Says by path whether a file gets a listing and a row; without it every file does. */
  readonly keep?: (path: string) => boolean
}

export interface Listings {
  /** The `.cover` file of each source version whose text is there. */
  readonly files: OutputFile[]
  /** One row per source version, for `summaryTable`. */
  readonly rows: SummaryRow[]
  /** One sentence per source version without a listing. */
  readonly problems: string[]
}

/**
 * The annotated listings and summary rows of all sources. Names like `<string>`, which stand for no file,
 * are skipped as in Python. A source that changed or vanished has its row, since the numbers are those of
 * the text that was counted, but no listing; `problems` names it.
 */
export function coverListings(results: CoverageResults, options: ListingOptions): Listings {
  const keep = options.keep ?? (() => true)
  const versions = results
    .versions()
    .filter(({ path }) => keep(path) && !results.isIgnoredFilename(path))
    .map((version) => countedText(results, version, options))
  const names = versionNames(versions, namesOf(results))
  const listings: Listings = { files: [], rows: [], problems: [] }
  for (const [i, version] of versions.entries()) {
    const { module, coverFile } = names[i] as ReportName
    listings.rows.push(summaryRow(version, module))
    const { lines, path, source } = version
    if ('missing' in source) listings.problems.push(printable(`No listing for ${path}: ${source.missing}.`))
    else
      listings.files.push({
        path: coverFile,
        listingOf: path,
        get text() {
          return coverListing(source.text, { lines, missing: options.missing ?? true })
        },
      })
  }
  return listings
}

interface CountedText extends SourceVersion {
  readonly lines: ReadonlyMap<number, number>
  readonly missingLines: readonly number[]
  readonly source: SourceText
  readonly hasText: boolean
}

function countedText(results: CoverageResults, version: SourceVersion, options: ListingOptions): CountedText {
  const { path, hash } = version
  const lines = results.lineCounts(path, hash)
  const source = fittingText(options.source(path, hash), lines)
  return {
    path,
    hash,
    lines,
    missingLines: results.missingLines(path, hash),
    source,
    hasText: 'text' in source,
  }
}

/** Refuses a text that cannot be the one that was counted. */
function fittingText(source: SourceText, lines: ReadonlyMap<number, number>): SourceText {
  if ('missing' in source) return source
  const last = [...lines.keys()].at(-1) ?? 0
  const there = sourceLines(source.text).length
  if (last <= there) return source
  return { missing: `line ${last} was counted, but the text found has ${there} lines` }
}

function summaryRow({ path, lines, missingLines }: CountedText, module: string): SummaryRow {
  const hits = [...lines.values()].filter((count) => count > 0).length
  return { module, path, lines: hits + missingLines.length, hits }
}
