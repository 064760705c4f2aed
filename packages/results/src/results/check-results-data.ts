import { messageOf, TstraceError } from '../errors.ts'
import { checkSiteTable } from './check-site-table.ts'
import { countOf, Damage, shown, textOf } from './damage.ts'
import { packSiteTable } from './packed-site-table.ts'
import type { CallEdge, FunctionReference, ResultsData, SourceCounts } from './results-data.ts'
import type { SiteTable } from './site-table.ts'

/**
 * Checks what a program gives as data for `CoverageResults`: its shape, that is, and that numbers are counts. What else
 * results can hold is checked where it is added.
 *
 * @throws TstraceError `TST_RESULTS_DAMAGED`
 */
export function checkResultsData(data: unknown): ResultsData {
  try {
    const { edges = [], sources = [] } = recordOf(data, 'it')
    return {
      sources: itemsOf(sources, 'sources').map((source, i) => sourceOf(source, `sources[${i}]`)),
      edges: itemsOf(edges, 'edges').map((edge, i) => edgeOf(edge, `edges[${i}]`)),
    }
  } catch (cause) {
    const message = `The data for CoverageResults cannot be used: ${messageOf(cause)}.`
    const wayOut = 'Give what sources() and edges() of other results give, or the path of a counts file.'
    throw new TstraceError('TST_RESULTS_DAMAGED', `${message} ${wayOut}`, { cause })
  }
}

function sourceOf(value: unknown, where: string): SourceCounts {
  const { counts, hash, path, sites } = recordOf(value, where)
  if (!Array.isArray(counts) && !(counts instanceof Float64Array))
    throw new Damage(`${where}.counts`, `is no list of numbers but ${shown(counts)}`)
  for (let i = 0; i < counts.length; i++)
    if (typeof counts[i] !== 'number') countOf(counts[i], `${where}.counts[${i}]`)
  return {
    path: textOf(path, `${where}.path`),
    hash: textOf(hash, `${where}.hash`),
    sites: siteTableOf(sites, `${where}.sites`),
    counts: counts as Float64Array,
  }
}

function siteTableOf(value: unknown, where: string): SiteTable {
  const counters = countOf(recordOf(value, where).counters, `${where}.counters`)
  checkSiteTable(packed(value as SiteTable, where), where, counters)
  return value as SiteTable
}

function packed(sites: SiteTable, where: string): unknown {
  try {
    return packSiteTable(sites)
  } catch {
    throw new Damage(where, 'is no site table')
  }
}

function edgeOf(value: unknown, where: string): CallEdge {
  const { callee, caller, calls, resumptions } = recordOf(value, where)
  return {
    caller: functionOf(caller, `${where}.caller`),
    callee: functionOf(callee, `${where}.callee`),
    calls: countOf(calls, `${where}.calls`),
    resumptions: countOf(resumptions, `${where}.resumptions`),
  }
}

function functionOf(value: unknown, where: string): FunctionReference {
  const { name, path } = recordOf(value, where)
  return { path: textOf(path, `${where}.path`), name: textOf(name, `${where}.name`) }
}

function recordOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Damage(where, `is no object but ${shown(value)}`)
  return value as Readonly<Record<string, unknown>>
}

function itemsOf(value: unknown, where: string): unknown[] {
  const iterable = value as Partial<Iterable<unknown>> | null
  if (typeof value === 'string' || typeof iterable?.[Symbol.iterator] !== 'function')
    throw new Damage(where, `cannot be gone through: it is ${shown(value)}`)
  return [...(iterable as Iterable<unknown>)]
}
