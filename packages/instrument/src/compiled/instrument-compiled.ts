import type { KnownTable, LineSite, SiteTable } from '@tstrace/results'
import { insertedInto } from '../instrument/insertions.ts'
import { type Instrumented, instrument, siteTableOf } from '../instrument/instrument.ts'
import { type Language, languageOf } from '../source-file/source-kind.ts'
import { decoratedPlaces } from './decorated-places.ts'
import { LineMap } from './line-map.ts'
import { translateTable } from './translate-table.ts'
import { withoutHints } from './without-hints.ts'

/** What a compiler made of a source. */
export interface CompiledSource {
  /** Name of the source in all results: its path relative to the project root, with `/`. */
  readonly file: string
  /** The source as it stands on disk. */
  readonly source: string
  /** The dialect of the source. Default: by the extension of `file`. */
  readonly lang?: Language
  /** What it became: JavaScript. */
  readonly compiled: string
  /** The source map from there to the source. */
  readonly map: { readonly mappings: string }
  /** Record who calls whom. Default: false. */
  readonly calls?: boolean
  /** Counters of another tool that are in the compiled text already. */
  readonly others?: OtherCounters
}

/** Counters of another tool in a compiled text: they are no part of the source, and stay as they are. */
export interface OtherCounters {
  /** Whether what stands at an offset of a text is theirs, so that a hint in front of it has to be followed. */
  readonly isAt: (text: string, offset: number) => boolean
  /** The sites of a text without those that are theirs. */
  readonly leftOut: (sites: SiteTable, text: string) => SiteTable
}

/** A compiled text with counters. */
export interface InstrumentedCompiled extends Pick<Instrumented, 'code' | 'insertions'> {
  /** From `code` to the compiled text. */
  readonly map: Instrumented['map']
  /** What the counters mean in the source; `code` carries it. */
  readonly table: KnownTable
  /** Executable lines of the source that were not found; 1-based, rising. */
  readonly lost: readonly number[]
  /** How many executable lines the source has. */
  readonly lines: number
}

/**
 * Puts counters into what a compiler made of a source. Sites are the source's, by the rules for sources; their counters are
 * found through the map. What the compiler added counts for nobody, and what it took away is in no listing.
 *
 * @returns undefined where nothing in the source or in what became of it runs, or where the source asks to be left alone
 * @throws TstraceError `TST_PARSE` when one of the two cannot be parsed
 */
export function instrumentCompiled(input: CompiledSource): InstrumentedCompiled | undefined {
  const { calls = false, compiled, file, lang, others, source } = input
  const wanted = siteTableOf(source, { file, branches: true, ...(lang && { lang }) })
  if (!wanted) return undefined
  const text = withoutHints(compiled, (offset) => others?.isAt(compiled, offset) ?? false)
  const tableOf = (sites: SiteTable): KnownTable => ({
    hash: wanted.hash,
    ...translateTable({
      source: wanted.sites,
      sourceText: source,
      decorated: decoratedPlaces(source, file, lang ?? languageOf(file)),
      compiled: others?.leftOut(sites, text) ?? sites,
      map: new LineMap(input.map),
    }),
  })
  let table: KnownTable | undefined
  const carryTable = ({ sites }: KnownTable): KnownTable => {
    table = tableOf(sites)
    return table
  }
  // Branches, because compilers join lines: an arm that started one may stand anywhere.
  const made = instrument(text, { file, calls, branches: true, lang: 'js', carryTable })
  if (!made || !table) return undefined
  const { insertions, map } = made
  return {
    ...{ code: insertedInto(compiled, insertions), map, table, insertions },
    lost: lostLines(wanted.sites, table.sites),
    lines: new Set(wanted.sites.lines.map(({ line }) => line)).size,
  }
}

/** Lines of which nothing was found, or nothing but a definition, whose number is that of what it stands in. */
function lostLines(wanted: SiteTable, found: SiteTable): number[] {
  const isOwn = ({ rule }: LineSite): boolean => rule !== 'definition'
  const linesOf = (sites: readonly LineSite[]): Set<number> => new Set(sites.map(({ line }) => line))
  const [known, knownOwn] = [linesOf(found.lines), linesOf(found.lines.filter(isOwn))]
  const lost = wanted.lines.filter((site) => !(isOwn(site) ? knownOwn : known).has(site.line))
  return [...linesOf(lost)].sort((a, b) => a - b)
}
