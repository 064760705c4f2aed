import type { OverviewData, PageSource, SourceNumbers } from '../page-data.ts'

/** A source in lists. */
export interface ListedSource extends SourceNumbers {
  /** Place in the overview, which names its chunk. */
  readonly place: number
  readonly path: string
  readonly hash: string
  /** Its path; with the start of its hash where several texts of one path were counted. */
  readonly label: string
}

/** Everything that is known before something is opened. */
export interface RecordedPage {
  readonly data: OverviewData
  readonly sources: readonly ListedSource[]
  /** By label. */
  readonly byLabel: ReadonlyMap<string, ListedSource>
  /** The first of each path. */
  readonly byPath: ReadonlyMap<string, ListedSource>
  readonly totals: SourceNumbers
  /** Whether it was recorded what was running. */
  readonly hasContexts: boolean
  readonly hottestSource: ListedSource | undefined
}

/** The recording that is shown. */
export const SHOWN = 0

export function recordedPage(data: OverviewData): RecordedPage {
  const sources = data.sources.map((source, place) => listed(source, place, data.sources))
  const hottestSource = sources.reduce<ListedSource | undefined>(
    (best, source) => (source.hottest > (best?.hottest ?? 0) ? source : best),
    undefined,
  )
  const sum = (of: (source: ListedSource) => number): number =>
    sources.reduce((total, source) => total + of(source), 0)
  return {
    data,
    sources,
    byLabel: new Map(sources.map((source) => [source.label, source])),
    byPath: new Map(sources.toReversed().map((source) => [source.path, source])),
    totals: {
      lines: sum(({ lines }) => lines),
      missing: sum(({ missing }) => missing),
      hottest: hottestSource?.hottest ?? 0,
      hottestLine: hottestSource?.hottestLine ?? 0,
      calls: sum(({ calls }) => calls),
      count: sum(({ count }) => count),
    },
    hasContexts: Object.keys(data.contexts).length > 0,
    hottestSource,
  }
}

function listed(source: PageSource, place: number, all: readonly PageSource[]): ListedSource {
  const { hash, numbers, path } = source
  const hasOthers = all[place - 1]?.path === path || all[place + 1]?.path === path
  const label = hasOthers ? `${path}@${hash.slice(0, 8)}` : path
  return { ...(numbers[SHOWN] as SourceNumbers), place, path, hash, label }
}
