import type { KnownTable, SiteTable } from '@tstrace/results'
import { textHash } from '@tstrace/results/text-hash'
import { withoutMark } from '../source-file/byte-order-mark.ts'
import { type Language, languageOf } from '../source-file/source-kind.ts'
import { boundNames } from './bound-names.ts'
import { exportsToKeep, lostExportsCode } from './commonjs-exports.ts'
import { type CoverageSites, CoverageSitesBuilder } from './coverage-sites.ts'
import { helperName } from './emitted-names.ts'
import { helperCode, namesGlobals } from './helper.ts'
import { ignoreHintsOf, lineEnd, nextToken } from './ignore-hints.ts'
import { ImportedCalls, importedNames, type UnmappedCalls } from './imported-calls.ts'
import { type Insertion, Insertions, insertedInto } from './insertions.ts'
import type { Compiler } from './mapped-tokens.ts'
import { walkModule } from './modules.ts'
import { type Parsed, parse } from './parse.ts'
import { ParseError } from './parse-error.ts'
import { namesSent } from './sent-functions.ts'
import { SiteTableBuilder } from './site-table-builder.ts'
import { SourceLines } from './source-lines.ts'
import { type SourceMap, sourceMapOf } from './source-map.ts'
import { steps } from './steps.ts'
import { Walk } from './walk.ts'

export interface InstrumentOptions {
  /** Name of the source in all results: its path relative to the project root, with `/`. */
  readonly file: string
  /** Record who calls whom. Default: false. */
  readonly calls?: boolean
  /** Show functions and lines before they run, through `RuntimeState.live`; calls are tracked for it. Default: false. */
  readonly live?: boolean
  /** Count every arm of every branch, for reports in Istanbul's terms. Default: false. */
  readonly branches?: boolean
  /** Where branches are counted, count the `else` that is not there as well. Default: true. */
  readonly elses?: boolean
  /**
   * Emit code around which V8 gives functions the names that it gives them without, for coverage that has them. Default: as
   * `branches`.
   */
  readonly keepNames?: boolean
  /**
   * Put the site table into the code: needed where the text is not what is on disk. A function gives the table to put
   * there instead of the text's own. Default: false.
   */
  readonly carryTable?: boolean | ((own: KnownTable) => KnownTable)
  /** Whose source map this one will be combined with: they map different tokens. Default: `oxc`. */
  readonly compiler?: Compiler
  /** Which calls of imported names what runs the code will begin with something that its map says nothing of. Default: none */
  readonly unmappedCalls?: UnmappedCalls | undefined
  /** The dialect. Default: by the extension of `file`, JavaScript where that says nothing. */
  readonly lang?: Language
}

export interface Instrumented {
  /** The source with counters; every line of the source is still on its line. */
  readonly code: string
  /** The same without the helper: the part for compilers, which need not digest the rest, nor check its types. */
  readonly body: string
  /**
   * What the body calls, as declarations in plain JavaScript that can stand anywhere at the top of the same file; at
   * the end of `code`.
   */
  readonly helper: string
  /** The names that the body uses of the helper. */
  readonly names: readonly string[]
  /** From `code` to the source; made when it is first asked for, which not everybody does. */
  readonly map: SourceMap
  readonly sites: SiteTable
  /** Identity of path, text and counting rules: names the table that belongs to a file's counts. */
  readonly id: string
  /** Hash of the text: 16 hexadecimal digits. */
  readonly hash: string
  /** What `code` has that the source has not, by rising offset; the helper last. */
  readonly insertions: readonly Insertion[]
}

/** Changes whenever the same source would get other counters or other code. */
const RULES = '2'

const NO_NAMES: ReadonlySet<string> = new Set()

/**
 * Puts counters into a source text, by insertion only, before any other transform.
 *
 * @param source the text as its author wrote it: JavaScript or TypeScript, with or without JSX
 * @returns undefined where nothing in the text runs, or where it asks to be left alone
 * @throws TstraceError `TST_PARSE` when the text cannot be parsed; it should then run as it is
 */
export function instrument(source: string, options: InstrumentOptions): Instrumented | undefined {
  return orTooDeep(options.file, () => {
    const text = hashbangFirst(source)
    const walked = walkedOver(text, options)
    return walked && behind(source.slice(0, source.length - text.length), emitted(text, options, walked))
  })
}

/** As `instrument`, but only what the numbers stand for: makes no code and no map. */
export function siteTableOf(
  source: string,
  options: InstrumentOptions,
): Pick<Instrumented, 'sites' | 'id' | 'hash'> | undefined {
  return orTooDeep(options.file, () => walkedOver(hashbangFirst(source), options))
}

/** As `siteTableOf`, with what coverage tools count, by the same counters. */
export function coverageSitesOf(
  source: string,
  options: InstrumentOptions,
): (Pick<Instrumented, 'sites' | 'id' | 'hash'> & { readonly coverage: CoverageSites }) | undefined {
  return orTooDeep(options.file, () => {
    const walked = walkedOver(hashbangFirst(source), options, new CoverageSitesBuilder())
    const coverage = walked?.table.finishCoverage()
    return walked && coverage && { sites: walked.sites, id: walked.id, hash: walked.hash, coverage }
  })
}

/** For the parser, a `#!` behind a byte order mark is none, although many run such a text. */
function hashbangFirst(source: string): string {
  const text = withoutMark(source)
  return text.startsWith('#!') ? text : source
}

