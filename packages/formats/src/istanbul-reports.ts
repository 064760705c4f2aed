import { join } from 'node:path'
import { printable } from '@tstrace/results/printable'
import type { FormatInput, MakeFormat } from './format.ts'
import { coverageOfSource } from './istanbul.ts'
import type { FileCoverage } from './istanbul-coverage.ts'
import { istanbulPackages, type TextWriter } from './istanbul-packages.ts'
import { reportedSources } from './reported-sources.ts'
import { refusedByXml, standIns, withoutStandIns } from './xml.ts'

/** A report that the package `istanbul-reports` of the user's project makes of Istanbul's coverage. */
export interface IstanbulReport {
  /** Its name there. */
  readonly report: string
  /** The name of its file. */
  readonly file: string
  readonly isXml?: true
  /** How many bytes of it its best-known reader takes, and who that is. Default: any. */
  readonly limit?: { readonly bytes: number; readonly reader: string }
}

/** @returns a format that throws `TST_FORMAT_PACKAGE` where the package is not installed */
export function istanbulReport(report: IstanbulReport): MakeFormat {
  return (input) => {
    const { file, isXml, limit } = report
    const limits = { name: file, refuses: isXml ? refusedByXml : () => undefined }
    const { problems, sources } = reportedSources(input, limits)
    const shownPath = isXml ? standIns : printable
    const coverage = sources.map((source) => shown(coverageOfSource(source, input), shownPath))
    // Paths are told from the root, so that both have to be shown alike.
    const made = reported(coverage, report, { ...input, projectRoot: shownPath(input.root) })
    const text = isXml ? withoutStandIns(made) : made
    const size = Buffer.byteLength(text)
    const isTooLong = limit !== undefined && size > limit.bytes
    return {
      files: [{ path: file, text }],
      problems: isTooLong ? [...problems, tooLong(report, size)] : problems,
    }
  }
}

/** These reports write paths and names as they get them, or escape them: that depends on the report and its version. */
function shown(coverage: FileCoverage, path: (text: string) => string): FileCoverage {
  const functions = Object.entries(coverage.fnMap).map(([id, entry]) => [
    id,
    { ...entry, name: printable(entry.name) },
  ])
  return { ...coverage, path: path(coverage.path), fnMap: Object.fromEntries(functions) }
}

function tooLong({ file, limit }: IstanbulReport, size: number): string {
  const [has, most] = [size, limit?.bytes ?? 0].map((bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`)
  return `${file} has ${has}, and ${limit?.reader} takes ${most} at most: run parts of the tests apart, each with its own file.`
}

function reported(
  coverage: readonly FileCoverage[],
  report: IstanbulReport,
  { projectRoot, root }: FormatInput & { readonly projectRoot: string },
): string {
  const { createContext, createCoverageMap, reports } = istanbulPackages(report.report, [
    join(root, 'package.json'),
    import.meta.url,
  ])
  const written: string[] = []
  const coverageMap = createCoverageMap(Object.fromEntries(coverage.map((file) => [file.path, file])))
  const context = createContext({ dir: '.', coverageMap, sourceFinder: () => '' })
  // A report is a text of ours until it is written.
  context.data.writer = { writeFile: () => textWriter(written) }
  reports.create(report.report, { file: report.file, projectRoot, maxCols: 0 }).execute(context)
  return written.join('')
}

function textWriter(written: string[]): TextWriter {
  return {
    write: (text) => void written.push(text),
    println: (text) => void written.push(text, '\n'),
    colorize: (text) => text,
    close: () => {},
  }
}
