import type { BranchSite, FunctionSite, LineSite, SiteTable } from '@tstrace/results'
import type { ComponentSource } from '../components/component-table.ts'
import { isAround } from './is-around.ts'
import type { LineMap, Spot } from './line-map.ts'
import { type Site, spotOf } from './origins.ts'

interface CopiedInput {
  readonly source: ComponentSource
  /** The table of the compiled text. */
  readonly compiled: SiteTable
  readonly map: LineMap
  /** What the script of an instance has become. */
  readonly instance: FunctionSite | undefined
}

/**
 * Where the sites of a compiled text come from that are in functions of which Vue's compiler has copied the text: its map says nothing
 * of them, or what it says of their neighbours. They are known by the names of the properties that they are, and what is in them
 * stands there in the order of the source.
 */
export function copiedOrigins({ compiled, instance, map, source }: CopiedInput): Map<Site, Spot> {
  const found = new Map<Site, Spot>()
  if (source.copied.size === 0) return found
  const others = new Set(source.sites.functions.filter((site) => !source.copied.has(site)).map(placeOf))
  const candidates = compiled.functions.filter((site) => {
    const spot = map.exactly(spotOf(site))
    const isOther = spot && others.has(placeOf({ line: spot.line + 1, column: spot.column }))
    return !isOther && !(instance && isAround(site)(instance))
  })
  for (const [site, path] of source.copied) {
    const [only, other] = candidates.filter(({ name }) => isAt(path, name))
    if (!only || other) continue
    const [own, made] = [
      sitesIn(site, { ...source.sites, branches: source.branches }),
      sitesIn(only, compiled),
    ]
    found.set(only, spotOf(site))
    for (const [at, list] of own.entries()) {
      const copies = made[at] ?? []
      if (list.length !== copies.length || list.some((one, i) => signOf(one) !== signOf(copies[i]))) continue
      for (const [i, one] of list.entries()) found.set(copies[i] as Site, spotOf(one))
    }
  }
  return found
}

/** Whether a function of the compiled text is the property of a component's options, or the default of one of its properties. */
function isAt(path: string, name: string): boolean {
  const own = name
    .replace(/^_sfc_main\./, '')
    .replace(/^(?:props|emits)\./, '')
    .replace(/(?::\d+){1,2}$/, '')
  return own === path || own === `${path}.default`
}

type Kinds = readonly [readonly FunctionSite[], readonly LineSite[], readonly BranchSite[]]

/** What is in a function. Arms stand on lines of their own in one text and not in the other: branches have them. */
function sitesIn(site: FunctionSite, { branches, functions, lines }: SiteTable): Kinds {
  const isIn = (one: Site): boolean => isAround(one)(site)
  return [
    functions.filter((one) => one !== site && isIn(one)),
    lines.filter((one) => one.rule !== 'definition' && one.rule !== 'arm' && isIn(one)),
    branches.filter(isIn),
  ]
}

/** An `if` without `else` has one arm or two, as somebody asks for. */
function signOf(site: Partial<LineSite & BranchSite> | undefined): string | undefined {
  return site?.kind ?? site?.rule
}

function placeOf({ column, line }: Site): string {
  return `${line}:${column}`
}
