import type { PageInput } from '@tstrace/core/adapter'
import { type Context, contextKey, type SourceCounts, type SourceVersion } from '@tstrace/results'

/** What the chunks of one page are made of. */
export interface PageMaterial extends PageInput {
  /** What is on the page, in its order. */
  readonly sources: readonly SourceVersion[]
  readonly contexts: readonly Context[]
  /** Place among the contexts, by key. */
  readonly numberOf: (context: string) => number
  /** The counts of a text, one for each of its site tables. */
  readonly tablesOf: (version: SourceVersion) => readonly SourceCounts[]
}

export function pageMaterial(input: PageInput): PageMaterial {
  const { keep, results } = input
  const contexts = results.contexts()
  const numbers = new Map(contexts.map((context, number) => [contextKey(context), number]))
  const tables = new Map<string, SourceCounts[]>()
  for (const source of results.sources()) {
    const known = tables.get(textKey(source))
    if (known) known.push(source)
    else tables.set(textKey(source), [source])
  }
  return {
    ...input,
    sources: results.versions().filter(({ path }) => keep(path) && !results.isIgnoredFilename(path)),
    contexts,
    numberOf: (context) => numbers.get(context) as number,
    tablesOf: (version) => tables.get(textKey(version)) ?? [],
  }
}

function textKey({ hash, path }: SourceVersion): string {
  return `${path}\0${hash}`
}
