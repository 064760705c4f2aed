import type { FunctionSite, LineSite, SiteTable } from '@tstrace/results'
import type { Decorated } from './decorated-places.ts'
import type { LineMap, Spot } from './line-map.ts'
import { type Origin, type Origins, originOf, originsOf, type Site, spotOf } from './origins.ts'

/** What the counters of a compiled text mean in its source. */
export interface Translation {
  /** The source's table, with the counters of the compiled text; without what was not found there. */
  readonly sites: SiteTable
  /** For each function of the compiled text its place in the table, -1 where the source has no such function. */
  readonly functions: readonly number[]
}

export interface TranslationInput {
  /** The table of the source. */
  readonly source: SiteTable
  readonly sourceText: string
  /** Of the source. */
  readonly decorated?: ReadonlyMap<string, Decorated>
  /** The table of the compiled text. */
  readonly compiled: SiteTable
  /** From the compiled text to the source. */
  readonly map: LineMap
  /** Functions of the source that were found in the compiled text already. Default: none */
  readonly known?: ReadonlyMap<FunctionSite, FunctionSite>
}

/** Finds the sites of a source in what a compiler made of it. */
export function translateTable({ source, compiled, map, known, ...more }: TranslationInput): Translation {
  const originOfSource = originsOf(more)
  const origins: Origins = { source: originOfSource, compiled: (site) => originOf(site, map) }
  const byOrigin = pairs(source.functions, compiled.functions, { ...origins, known })
  const functions = new Map([...byOrigin, ...ofClasses({ source, compiled, map }, byOrigin)])
  const sourceOf = new Map([...functions].map(([site, found]) => [found, source.functions.indexOf(site)]))
  const inside: Origins = {
    source: (site) => ({
      ...origins.source(site),
      // Compilers make fields part of the constructor, or hand them to a function of their own.
      inside:
        site.rule === 'class field' ? undefined : source.functions.indexOf(innermost(site, source.functions)),
    }),
    compiled: (site) => ({
      ...origins.compiled(site),
      inside: sourceOf.get(innermost(site, compiled.functions)),
    }),
  }
  const entered = new Map<number, readonly number[]>()
  for (const [site, found] of functions) entered.set(site.counter, [found.counter])
  const counters = new Map(entered)
  const lines = pairs(
    source.lines.filter(isOwn),
    [...compiled.lines.filter(isOwn), ...armsOf(compiled)],
    inside,
  )
  for (const [site, found] of lines) {
    const [counter] = site.counters
    if (site.counters.length === 1 && counter !== undefined && !entered.has(counter))
      counters.set(counter, found.counters)
  }
  const kept = source.functions.filter((site) => functions.has(site))
  const places = new Map(kept.map((site, place) => [functions.get(site), place]))
  return {
    sites: {
      counters: compiled.counters,
      lines: source.lines.flatMap((site) => {
        // What runs whenever its function is entered may have been moved, or mapped to something else on its line.
        const found =
          through(site.counters, entered) ?? lines.get(site)?.counters ?? through(site.counters, counters)
        return found ? [{ ...site, counters: found }] : []
      }),
      functions: kept.map((site) => ({ ...site, counter: (functions.get(site) as FunctionSite).counter })),
      branches: [],
    },
    functions: compiled.functions.map((site) => places.get(site) ?? -1),
  }
}

/** The function a site stands in; the module where there is no other. */
function innermost(site: Site, functions: readonly FunctionSite[]): FunctionSite {
  const around = functions.filter((one) => !comesAfter(one, site) && comesAfter(one.end, site))
  return (around.at(-1) ?? functions[0]) as FunctionSite
}

/** A definition has the number of what it stands in, wherever a compiler moves it. */
function isOwn({ rule }: LineSite): boolean {
  return rule !== 'definition'
}

/** Compilers join lines, so that an arm that started one may stand anywhere. */
function armsOf({ branches }: SiteTable): LineSite[] {
  return branches.flatMap(({ arms }) =>
    arms.map(({ line, column, counter }) => ({ line, column, counters: [counter], rule: 'arm' })),
  )
}

function through(
  counters: readonly number[],
  known: ReadonlyMap<number, readonly number[]>,
): number[] | undefined {
  const found = counters.map((counter) => known.get(counter))
  return found.every((one) => one !== undefined) ? found.flat() : undefined
}

