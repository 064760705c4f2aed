import type { ContextsData, SourceNumbers } from './page-data.ts'

/*
 * What a page has in it that compares two recordings, as `page-data.ts` says it of one. What is of both stands in pairs, that of the
 * first recording in front. Lines are 1-based.
 */

/** Names of the chunks: those of sources by the place in `ComparisonData`. */
export type ComparisonChunk =
  | 'comparison'
  | 'compared-calls'
  | 'compared-contexts'
  | `compared-${number}`
  | `compared-tests-${number}`

export type Pair<Value> = readonly [before: Value, after: Value]

/** What is shown first. */
export interface ComparisonData {
  readonly sides: Pair<ComparedSide>
  /** As in the answer of `tstrace diff`. */
  readonly total: {
    readonly onlyBefore: number
    readonly onlyAfter: number
    readonly changed: number
    readonly edges: number
    readonly newMissing: number
  }
  /** Where execution parts; not there where no line differs. */
  readonly first?: ComparedFirst
  /** Whether calls are compared. */
  readonly hasCalls: boolean
  /** Whether contexts were recorded, in either. */
  readonly hasContexts: boolean
  /** What could not be compared, and what is left out, as sentences. */
  readonly notes: readonly string[]
  /** In the order in which differences come first, then those without, by path. */
  readonly sources: readonly ComparedSource[]
}

export interface ComparedSide {
  /** Name of its file. */
  readonly file: string
  /** Which tests, where not everything that ran is compared; else ''. */
  readonly tests: string
  /** `run of …`, or how many they are. */
  readonly run: string
  /** What of its runs is missing, as sentences; '' for nothing. */
  readonly losses: string
}

export interface ComparedFirst {
  /** Place among the sources. */
  readonly source: number
  /** In the text of the second recording; negative for one that only the first has. */
  readonly line: number
  readonly function: string
  /** Of the function. */
  readonly calls: Pair<number>
  /** The last line that ran as often, and the first that differs. */
  readonly lines: readonly { readonly counts: Pair<number>; readonly text: string }[]
}

/** A source of both recordings, or of one. */
export interface ComparedSource {
  readonly texts: Pair<ComparedText | undefined>
  /** Lines that ran in only one, and in both but not as often. */
  readonly onlyBefore: number
  readonly onlyAfter: number
  readonly changed: number
  /** Lines that never ran in the second recording, and ran in the first or were not there. */
  readonly newMissing: number
  /** Of the line that differs most; undefined for none. */
  readonly most?: Pair<number>
}

export interface ComparedText extends Pick<SourceNumbers, 'lines' | 'missing' | 'count'> {
  readonly path: string
  readonly hash: string
}

/** One source, opened. */
export interface ComparedSourceData {
  /** `null` for none, or one that nobody has; of one text in both, the first, too. */
  readonly texts: Pair<string | null>
  /** How its lines stand beside each other; none where a text is not known. */
  readonly runs: readonly (readonly [same: number, before: number, after: number])[]
  /** Executable lines with their numbers, ascending. */
  readonly counts: Pair<readonly Pair<number>[]>
  /** Lines that never ran, ascending. */
  readonly missing: Pair<readonly number[]>
  readonly differences: readonly ComparedLine[]
  /** In source order, the module first. */
  readonly functions: Pair<readonly ComparedFunction[]>
}

/** A line that differs. */
export interface ComparedLine {
  /** 0 for a line that the text of that side does not have. */
  readonly lines: Pair<number>
  readonly counts: Pair<number>
  /** Where it is in the other recording, if that is another source: its place, and its line as in `ComparedFirst`. */
  readonly elsewhere?: readonly [source: number, line: number]
}

export type ComparedFunction = readonly [
  name: string,
  line: number,
  end: number,
  calls: number,
  /** Place among those of `ComparedCallsData`; -1 for one without calls. */
  place: number,
]

/** Who calls whom in either recording. */
export interface ComparedCallsData {
  /** Source (-1 for one that is not on the page), path, name, line (as in `ComparedFirst`, 0 where it is not known). */
  readonly functions: readonly (readonly [source: number, path: string, name: string, line: number])[]
  /** Places in `functions`; calls and resumptions of each recording. */
  readonly edges: readonly ComparedEdge[]
  /** Places in `edges` of those that differ, in the order of the answer. */
  readonly changed: readonly number[]
}

export type ComparedEdge = readonly [
  caller: number,
  callee: number,
  callsBefore: number,
  callsAfter: number,
  resumptionsBefore: number,
  resumptionsAfter: number,
]

/** What was running in either recording, in the order of contexts; as the second has it where both do. */
export type ComparedContextsData = ContextsData

/** Which contexts ran the lines that differ in a source; only of sources that have such lines. */
export interface ComparedTestsData {
  /** How often a context ran the lines, by their places in the `differences` of the source; not there means 0. Each once. */
  readonly counts: readonly (readonly number[])[]
  readonly ran: readonly ComparedRan[]
}

/**
 * Contexts that ran the lines alike: the place of the first, then the distance of each from the one before it; and which of `counts` is
 * theirs in each recording, -1 for none.
 */
export type ComparedRan = readonly [contexts: readonly number[], before: number, after: number]