/** What comes after us gets the mark back: whoever refuses it still does. */
function behind(mark: string, made: Instrumented): Instrumented {
  if (mark === '') return made
  const insertions = made.insertions.map(({ at, origin, ...rest }) => ({
    ...rest,
    at: at + mark.length,
    origin: origin === undefined ? undefined : origin + mark.length,
  }))
  return { ...made, code: mark + made.code, body: mark + made.body, insertions }
}

function orTooDeep<Result>(file: string, make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ParseError(file, 'its code is nested too deeply.')
  }
}

/** What a walk has found out about a source, of which code and map can be made. */
interface Walked extends Pick<Instrumented, 'sites' | 'id' | 'hash'> {
  readonly parsed: Parsed
  readonly lines: SourceLines
  readonly insertions: Insertions
  readonly walk: Walk
  readonly table: SiteTableBuilder
  readonly kept: ReturnType<typeof exportsToKeep>
}

/** The id that `instrument` and `siteTableOf` give to a text, without looking into it. */
export function sourceId(
  source: string,
  { branches = false, file }: Pick<InstrumentOptions, 'branches' | 'file'>,
): string {
  return idOf(digest(source), file, branches)
}

function idOf(hash: string, file: string, branches: boolean): string {
  return digest([RULES, branches ? 'branches' : '', file, hash].join('\n'))
}

function walkedOver(
  source: string,
  options: InstrumentOptions,
  coverage?: CoverageSitesBuilder,
): Walked | undefined {
  const parsed = parse(source, options.file, options.lang ?? languageOf(options.file))
  const lines = new SourceLines(source)
  const hints = ignoreHintsOf(source, parsed.comments, lines)
  if (hints.file) return undefined
  const { branches = false, elses = true, keepNames = branches, live = false } = options
  const calls = live || (options.calls ?? false)
  const hash = digest(source)
  const id = idOf(hash, options.file, branches)
  const unmapped =
    options.unmappedCalls && new ImportedCalls(importedNames(parsed.program), options.unmappedCalls)
  const insertions = new Insertions(source, options.compiler ?? 'oxc', unmapped)
  const table = new SiteTableBuilder({ source, lines }, hints, coverage)
  const kept = exportsToKeep(source, parsed.program)
  const walk = new Walk({
    source,
    insertions,
    table,
    hints,
    steps,
    name: helperName(source, id),
    calls,
    live,
    branches,
    elses: branches && elses,
    keepNames,
    sent: namesSent(source),
    exported: new Set(kept.exports),
  })
  if (endsInLineComment(source, parsed)) insertions.insert(source.length, '\n', 'helper')
  if (!walkModule(parsed.program, walk, leadingEnd(source, parsed))) return undefined
  return { parsed, lines, insertions, walk, kept, table, sites: table.finish(), id, hash }
}

function emitted(source: string, options: InstrumentOptions, walked: Walked): Instrumented {
  const { hash, id, insertions, kept, lines, parsed, sites, walk } = walked
  const { calls, keepNames, live, name } = walk
  const lost = lostExportsCode(`${name}u`, kept, () => insertedInto(source, insertions.sorted()))
  const declarations = helperCode({
    name,
    id,
    path: options.file,
    counters: sites.counters,
    entries: sites.functions.map(({ counter }) => counter),
    calls,
    live,
    keepNames,
    uses: walk.uses,
    bound: namesGlobals(source) ? boundNames(parsed.program) : NO_NAMES,
    table: carriedTable({ hash, sites }, options.carryTable),
  })
  const helper = declarations + lost
  const epilogue = calls ? `;${walk.part('x')}(${walk.below});` : ';'
  insertions.insert(source.length, epilogue + helper, 'helper')
  const sorted = insertions.sorted()
  const { comments } = parsed
  let map: SourceMap | undefined
  // Cutting the helper off the whole would make one string of all its pieces, which few of those who ask need.
  const body = insertedInto(source, sorted.slice(0, -1)) + epilogue
  return {
    ...{ code: body + helper, body, helper, names: walk.names, sites, id, hash, insertions: sorted },
    get map() {
      map ??= sourceMapOf(options.file, source, { insertions: sorted, lines, comments })
      return map
    },
  }
}

function carriedTable(own: KnownTable, carry: InstrumentOptions['carryTable']): string | undefined {
  if (!carry) return undefined
  return JSON.stringify(carry === true ? own : carry(own))
}

/** Hash of a source text without its byte order mark, as in results and counts files: 16 hexadecimal digits of its SHA-256. */
export function digest(text: string): string {
  return textHash(withoutMark(text))
}

/**
 * Where code may start: behind hashbang, directives, and comments such as `@jsx` or `@ts-nocheck` that only
 * mean something at the top; but in front of a comment that is a hint for the first statement.
 */
function leadingEnd(source: string, { program, comments }: Parsed): number {
  let at = program.hashbang?.end ?? 0
  for (const node of program.body) if ('directive' in node && node.directive) at = node.end
  const first = nextToken(source, at)
  const last = comments.findLast((comment) => comment.end <= first && comment.start >= at)
  return last && /\bignore\b|@__|#__/.test(last.value) ? last.start : first
}

function endsInLineComment(source: string, { comments }: Parsed): boolean {
  const last = comments.at(-1)
  if (last?.type === 'Line' && lineEnd(source, last.start) === source.length) return true
  // In scripts these begin comments too, which the parser may not list.
  return /<!--|-->/.test(source.slice(source.lastIndexOf('\n') + 1))
}
