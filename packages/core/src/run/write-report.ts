import { resolve } from 'node:path'
import type { CoverageResults } from '@tstrace/results'
import type { CountsData } from '@tstrace/results/counts-file'
import { sentenceOf } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'
import type { Screen } from '@tstrace/results/screen'
import type { OutputFile } from '@tstrace/results/writing'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { type ComposedReport, composeReports } from '../report/compose-reports.ts'
import type { AskedFormats } from './asked-formats.ts'
import { keepWholeRecording } from './keep-whole-recording.ts'
import { fillOutputFolder } from './output-folder.ts'
import type { PageWriter } from './page-writer.ts'
import { whereCounts } from './problems-of-writing.ts'
import { runRecording } from './run-recording.ts'
import { tellGithub } from './tell-github.ts'
import { textsThatRan, withoutMarks } from './text-that-ran.ts'

export interface RunReportInput {
  readonly options: TstraceOptions
  /** Absolute path of the project root. */
  readonly root: string
  /** Says by path from the root whether to report what happens in a file: tests are left out. */
  readonly keep: (path: string) => boolean
  /** Paths, in the output folder, of the files of lines that were written while the run went on. Default: none. */
  readonly traces?: readonly string[]
  /** Whether what was counted is in the counts file, too. Default: it is not. */
  readonly isSaved?: boolean
  /** What is reported, as counts files have it. */
  readonly data: CountsData
  readonly page: PageWriter
  /** Those that the options name. */
  readonly formats: AskedFormats
  /** Where it is printed, if that shows colours. */
  readonly screen?: Screen | undefined
  /** Why nothing may be written into the output folder, as a sentence. Default: it may */
  readonly closedFolder?: string | undefined
}

/** What a run has to say. */
export interface Report {
  /** For standard output: summary, functions, call relationships, and where everything is. */
  readonly text: string
  readonly problems: readonly string[]
  /** What makes the run fail because its options ask for that, one sentence each. Default: nothing */
  readonly failures?: readonly string[]
}

/**
 * Writes the reports on a test run into one folder, and returns what is to be printed: long lists with their beginnings
 * only. A folder that cannot be written is one of the problems; what is to be printed is whole then.
 */
export function writeReport(results: CoverageResults, input: RunReportInput): Report {
  const {
    closedFolder,
    data,
    formats,
    isSaved = false,
    keep,
    options,
    page,
    root,
    screen,
    traces = [],
  } = input
  const { coverdir, file, fullLists } = options
  const source = textsThatRan(root)
  const text = withoutMarks(source)
  const made = formats.make({ results, keep, root, test: '', source: text })
  const reports = composeReports(results, {
    asked: { ...options, folder: true },
    keep,
    screen,
    source: (path, hash) => source({ path, hash }),
    recording: runRecording(data, { root, coverdir, file, text }),
    page: (material) => page({ ...material, runs: data.head.runs }),
    formats: made,
  })
  const files = reports.flatMap((report) => report.files)
  const kept = closedFolder === undefined ? keepWholeRecording(resolve(root, coverdir), data.head.runs) : []
  const { failures, left, remarks } =
    closedFolder === undefined
      ? fillOutputFolder(resolve(root, coverdir), files, { traces, where: whereCounts(isSaved ? file : '') })
      : { failures: [], left: [], remarks: [closedFolder] }
  // Behind the tests, the summary comes first.
  const printed = reports.toSorted((a, b) => Number(b.name === 'summary') - Number(a.name === 'summary'))
  const isWritten = failures.length === 0 && closedFolder === undefined
  const isWhole = fullLists || !isWritten
  const tooLong: string[] = []
  const texts = printed.map((report) => {
    const whole = isWhole ? wholeText(report) : undefined
    if (isWhole && whole === undefined) tooLong.push(tooLongSentence(report.name))
    return whole ?? report.short(coverdir)
  })
  const written = files.filter(({ path }) => !left.includes(path))
  if (isWritten) texts.push(whereText(written, traces, coverdir))
  return {
    text: texts.join(''),
    problems: [
      ...failures.map((error) => sentenceOf(error)),
      ...remarks,
      ...kept,
      ...tooLong,
      ...reports.flatMap(({ problems }) => problems),
      ...tellGithub(made, { results, keep, root, env: process.env }),
    ],
  }
}

/** Runners print a text at once, and what is longer than this, in characters, cannot be part of one. */
const LONGEST_PRINTED = 2 ** 26

function tooLongSentence(name: string): string {
  return `Of the ${name} only the first are printed: they are longer than ${LONGEST_PRINTED} characters.`
}

/** Undefined for a text that is too long to be printed. */
function wholeText({ shown }: ComposedReport): string | undefined {
  let text = ''
  for (const line of shown) {
    text += line
    if (text.length > LONGEST_PRINTED) return undefined
  }
  return text
}

/** Says in one line what has been written where. */
function whereText(files: readonly OutputFile[], traces: readonly string[], folder: string): string {
  const listings = files.filter(({ listingOf }) => listingOf !== undefined).length
  const others = files.filter(({ listingOf }) => listingOf === undefined).map(({ path }) => path)
  const written = [...counted(listings, 'listing'), ...counted(traces.length, '.trace file'), ...others]
  return `\nWritten to ${printable(folder.replace(/\/$/, ''))}/: ${written.join(', ')}\n`
}

function counted(number: number, what: string): string[] {
  if (number === 0) return []
  return [number === 1 ? `1 ${what}` : `${number} ${what}s`]
}
