import type { ComparedSource, ComparisonData } from '../../comparison-data.ts'

/** A source in lists. */
export interface ListedPair extends ComparedSource {
  /** Place in the overview, which names its chunk. */
  readonly place: number
  /** Path in the second recording, or in the first where only that has it; with the start of its hash where there are several. */
  readonly label: string
  /** What became of its text. */
  readonly state: string
  /** How many of its lines differ. */
  readonly differing: number
}

/** Everything that is known before something is opened. */
export interface ComparedPage {
  readonly data: ComparisonData
  readonly sources: readonly ListedPair[]
  readonly byLabel: ReadonlyMap<string, ListedPair>
}

export function comparedPage(data: ComparisonData): ComparedPage {
  const paths = new Map<string, number>()
  for (const source of data.sources) paths.set(pathOf(source), (paths.get(pathOf(source)) ?? 0) + 1)
  const sources = data.sources.map((source, place): ListedPair => {
    const path = pathOf(source)
    const hash = (source.texts[1] ?? source.texts[0])?.hash.slice(0, 8)
    return {
      ...source,
      place,
      label: (paths.get(path) ?? 0) > 1 ? `${path}@${hash}` : path,
      state: stateOf(source),
      differing: source.onlyBefore + source.onlyAfter + source.changed,
    }
  })
  return { data, sources, byLabel: new Map(sources.map((source) => [source.label, source])) }
}

function pathOf({ texts: [before, after] }: ComparedSource): string {
  return (after ?? before)?.path ?? ''
}

function stateOf({ texts: [before, after] }: ComparedSource): string {
  if (!before) return 'only in the second'
  if (!after) return 'only in the first'
  if (before.path !== after.path) return `was ${before.path}`
  return before.hash === after.hash ? '' : 'text changed'
}
