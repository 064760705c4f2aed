/*
 * What a page has in it: chunks of JSON, each deflated and in base64, which are inflated when they are looked at. This is the
 * contract between what writes the page (`writer`, in Node) and what shows it (`app`, in the browser). Every number that is
 * of a recording stands in a list with a place for each recording, of which there is one; pages that compare two have
 * chunks of their own (`comparison-data.ts`).
 */
import type { Context } from '@tstrace/results'
import type { PackedContextCounts, PackedSiteTable } from '@tstrace/results/internal'

/** Names of the chunks: those of sources are `source-0` and so on, by the place in the overview. */
export type ChunkName = 'overview' | 'functions' | 'contexts' | 'tests' | 'licenses' | `source-${number}`

/** What is shown first. */
export interface OverviewData {
  readonly recordings: readonly PageRecording[]
  /** Sorted by path and hash. */
  readonly sources: readonly PageSource[]
  /** Whether calls were recorded. */
  readonly hasCalls: boolean
  /** How many contexts of each kind were recorded: tests, imports, hooks and so on; empty where none were. */
  readonly contexts: Readonly<Partial<Record<Context['kind'], number>>>
}

export interface PageRecording {
  readonly runs: readonly PageRun[]
}

export interface PageRun {
  /** In UTC: `2026-11-21T18:00:00.000Z`. */
  readonly started: string
  /** '' where that is not known. */
  readonly commit: string
  /** Name and version of what ran the tests: `vitest 5.1.1`. */
  readonly runner: string
  readonly node: string
  readonly tstrace: string
  /** '' for none. */
  readonly label: string
  /** What of the run is missing, as sentences; '' for nothing. */
  readonly losses: string
}

/** One text of one source. */
export interface PageSource {
  readonly path: string
  readonly hash: string
  /** Of each recording. */
  readonly numbers: readonly SourceNumbers[]
}

export interface SourceNumbers {
  /** Executable lines, as in the summary: a line with `#pragma NO COVER` is one only if it ran. */
  readonly lines: number
  /** Those of them that never ran. */
  readonly missing: number
  /** The largest number of a line, and the first line that has it; 0 where nothing ran. */
  readonly hottest: number
  readonly hottestLine: number
  /** Of its functions, without the module itself. */
  readonly calls: number
  /** The numbers of all its lines together. */
  readonly count: number
}

/** One source, opened. */
export interface SourceData {
  /** The text that was counted. */
  readonly text?: string
  /** Why there is none: `the file changed since it was counted`. */
  readonly textMissing?: string
  /** One for each site table of the text; nearly always one. */
  readonly tables: readonly CountedTable[]
}

export interface CountedTable {
  readonly sites: PackedSiteTable
  readonly counters: number
  /** Of each recording. */
  readonly counted: readonly TableCounts[]
}

export interface TableCounts {
  /** One number per counter. */
  readonly counts: readonly number[]
  /** The same by context, whose number is its place in `ContextsData`; undefined where nothing was recorded. */
  readonly contexts?: PackedContextCounts<readonly (readonly number[])[]>
}

/** Every function, and who called whom. */
export interface FunctionsData {
  /** Source (-1 for one that is not on the page), name, line (0 where it is not known), and the calls in each recording. */
  readonly functions: readonly PageFunction[]
  /** Paths of the sources that are not on the page, by function. */
  readonly elsewhere: Readonly<Record<number, string>>
  readonly edges: readonly PageEdge[]
}

export type PageFunction = readonly [source: number, name: string, line: number, ...calls: number[]]

/** Places in `functions`; then of each recording calls and resumptions. */
export type PageEdge = readonly [caller: number, callee: number, ...counts: number[]]

/** What was running, in the order of contexts. */
export type ContextsData = readonly Context[]

/** What each context ran. */
export interface TestsData {
  /** Of each recording. */
  readonly recordings: readonly RecordedTests[]
}

export interface RecordedTests {
  /** By context: source by source how much of it ran. */
  readonly ran: readonly (readonly RanInSource[])[]
  /** By context: lines that nothing else ran. None where there are none. */
  readonly alone: Readonly<Record<number, readonly AloneRange[]>>
}

/** Source, the sum of the numbers of its lines, how many lines ran. */
export type RanInSource = readonly [source: number, count: number, lines: number]

/** Source, first line, last line, executable lines among them. */
export type AloneRange = readonly [source: number, from: number, to: number, lines: number]
