import { resolve } from 'node:path'
import {
  type AskedFormats,
  type AskedReports,
  belowThresholds,
  type ComposedReport,
  composeReports,
  type FilledFolder,
  fillOutputFolder,
  problemsOfWriting,
  runRecording,
  type SourceText,
  type Thresholds,
  tellGithub,
  textThatRan,
} from '@tstrace/core/adapter'
import type { FormatInput } from '@tstrace/formats'
import { absolutePath, withoutMark } from '@tstrace/instrument/source-file'
import { writePage } from '@tstrace/page/write-page'
import type { CoverageResults, SourceVersion } from '@tstrace/results'
import { type CountsData, unpackText } from '@tstrace/results/counts-file'
import { sentenceOf, type TstraceError } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'
import type { Screen } from '@tstrace/results/screen'
import type { OutputFile } from '@tstrace/results/writing'
import type { ProgressLine } from '../progress-line.ts'
import { placeBeside } from './place-beside.ts'

export interface ReportOptions extends Omit<AskedReports, 'folder'>, Thresholds {
  /** Absolute path that names are relative to. */
  readonly root: string
  /** Folder of the listings and of the results file; '' for the folder of each source, without a results file. */
  readonly coverdir: string
  /** Says of a source outside the root whether its listing may be written beside it. Default: it may. */
  readonly beside?: (path: string) => boolean
  /** A sentence to go with each failure. Default: none. */
  readonly where?: string
  /** Where it is printed, if that shows colours. */
  readonly screen?: Screen | undefined
  /** What is asked for in the folder. Default: nothing. */
  readonly askedFormats?: AskedFormats
  /** Says of files when they are written. Default: nobody does. */
  readonly watched?: ProgressLine['watched']
  /** What is reported, as counts files have it. Asked for where there is a folder. */
  readonly data: () => CountsData
  /** The counts file that runs are added to; '' for none. */
  readonly addedTo: string
}

export interface ProgramReport {
  /** For standard output, in pieces. */
  readonly text: Iterable<string>
  /** For standard error, one sentence each. */
  readonly problems: readonly string[]
  /** What of the options' thresholds is not reached, one sentence each. */
  readonly below: readonly string[]
  /** Those of the problems that mean that something could not be written. */
  readonly failures: readonly TstraceError[]
  /** How many listings stand beside their sources. */
  readonly beside: number
}

/** Writes the files of the reports, and returns functions, calls and summary, in this order as Python does. */
export function writeProgramReport(results: CoverageResults, options: ReportOptions): ProgramReport {
  const { addedTo, askedFormats, coverdir, data, root, screen, where = '' } = options
  const paths = new Set(results.sources().map(({ path }) => path))
  // Files of tests are known as callers only: how they were called themselves is nothing that a test run lists.
  const keep = (path: string): boolean => paths.has(path)
  const source = (path: string, hash: string): SourceText => {
    const onDisk = textThatRan(absolutePath(root, path), hash)
    // Beside its source, a listing of another text would mislead.
    return 'text' in onDisk || coverdir === '' ? onDisk : (recordedText(data(), { path, hash }) ?? onDisk)
  }
  const formats = askedFormats?.make({ results, keep, root, test: '', source: unmarked(source) })
  const reports = composeReports(results, {
    asked: { ...options, folder: coverdir !== '' },
    keep,
    screen,
    source,
    ...(coverdir !== '' && {
      recording: runRecording(data(), { root, coverdir, file: addedTo }),
      page: (material) => writePage({ ...material, runs: data().head.runs }),
    }),
    ...(coverdir !== '' && formats && { formats }),
  })
  const made = reports.flatMap((report) => report.files)
  const files = options.watched?.(made) ?? made
  const isBeside = coverdir === ''
  const { beside, failures, remarks } = isBeside
    ? writeBeside(files, { ...options, sources: options.count ? paths : [] })
    : { beside: 0, ...fillOutputFolder(resolve(root, coverdir), files, { where }) }
  return {
    text: { [Symbol.iterator]: () => inPieces(reports) },
    problems: [
      ...reports.flatMap(({ problems }) => problems),
      ...remarks,
      ...failures.map((error) => sentenceOf(error)),
      ...(formats ? tellGithub(formats, { results, keep, root, env: process.env }) : []),
    ],
    below: belowThresholds(results, options, keep),
    failures,
    beside,
  }
}

/** Texts as they are counted. */
function unmarked(source: (path: string, hash: string) => SourceText): FormatInput['source'] {
  return function text({ hash, path }) {
    const found = source(path, hash)
    return 'text' in found ? withoutMark(found.text) : undefined
  }
}

/** Of runs whose sources have changed since, in a file that has their texts. */
function recordedText({ textOf }: CountsData, version: SourceVersion): SourceText | undefined {
  const packed = textOf?.(version)
  return packed === undefined ? undefined : { text: unpackText(packed, version.hash, version.path) }
}

/** Lines are written some at a time. */
const PIECE = 2 ** 16

function* inPieces(reports: readonly ComposedReport[]): Generator<string, void> {
  let piece = ''
  for (const { shown } of reports)
    for (const line of shown) {
      piece += line
      if (piece.length < PIECE) continue
      yield piece
      piece = ''
    }
  if (piece !== '') yield piece
}

interface BesideSources extends Pick<ReportOptions, 'root' | 'beside' | 'where'> {
  readonly sources: Iterable<string>
}

function writeBeside(
  files: readonly OutputFile[],
  { beside = () => true, root, sources, where }: BesideSources,
): FilledFolder & Pick<ProgramReport, 'beside'> {
  const { inside, outside, refused } = placeBeside(files, { mayStand: beside, sources })
  const failures = [
    ...problemsOfWriting(root, inside, where),
    ...[...outside].flatMap(([folder, here]) => problemsOfWriting(absolutePath(root, folder), here, where)),
  ]
  const written = inside.length + [...outside.values()].flat().length
  return {
    beside: failures.length > 0 ? 0 : written,
    failures,
    remarks: refused.map((path) => isElsewhere(path, root)),
    left: [],
  }
}

function isElsewhere(path: string, root: string): string {
  return `No listing for ${printable(path)}: it is outside ${root}. Name a folder for the listings with --coverdir.`
}
