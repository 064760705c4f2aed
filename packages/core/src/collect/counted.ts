/** What a worker counted since its last flush. Plain data; nothing in it points into the runtime. */
export interface Counted {
  readonly sources: readonly CountedSource[]
  readonly edges: readonly CountedEdge[]
  /** What went wrong where it was counted, as sentences for the report. */
  readonly problems?: readonly string[]
  /** Those that mean that counts are missing. */
  readonly losses?: readonly string[]
}

export interface CountedSource {
  /** Identity of source text, path and counting rules; the key under which site tables are found. */
  readonly id: string
  /** Relative to the project root, with `/`. */
  readonly path: string
  /** One number per counter of the file's site table. */
  readonly counts: Float64Array
  /** The file's site table as JSON, where the emitted code had to carry it (the text is not what is on disk). */
  readonly table?: string | undefined
}

export interface CountedEdge {
  /** `id` of the caller's source, or '' for the event loop. */
  readonly callerId: string
  /** Index into the caller's `SiteTable.functions`; 0 for the event loop. */
  readonly callerFunction: number
  readonly calleeId: string
  readonly calleeFunction: number
  /** New calls. */
  readonly calls: number
  /** How often the caller resumed a suspended generator; a resumption is no call. */
  readonly resumptions: number
}
