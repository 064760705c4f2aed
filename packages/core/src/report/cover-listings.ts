import type { CoverageResults, SourceVersion } from '@tstrace/results'
import type { LineNumbers } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { OutputFile } from '@tstrace/results/writing'
import { countLines, coverListing } from './cover-listing.ts'
import { namesOf, type ReportName } from './names.ts'
import { type SourceCoverage, sourceCoverage } from './source-coverage.ts'
import type { SummaryRow } from './summary.ts'
import { groupByPath, versionNames } from './version-names.ts'

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
  let room = MOST_KEPT
  const versions = results
    .versions()
    .filter(({ path }) => keep(path) && !results.isIgnoredFilename(path))
    .map((version) => {
      const counted = countedText(results, version, options)
      room -= counted.text?.length ?? 0
      return room > 0 ? counted : { ...counted, text: undefined }
    })
  const names = versionNames(versions, namesOf(results))
  const listings: Listings = { files: [], rows: [], problems: withoutListings(versions) }
  for (const [i, version] of versions.entries()) {
    const { module, coverFile } = names[i] as ReportName
    const { hash, hits, hottest, lines, missing, path, text, withoutText } = version
    listings.rows.push({ module, path, lines, hits, missing, hottest })
    if (withoutText === undefined)
      listings.files.push({
        path: coverFile,
        listingOf: path,
        get text() {
          const counts = {
            numbers: results.lineNumbers(path, hash),
            missing: options.missing ?? true,
            partial: new Set(results.partialLines(path, hash)),
          }
          return coverListing(text ?? textAgain(version, options), counts)
        },
      })
  }
  return listings
}

/** So many characters of sources are kept until their listings are written; the others are read once more. */
const MOST_KEPT = 2 ** 26

interface CountedText extends SourceVersion, SourceCoverage {
  /** Why there is no text. */
  readonly withoutText: string | undefined
  readonly text: string | undefined
  readonly hasText: boolean
}

function countedText(results: CoverageResults, version: SourceVersion, options: ListingOptions): CountedText {
  const { path, hash } = version
  const numbers = results.lineNumbers(path, hash)
  const source = fittingText(options.source(path, hash), numbers)
  return {
    path,
    hash,
    ...sourceCoverage(results, version, numbers),
    withoutText: 'missing' in source ? source.missing : undefined,
    text: 'text' in source ? source.text : undefined,
    hasText: 'text' in source,
  }
}

function textAgain({ hash, path }: SourceVersion, { source }: ListingOptions): string {
  const again = source(path, hash)
  if ('text' in again) return again.text
  throw new Error(withoutListing(path, again.missing))
}

/** One sentence for each source of which a text that ran has no listing. */
function withoutListings(versions: readonly CountedText[]): string[] {
  return [...groupByPath(versions)].flatMap(([path, texts]) => {
    const missing = texts.flatMap((text) => text.withoutText ?? [])
    const [why] = missing
    if (why === undefined) return []
    if (missing.length < texts.length) return printable(otherTexts(path, missing.length))
    return withoutListing(missing.length === 1 ? path : `${path}, of which ${missing.length} texts ran`, why)
  })
}

function otherTexts(path: string, count: number): string {
  const others =
    count === 1
      ? 'another text of it ran, too, and has only its row'
      : `${count} other texts of it ran, too, and have only their rows`
  return `The listing of ${path} is that of the text on disk: ${others}.`
}

function withoutListing(path: string, why: string): string {
  return printable(`No listing for ${path}: ${why}.`)
}

/** Refuses a text that cannot be the one that was counted. */
function fittingText(source: SourceText, { lines }: LineNumbers): SourceText {
  if ('missing' in source) return source
  const last = lines.at(-1) ?? 0
  const there = countLines(source.text)
  if (last <= there) return source
  return { missing: `line ${last} was counted, but the text found has ${there} lines` }
}
