import type { FunctionSite, LineSite, SiteTable } from '@tstrace/results'
import type { Decorated } from './decorated-places.ts'
import { groupedBy } from './grouped-by.ts'
import { comesAfter, isAround } from './is-around.ts'
import { keptValues } from './kept-values.ts'
import type { LineMap, Spot } from './line-map.ts'
import { isSpot, type Origin, type Origins, originOf, originsOf, type Site, spotOf } from './origins.ts'
import { CompiledArms } from './paired-arms.ts'
import { findTakenApart } from './taken-apart.ts'

/** What the counters of a compiled text mean in its source. */
export interface Translation {
  /** The source's table, with the counters of the compiled text; without what was not found there. */
  readonly sites: SiteTable
  /** For each function of the compiled text its place in the table, -1 where the source has no such function. */
  readonly functions: readonly number[]
}

export interface TranslationInput {
  /** The table of the source, with its branches. */
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
  /** Where sites of the compiled text come from of which the map says nothing right. Default: there are none */
  readonly copied?: ReadonlyMap<Site, Spot>
}

/** Finds the sites of a source in what a compiler made of it. */
export function translateTable(input: TranslationInput): Translation {
  const { source, compiled, copied, map, ...more } = input
  const kept = keptValues(compiled, map)
  const named = new Set(kept.values())
  const placeOf = (site: Site): Site => kept.get(site as LineSite) ?? site
  const origins: Origins = {
    source: originsOf(more),
    compiled: (site) => originOf(placeOf(site), map, copied?.get(site)),
  }
  const functions = pairedFunctions(input, origins)
  const inside = insideFunctions(input, origins, functions)
  const module = source.functions[0]?.counter as number
  const entered = new Map<number, readonly number[]>()
  for (const [site, found] of functions) entered.set(site.counter, [found.counter])
  const counters = new Map(entered)
  const arms = new CompiledArms(compiled)
  const lines = pairs(
    source.lines.filter(isOwn),
    [...compiled.lines.filter((site) => isOwn(site) && !named.has(site)), ...arms.sites],
    {
      ...inside,
      known: arms.pairedWith(source, origins),
    },
  )
  for (const [site, found] of lines) {
    const [counter] = site.counters
    if (site.counters.length === 1 && counter !== undefined && !entered.has(counter))
      counters.set(counter, found.counters)
  }
  const found = source.functions.filter((site) => functions.has(site))
  const places = new Map(found.map((site, place) => [functions.get(site), place]))
  return {
    sites: {
      counters: compiled.counters,
      lines: source.lines.flatMap((site) => {
        const own = lines.get(site)
        // What runs whenever its function is entered may have been moved, or mapped to something else on its line; what is mapped to
        // itself may be run more seldom by now, if the function is not the module.
        const isSeldom =
          own &&
          isSpot(origins.source(site).exact, origins.compiled(own).exact) &&
          !site.counters.includes(module)
        const found =
          (isSeldom ? own.counters : through(site.counters, entered)) ??
          own?.counters ??
          through(site.counters, counters)
        return found ? [{ ...site, counters: found }] : []
      }),
      functions: found.map((site) => ({ ...site, counter: (functions.get(site) as FunctionSite).counter })),
      branches: [],
    },
    functions: compiled.functions.map((site) => places.get(site) ?? -1),
  }
}

/** Origins that say in which of the source's functions a site stands. */
function insideFunctions(
  { compiled, source }: TranslationInput,
  origins: Origins,
  functions: ReadonlyMap<FunctionSite, FunctionSite>,
): Origins {
  const numbers = new Map([...functions].map(([site, found]) => [found, source.functions.indexOf(site)]))
  const numberOf = (site: Site): number => Math.max(source.functions.findLastIndex(isAround(site)), 0)
  return {
    source: (site) => ({
      ...origins.source(site),
      // Compilers make fields part of the constructor, or hand them to a function of their own.
      inside: site.rule === 'class field' ? undefined : numberOf(site),
    }),
    compiled: (site) => ({
      ...origins.compiled(site),
      inside: numbers.get(
        compiled.functions.findLast(isAround(site)) ?? (compiled.functions[0] as FunctionSite),
      ),
    }),
  }
}

