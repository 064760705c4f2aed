import type { CoverageResults } from '@tstrace/results'
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
