import { decode } from '@jridgewell/sourcemap-codec'
import type { KnownTable, LineSite, SiteTable } from '@tstrace/results'
import { componentSource } from '../components/component-table.ts'
import { insertedInto } from '../instrument/insertions.ts'
import { type Instrumented, instrument, siteTableOf } from '../instrument/instrument.ts'
import { componentKind, type Language, languageOf } from '../source-file/source-kind.ts'
import { decoratedPlaces } from './decorated-places.ts'
import { hasSameWords, isAgreeing } from './is-agreeing.ts'
import { isIstanbulAt, withoutIstanbul } from './istanbul-counters.ts'
import { LineMap } from './line-map.ts'
import { type MapToSources, mappingsTo, translateComponent } from './translate-component.ts'
import { translateTable } from './translate-table.ts'
import { withoutHints } from './without-hints.ts'

/** What a compiler made of a source. Counters of Istanbul's may be in it: they stay as they are. */
export interface CompiledSource {
  /** Name of the source in all results: its path relative to the project root, with `/`. */
  readonly file: string
  /** The source as it stands on disk: JavaScript, TypeScript, or a component. */
  readonly source: string
  /** The dialect of the source. Default: by the extension of `file`. */
  readonly lang?: Language
  /** What it became: JavaScript. */
  readonly compiled: string
  /** The source map from there to the source; of a component it may lead to other files as well. */
  readonly map: MapToSources
  /** Record who calls whom. Default: false. */
  readonly calls?: boolean
  /** As for `instrument`: for coverage that has V8's names of functions. Default: false */
  readonly keepNames?: boolean
}

/** A compiled text with counters. */
export interface InstrumentedCompiled extends Pick<Instrumented, 'code' | 'insertions'> {
  /** From `code` to the compiled text. */
  readonly map: Instrumented['map']
  /** What the counters mean in the source; `code` carries it. */
  readonly table: KnownTable
  /** Executable lines of the source that were not found; 1-based, rising. Of a component none: its compiler may leave lines out. */
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
 * @throws Error when the map leads to other places than those that it was made of
 */
export function instrumentCompiled(input: CompiledSource): InstrumentedCompiled | undefined {
  const { calls = false, compiled, file, keepNames = false } = input
  const author = authorOf(input)
  if (!author) return undefined
  const text = withoutHints(compiled, (offset) => isIstanbulAt(compiled, offset))
  let table: KnownTable | undefined
  const carryTable = ({ sites }: KnownTable): KnownTable => {
    table = author.tableOf(withoutIstanbul(sites, text))
    return table
  }
  // Branches, because compilers join lines: an arm that started one may stand anywhere.
  const made = instrument(text, {
    ...{ file, calls, carryTable, keepNames, lang: 'js' },
    ...{ branches: true, elses: false, compiler: 'none' },
  })
  if (!made || !table || (author.isComponent && table.sites.lines.length === 0)) return undefined
  const { insertions, map } = made
  const { sites } = author
  return {
    ...{ code: insertedInto(compiled, insertions), map, table, insertions },
    lost: author.isComponent ? [] : lostLines(sites, table.sites),
    lines: linesOf(sites.lines).size,
  }
}

/** What is known of a source without its compiler. */
interface Author {
  readonly sites: SiteTable
  readonly isComponent: boolean
  /** @param made the sites of the compiled text */
  readonly tableOf: (made: SiteTable) => KnownTable
}

function authorOf(input: CompiledSource): Author | undefined {
  const { compiled: text, file, lang, map, source: sourceText } = input
  if (componentKind(file)) return componentOf(input)
  const wanted = siteTableOf(sourceText, { file, branches: true, ...(lang && { lang }) })
  if (!wanted) return undefined
  const { hash, sites } = wanted
  const decorated = decoratedPlaces(sourceText, file, lang ?? languageOf(file))
  return {
    sites,
    isComponent: false,
    tableOf: (compiled) => {
      const mappings = decode(map.mappings)
      const wanted = linesOf(sites.lines).size
      if (!hasSameWords({ compiled: text, mappings, text: sourceText, wanted })) throw new Error(OTHER_WORDS)
      const lineMap = new LineMap({ mappings }, text)
      return { hash, ...translateTable({ source: sites, sourceText, decorated, compiled, map: lineMap }) }
    },
  }
}

function componentOf({ compiled: text, file, map, source: sourceText }: CompiledSource): Author {
  const source = componentSource(sourceText, file)
  const mappings = mappingsTo(file, map)
  if (!isAgreeing({ compiled: text, mappings, source })) throw new Error(OTHER_WORDS)
  const [script] = source.scripts
  const decorated = script ? decoratedPlaces(source.scriptText, file, script.language) : new Map()
  return {
    sites: source.sites,
    isComponent: true,
    tableOf: (compiled) => translateComponent({ source, decorated, compiled, compiledText: text, mappings }),
  }
}

const OTHER_WORDS =
  'the source map of its compiler leads to other words than those that it was made of, as maps do that a preprocessor applies twice.'

/** Lines of which nothing was found, or nothing but a definition, whose number is that of what it stands in. */
function lostLines(wanted: SiteTable, found: SiteTable): number[] {
  const isOwn = ({ rule }: LineSite): boolean => rule !== 'definition'
  const [known, knownOwn] = [linesOf(found.lines), linesOf(found.lines.filter(isOwn))]
  const lost = wanted.lines.filter((site) => !(isOwn(site) ? knownOwn : known).has(site.line))
  return [...linesOf(lost)].sort((a, b) => a - b)
}

function linesOf(sites: readonly LineSite[]): Set<number> {
  return new Set(sites.map(({ line }) => line))
}