function pairedFunctions(input: TranslationInput, origins: Origins): Map<FunctionSite, FunctionSite> {
  const { compiled, known, source } = input
  const byOrigin = pairs(source.functions, compiled.functions, { ...origins, known })
  const byPlace = new Map([...byOrigin, ...ofClasses(input, byOrigin)])
  return new Map([...byPlace, ...byContent(input, byPlace)])
}

/** A definition has the number of what it stands in, wherever a compiler moves it. */
function isOwn({ rule }: LineSite): boolean {
  return rule !== 'definition'
}

function through(
  counters: readonly number[],
  known: ReadonlyMap<number, readonly number[]>,
): number[] | undefined {
  const found = counters.map((counter) => known.get(counter))
  return found.every((one) => one !== undefined) ? found.flat() : undefined
}

/** Who is who, beside those that are known, by ever weaker signs; each is found once. */
function pairs<Kind extends Site>(
  sources: readonly Kind[],
  compileds: readonly Kind[],
  { source, compiled, known }: Origins & { readonly known?: Iterable<readonly [Kind, Kind]> | undefined },
): Map<Kind, Kind> {
  const found = new Map<Kind, Kind>(known)
  const taken = new Set<Kind>(found.values())
  const origins = new Map(compileds.map((site) => [site, compiled(site)]))
  let open = sources.flatMap((site) => (found.has(site) ? [] : [{ site, origin: source(site) }]))
  for (const sign of SIGNS) {
    if (open.length === 0) return found
    const left = compileds.filter((site) => !taken.has(site))
    const candidates = groupedBy(left, (site) => sign(site, origins.get(site)))
    open = open.filter(({ origin, site }) => {
      const key = sign(site, origin)
      const match = key ? candidates.get(key)?.shift() : undefined
      if (!match) return true
      found.set(site, match)
      taken.add(match)
      return false
    })
  }
  const left = compileds.filter((site) => !taken.has(site))
  const unmapped = left.filter((site) => !origins.get(site)?.near)
  // Compilers add functions, and in them what is a statement, too.
  const inKnown = unmapped.filter((site) => origins.get(site)?.inside !== undefined)
  for (const sites of [unmapped, left, inKnown]) fillGaps(sources, sites, found)
  findTakenApart({ sources, left, origins }, found)
  return found
}

/**
 * Where a compiler has made functions of classes, a method is mapped to the whole member, and is the only function that begins on its
 * line; the class itself is its constructor.
 */
function ofClasses(
  { compiled, map, source }: TranslationInput,
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

/** Functions that a compiler has moved elsewhere, mapped to something else: what is in them comes from what was in them. */
function byContent(
  { compiled, map, source }: TranslationInput,
  known: ReadonlyMap<FunctionSite, FunctionSite>,
): Map<FunctionSite, FunctionSite> {
  const found = new Map<FunctionSite, FunctionSite>()
  const taken = new Set(known.values())
  for (const site of compiled.functions) {
    const open = source.functions.filter((one) => !known.has(one) && !found.has(one))
    if (open.length === 0 || taken.has(site)) continue
    const around = map
      .within(spotOf(site), spotOf(site.end))
      .map(({ column, line }) => open.findLast(isAround({ line: line + 1, column })))
      .find((one) => one !== undefined)
    if (around) found.set(around, site)
  }
  return found
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

type Which =
  | 'named'
  | 'value'
  | 'declared'
  | 'exact'
  | 'close'
  | 'near'
  | 'outer'
  | 'returned'
  | 'unwrapped'
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
  ...(['declared', 'exact', 'close', 'named', 'near', 'outer', 'returned', 'unwrapped'] as const).map(
    inFunction,
  ),
  ...(['value', 'front', 'indented', 'declared', 'exact', 'close', 'near', 'outer', 'member'] as const).map(
    anywhere,
  ),
  (_, origin) => placed(origin?.exact, ''),
  (_, origin) => placed(origin?.close, ''),
  (site) => site.name && kindOf(site),
  (site, origin) => origin?.near && `${origin.near.line} ${kindOf(site)}`,
  (_, origin) => origin?.field,
]