/** Who is who, by ever weaker signs; each is found once. */
function pairs<Kind extends Site>(
  sources: readonly Kind[],
  compileds: readonly Kind[],
  {
    source,
    compiled,
    known = [],
  }: Origins & { readonly known?: Iterable<readonly [Kind, Kind]> | undefined },
): Map<Kind, Kind> {
  const found = new Map<Kind, Kind>(known)
  const taken = new Set<Kind>(found.values())
  const origins = new Map(compileds.map((site) => [site, compiled(site)]))
  for (const sign of SIGNS) {
    const left = compileds.filter((site) => !taken.has(site))
    const candidates = groupedBy(left, (site) => sign(site, origins.get(site)))
    for (const site of sources) {
      if (found.has(site)) continue
      const key = sign(site, source(site))
      const match = key ? candidates.get(key)?.shift() : undefined
      if (match) {
        found.set(site, match)
        taken.add(match)
      }
    }
  }
  const left = compileds.filter((site) => !taken.has(site))
  for (const sites of [left.filter((site) => !origins.get(site)?.near), left]) fillGaps(sources, sites, found)
  return found
}

/**
 * Where a compiler has made functions of classes, a method is mapped to the whole member, and is the only function that begins on its
 * line; the class itself is its constructor.
 */
function ofClasses(
  { compiled, map, source }: Pick<TranslationInput, 'compiled' | 'map' | 'source'>,
  known: ReadonlyMap<FunctionSite, FunctionSite>,
): [FunctionSite, FunctionSite][] {
  const taken = new Set(known.values())
  const left = compiled.functions.filter((site) => !taken.has(site))
  const perLine = groupedBy(source.functions, ({ line }) => line)
  const byLine = groupedBy(left, (site) => map.exactly(spotOf(site))?.line)
  const byName = groupedBy(left, ({ name }) => name.split('.').at(-1))
  return source.functions.flatMap((site): [FunctionSite, FunctionSite][] => {
    if (known.has(site)) return []
    const [, className] = /([^.]+)\.constructor$/.exec(site.name) ?? []
    const onLine = perLine.get(site.line)?.length === 1 ? byLine.get(site.line - 1) : undefined
    const [only, other] = onLine ?? (className === undefined ? [] : (byName.get(className) ?? []))
    return only && !other ? [[site, only]] : []
  })
}

function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** What the map says nothing of, or nothing right, stands between the same neighbours as in the source, if it is as many. */
function fillGaps<Kind extends Site>(
  sources: readonly Kind[],
  left: readonly Kind[],
  found: Map<Kind, Kind>,
): void {
  let gap: Kind[] = []
  let before: Kind | undefined
  for (const site of [...sources, undefined]) {
    if (site && !found.has(site)) {
      gap.push(site)
      continue
    }
    const after = site && found.get(site)
    const kinds = new Set(gap.map(kindOf))
    const isBetween = (one: Kind): boolean =>
      kinds.has(kindOf(one)) && (!before || comesAfter(one, before)) && (!after || comesAfter(after, one))
    const between = left.filter(isBetween)
    if (
      between.length === gap.length &&
      // Compilers put fields somewhere else.
      gap.every(({ rule }) => rule !== 'class field') &&
      gap.every((one, at) => kindOf(one) === kindOf(between[at] as Kind))
    ) {
      for (const [at, one] of gap.entries()) found.set(one, between[at] as Kind)
    }
    gap = []
    before = after
  }
}

function comesAfter(site: Spot, other: Spot): boolean {
  return site.line > other.line || (site.line === other.line && site.column > other.column)
}

type Which =
  | 'named'
  | 'value'
  | 'declared'
  | 'exact'
  | 'close'
  | 'near'
  | 'outer'
  | 'member'
  | 'front'
  | 'indented'
type Sign = (site: Site, origin: Origin | undefined) => string | undefined

/**
 * Istanbul makes blocks, and `else if` is an `if` in one of them then; compilers make assignments of fields, and they name what is exported as `default` so that
 * it can be a variable.
 */
const kindOf = ({ rule, name }: Site): string => {
  if (rule !== undefined) return rule === 'else if' || rule === 'class field' ? 'statement' : rule
  // What makes a name the only one of its text is the line there.
  return name?.replace(/^_default(?=\.|$)/, 'default').replace(/(:\d+){1,2}$/, '') ?? ''
}
const placed = (spot: Spot | undefined, more: string): string | undefined =>
  spot && `${spot.line}:${spot.column} ${more}`

const inFunction =
  (which: Which): Sign =>
  (site, origin) =>
    origin?.inside !== undefined ? placed(origin[which], `${origin.inside} ${kindOf(site)}`) : undefined

const anywhere =
  (which: Which): Sign =>
  (site, origin) =>
    placed(origin?.[which], kindOf(site))

const SIGNS: readonly Sign[] = [
  (site) => (site.name === '<module>' ? site.name : undefined),
  ...(['declared', 'exact', 'close', 'named', 'near', 'outer'] as const).map(inFunction),
  ...(['value', 'front', 'indented', 'declared', 'exact', 'close', 'near', 'outer', 'member'] as const).map(
    anywhere,
  ),
  (_, origin) => placed(origin?.exact, ''),
  (_, origin) => placed(origin?.close, ''),
  (site) => site.name && kindOf(site),
  (site, origin) => origin?.near && `${origin.near.line} ${kindOf(site)}`,
]
