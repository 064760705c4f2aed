import type { Context } from './context.ts'
import type { SiteTable } from './site-table.ts'

/** What was counted in one version of one source file. */
export interface SourceCounts {
  /** Relative to the project root, with `/`; starts with `../` for a file outside the root. */
  readonly path: string
  /** Hash of the source text; another text under the same path is another version. */
  readonly hash: string
  readonly sites: SiteTable
  /** One number per counter of `sites`. Read only: changing it changes nothing but this view. */
  readonly counts: Float64Array
}

/** One text of one source file. */
export interface SourceVersion {
  readonly path: string
  readonly hash: string
}

/** A function, by the path of its source file and its name in the site table. */
export interface FunctionReference {
  /** As in `SourceCounts`; '' for the event loop. */
  readonly path: string
  readonly name: string
}

/** How often one function called another. */
export interface CallEdge {
  readonly caller: FunctionReference
  readonly callee: FunctionReference
  /** New calls. */
  readonly calls: number
  /** How often the caller resumed the callee, a suspended generator; a resumption is no call. */
  readonly resumptions: number
}

/** A function and how often it was called. */
export interface FunctionCalls extends SourceVersion {
  readonly name: string
  /** 1-based line on which the function starts. */
  readonly line: number
  readonly calls: number
}

/** How often something ran in a context. */
export interface ContextCount {
  readonly context: Context
  readonly count: number
}

/** What a `CoverageResults` is made of. */
export interface ResultsData {
  readonly sources?: Iterable<SourceCounts>
  readonly edges?: Iterable<CallEdge>
}

/** The caller of timers, promise reactions and event handlers with no counted function below them. */
export const eventLoop: FunctionReference = Object.freeze({ path: '', name: '<event loop>' })
