import type { CoverageResults } from '@tstrace/results'
import type { OutputFile } from '@tstrace/results/writing'
import type { SourceText } from './cover-listings.ts'

/** What a page shows. */
export interface PageMaterial {
  /** With what was recorded by context. */
  readonly results: CoverageResults
  /** Says by path whether a source is on it. */
  readonly keep: (path: string) => boolean
  /** Gives the text of a source by path and hash; it must have that hash. */
  readonly source: (path: string, hash: string) => SourceText
}

/** What the page says of a run: the fields of its record in a counts file. */
export interface PageRun {
  readonly started: string
  readonly commit: string
  readonly runner: string
  readonly node: string
  readonly tstrace: string
  readonly label: string
  readonly losses: string
}

export interface PageInput extends PageMaterial {
  readonly runs: readonly PageRun[]
}

/** Makes the page of some results. The adapters bring it, so that nobody loads what is not asked for. */
export type PageWriter = (input: PageInput) => OutputFile
