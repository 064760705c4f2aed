import type { CoverageResults, FunctionReference, SourceVersion } from '@tstrace/results'
import type { OutputFile } from '@tstrace/results/writing'

/** What a format is made of. */
export interface FormatInput {
  readonly results: CoverageResults
  /** Says by path whether to report what happens in a file: tests are callers only. */
  readonly keep: (path: string) => boolean
  /** The text that was counted; undefined where nobody has it any more. Paths start at the root. */
  readonly source: (version: SourceVersion) => string | undefined
  /** Absolute path of the project root. */
  readonly root: string
  /** The test that alone is exported, as it is named; '' for everything. */
  readonly test: string
  /** The function whose neighbours are drawn, for formats that draw. Default: sources are drawn */
  readonly around?: FunctionReference
}

/** What was made, written nowhere yet. Texts may be made when they are asked for: ask once, and late. */
export interface MadeFormat {
  readonly files: readonly OutputFile[]
  /** What the format cannot hold and what is missing from it, one sentence each. */
  readonly problems: readonly string[]
}

/** A pure function: the same input makes the same files. */
export type MakeFormat = (input: FormatInput) => MadeFormat

/** A format, and how one comes by it. */
export interface FormatRow {
  /** Its file in the output folder; of one that makes many files their folder, with a `/` behind it. */
  readonly file: string
  /** What it is, in Markdown, for help and documentation. */
  readonly text: string
  /** Whether it draws calls, those around a function if one is named. */
  readonly isDrawing?: true
  /** What makes it; loaded only for those who ask for it. */
  readonly load: () => Promise<MakeFormat>
}
