import { basename, dirname, resolve } from 'node:path'
import {
  type CoverageResults,
  callRelations,
  coverListings,
  functionList,
  type OutputFile,
  printable,
  type SourceText,
  summaryTable,
  textThatRan,
  writeFilesSync,
} from '@tstrace/core/adapter'
import { absolutePath, leadsOut } from '@tstrace/core/source-file'

export interface ReportOptions {
  /** Absolute path that names are relative to. */
  readonly root: string
  readonly count: boolean
  readonly listfuncs: boolean
  readonly trackcalls: boolean
  readonly missing: boolean
  readonly summary: boolean
  /** Folder of the listings; '' for the folder of each source. */
  readonly coverdir: string
  /** Says of a source outside the root whether its listing may be written beside it. Default: it may. */
  readonly beside?: (path: string) => boolean
}

export interface ProgramReport {
  /** For standard output. */
  readonly text: string
  /** For standard error, one sentence each. */
  readonly problems: readonly string[]
}

/** Writes the listings, and returns the lists and the summary. */
export function writeProgramReport(results: CoverageResults, options: ReportOptions): ProgramReport {
  const { count, coverdir, listfuncs, missing, root, summary, trackcalls } = options
  const texts: string[] = []
  const problems: string[] = []
  if (listfuncs) texts.push(functionList(results))
  if (trackcalls) texts.push(callRelations(results, { keep: countedIn(results) }))
  if (count) {
    const source = (path: string, hash: string): SourceText => textThatRan(absolutePath(root, path), hash)
    const listings = coverListings(results, { source, missing })
    problems.push(...listings.problems)
    // The listings mirror the sources, so that those of the root can stand beside them.
    if (coverdir !== '') problems.push(...failures(resolve(root, coverdir), listings.files))
    else {
      const inside = coverListings(results, { source, missing, keep: (path) => !leadsOut(path) })
      problems.push(...failures(root, inside.files))
      const { beside = () => true } = options
      for (const path of outsidePaths(results)) if (!beside(path)) problems.push(isElsewhere(path, root))
      for (const folder of new Set(
        outsidePaths(results)
          .filter(beside)
          .map((path) => dirname(path)),
      )) {
        const keep = (path: string): boolean => leadsOut(path) && dirname(path) === folder && beside(path)
        const files = coverListings(results, { source, missing, keep }).files
        const here = files.map(({ path, text }) => ({ path: basename(path), text }))
        problems.push(...failures(absolutePath(root, folder), here))
      }
    }
    if (summary) texts.push(summaryTable(listings.rows))
  }
  return { text: texts.join(''), problems }
}

/** Files of tests are known as callers only: how they were called themselves is nothing that a test run lists. */
function countedIn(results: CoverageResults): (path: string) => boolean {
  const paths = new Set(results.sources().map(({ path }) => path))
  return (path) => paths.has(path)
}

function outsidePaths(results: CoverageResults): string[] {
  return [...new Set(results.sources().map(({ path }) => path))].filter(leadsOut)
}

function isElsewhere(path: string, root: string): string {
  return `No listing for ${printable(path)}: it is outside ${root}. Name a folder for the listings with --coverdir.`
}

function failures(folder: string, files: readonly OutputFile[]): string[] {
  try {
    writeFilesSync(folder, files)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
