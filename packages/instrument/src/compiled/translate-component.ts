import { decode, type SourceMapMappings } from '@jridgewell/sourcemap-codec'
import type { FunctionSite, KnownTable, Place, SiteTable } from '@tstrace/results'
import type { ComponentSource } from '../components/component-table.ts'
import { copiedOrigins } from './copied-origins.ts'
import type { Decorated } from './decorated-places.ts'
import { LineMap } from './line-map.ts'
import { PlaceWalk } from './place-walk.ts'
import { templateSites } from './template-sites.ts'
import { translateTable } from './translate-table.ts'

/** A source map with what it leads to. */
export interface MapToSources {
  readonly mappings: string
  /** Default: one, the file. */
  readonly sources?: readonly (string | null)[]
}

export interface ComponentTranslation {
  readonly source: ComponentSource
  /** Of its scripts. */
  readonly decorated: ReadonlyMap<string, Decorated>
  readonly compiledText: string
  /** The table of the compiled text. */
  readonly compiled: SiteTable
  /** From the compiled text to the component. */
  readonly mappings: SourceMapMappings
}

/** The table of a component: its scripts, by the rules for sources, and what of its markup is in the compiled text. */
export function translateComponent(input: ComponentTranslation): KnownTable {
  const { compiled, compiledText, decorated, mappings, source } = input
  const instance = source.instance && instanceIn(source.instance, input)
  const map = new LineMap({ mappings }, compiledText)
  const outer = compiled.functions[instance ?? 0]?.name ?? ''
  const seen = { ...compiled, functions: compiled.functions.map((site) => asWritten(site, outer)) }
  const found = seen.functions[instance ?? 0]
  const scripts = translateTable({
    source:
      instance || hasScripts(input)
        ? { ...source.sites, branches: source.branches }
        : { ...source.sites, functions: source.sites.functions.slice(0, 1), lines: [] },
    sourceText: source.scriptText,
    decorated,
    compiled: seen,
    map,
    copied: copiedOrigins({ source, compiled: seen, map, instance: instance ? found : undefined }),
    ...(source.instance && instance && found && { known: new Map([[source.instance, found]]) }),
  })
  const markup = templateSites({
    ...{ source, compiled, mappings },
    isOfScript: (index) => (scripts.functions[index] ?? -1) >= 0,
  })
  const names = new Set(scripts.sites.functions.map(({ name }) => name))
  const more = [...markup.functions].map(([index, { wanted, ...site }]) => {
    const name = free(wanted, site, names)
    names.add(name)
    return { index, site: { ...site, name } }
  })
  const functions = [...scripts.sites.functions, ...more.map(({ site }) => site)].sort(inOrder)
  const places = new Map(more.map(({ index, site }) => [index, functions.indexOf(site)]))
  return {
    hash: source.hash,
    sites: {
      ...scripts.sites,
      functions,
      lines: [...scripts.sites.lines, ...markup.lines].sort(inOrder),
    },
    functions: scripts.functions.map((place, index) => {
      const site = scripts.sites.functions[place]
      return site ? functions.indexOf(site) : (places.get(index) ?? -1)
    }),
  }
}

/** The mappings of a map that lead to one of its sources. */
export function mappingsTo(file: string, { mappings, sources = [file] }: MapToSources): SourceMapMappings {
  const decoded = decode(mappings)
  if (sources.length === 1) return decoded
  const base = file.split('/').at(-1)
  const own = sources.findIndex(
    (source) =>
      source
        ?.split(/[\\/]/)
        .at(-1)
        ?.replace(/[?#].*/, '') === base,
  )
  return decoded.map((segments) => segments.filter((segment) => segment.length === 1 || segment[1] === own))
}

/** Whether any of the scripts is in the compiled text: Vue makes modules of their own of those that are not plain. */
function hasScripts({ mappings, source: { lines, scripts } }: ComponentTranslation): boolean {
  const isScript = (at: number): boolean => scripts.some(({ end, start }) => at >= start && at < end)
  return mappings.some((segments) =>
    segments.some((one) => one.length > 1 && isScript((lines.starts[one[2] ?? -1] ?? -1) + (one[3] ?? 0))),
  )
}

/** The author of a script does not see the function that it becomes part of. */
function asWritten(site: FunctionSite, outer: string): FunctionSite {
  return site.name.startsWith(`${outer}.`) ? { ...site, name: site.name.slice(outer.length + 1) } : site
}

/**
 * The number of the function that most of the script of an instance has become part of. It stands in no other; in it are those that
 * compilers make of what runs again, as of `$:`.
 */
function instanceIn(instance: FunctionSite, input: ComponentTranslation): number | undefined {
  const { compiled, mappings, source } = input
  const walk = new PlaceWalk(compiled)
  const inside = new PlaceWalk({ ...source.sites, branches: [], lines: [] })
  const script = source.scripts.find(({ isOfInstance }) => isOfInstance)
  const own = source.sites.functions.indexOf(instance)
  const tokens = mappings.flatMap((segments, line) =>
    segments.flatMap((segment) => {
      if (segment.length === 1) return []
      const at = (source.lines.starts[segment[2]] ?? -1) + segment[3]
      const isOwn = script && at >= script.start && at < script.end
      return isOwn ? { at, functions: walk.at({ line: line + 1, column: segment[0] }).functions } : []
    }),
  )
  const votes = new Map<number, number>()
  for (const { at, functions } of tokens.sort((one, other) => one.at - other.at)) {
    const [, outermost] = functions
    const isTop = inside.at(source.lines.placeOf(at)).functions.at(-1) === own
    if (isTop && outermost !== undefined) votes.set(outermost, (votes.get(outermost) ?? 0) + 1)
  }
  const [most] = [...votes].sort(([, one], [, other]) => other - one)
  return most?.[0] ?? emptySetupIn(input)
}

/** The number of the function that Vue's compiler makes of a script of which nothing is left in it. */
function emptySetupIn({ compiled, compiledText }: ComponentTranslation): number | undefined {
  const texts = compiledText.split('\n')
  const found = compiled.functions.findIndex(({ column, line }) => {
    return texts[line - 1]?.startsWith('setup(__props', column - 'setup'.length)
  })
  return found > 0 ? found : undefined
}

function free(wanted: string, { column, line }: Place, taken: ReadonlySet<string>): string {
  const candidates = wanted.endsWith(`:${line}>`)
    ? [wanted, wanted.replace(/>$/, `:${column + 1}>`)]
    : [wanted, `${wanted}:${line}`, `${wanted}:${line}:${column + 1}`]
  const found = candidates.find((one) => !taken.has(one))
  if (found !== undefined) return found
  const last = candidates.at(-1)
  let n = 2
  while (taken.has(`${last}~${n}`)) n++
  return `${last}~${n}`
}

function inOrder(one: Place, other: Place): number {
  return one.line - other.line || one.column - other.column
}
