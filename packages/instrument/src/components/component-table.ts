import type { BranchSite, FunctionSite, KnownTable, LineSite, Place, SiteTable } from '@tstrace/results'
import { digest, siteTableOf } from '../instrument/instrument.ts'
import { SourceLines } from '../instrument/source-lines.ts'
import { componentKind } from '../source-file/source-kind.ts'
import { type ComponentParts, componentParts } from './component-parts.ts'
import { macrosOf } from './macros.ts'

/** Offsets in a text. */
interface Span {
  readonly start: number
  readonly end: number
}

/** What the text of a component says of what runs in it. */
export interface ComponentSource extends ComponentParts {
  /** Hash of the text, as `digest` gives it. */
  readonly hash: string
  readonly text: string
  readonly lines: SourceLines
  /** The scripts, everything around them blank. */
  readonly scriptText: string
  /** The sites of the scripts, each with counters of its own. */
  readonly sites: SiteTable
  /** Of the functions that one that stands for the script of each instance. */
  readonly instance: FunctionSite | undefined
  /** What of the scripts its compiler takes away from where it stands. */
  readonly gone: readonly Span[]
  /** Of the functions those that its compiler copies elsewhere: the names of the properties that they are there, with `.` between them. */
  readonly copied: ReadonlyMap<FunctionSite, string>
  /** Of scripts from which something is copied; their counters are nothing here. */
  readonly branches: readonly BranchSite[]
  /** What the function is called that its markup becomes. */
  readonly markupName: string
}

/**
 * Reads a component. A script that runs once for each instance is a function: what begins in it is counted by that.
 *
 * @param file the name of the component in all results
 * @throws TstraceError `TST_PARSE` when a script cannot be parsed
 */
export function componentSource(text: string, file: string): ComponentSource {
  const kind = componentKind(file) ?? 'vue'
  const parts = componentParts(text, kind)
  const lines = new SourceLines(text)
  const module: FunctionSite = {
    ...{ name: '<module>', line: 1, column: 0, counter: 0 },
    end: lines.placeOf(text.length),
  }
  const joined = new JoinedTables(module)
  const offsetOf = ({ column, line }: Place): number => (lines.starts[line - 1] ?? 0) + column
  const isImport = (site: LineSite): boolean => /^import\b(?!\s*[(.])/.test(text.slice(offsetOf(site)))
  const gone: Span[] = []
  const copied = new Map<number, string>()
  const branches: BranchSite[] = []
  const instanceName = kind === 'vue' ? 'setup' : componentName(file)
  for (const part of parts.scripts) {
    const script = onlyParts(text, [part])
    const made = siteTableOf(script, { file, lang: part.language })
    if (!made) continue
    const macros = kind === 'vue' && part.isOfInstance ? macrosOf(script, file, part.language) : undefined
    for (const [at, path] of macros?.copied ?? []) copied.set(at, path)
    for (const [start, end] of macros?.statements ?? []) gone.push({ start, end })
    if (macros?.copied.size)
      branches.push(
        ...(siteTableOf(script, { file, lang: part.language, branches: true })?.sites.branches ?? []),
      )
    const isMacro = (site: LineSite): boolean => macros?.statements.has(offsetOf(site)) === true
    const place = { ...lines.placeOf(part.start), end: lines.placeOf(part.end) }
    const instance = part.isOfInstance ? { ...place, name: instanceName } : undefined
    joined.add(made.sites, instance, { isImport, isMacro })
  }
  const made = joined.finish()
  return {
    ...parts,
    ...made,
    gone,
    branches,
    copied: new Map(
      made.sites.functions.flatMap((site) => {
        const path = copied.get(offsetOf(site))
        return path === undefined ? [] : [[site, path]]
      }),
    ),
    hash: digest(text),
    text,
    lines,
    scriptText: onlyParts(text, parts.scripts),
    markupName: kind === 'vue' ? '<template>' : instanceName,
  }
}

/**
 * The table of a component that nobody has loaded, as far as its text tells: each line of its markup that has code is one.
 *
 * @returns undefined for one without code
 * @throws TstraceError `TST_PARSE` when a script cannot be parsed
 */
export function componentTable(text: string, file: string): KnownTable | undefined {
  const { hash, lines, markup, sites } = componentSource(text, file)
  const starts = new Map<number, number>()
  for (const { end, start } of markup)
    for (const { index } of withoutComments(text.slice(start, end)).matchAll(/[\w$'"`]+/g)) {
      const line = lines.lineOf(start + index)
      if (!starts.has(line)) starts.set(line, start + index)
    }
  const more = [...starts.values()].map((at, i) => {
    return { ...lines.placeOf(at), counters: [sites.counters + i], rule: 'template' }
  })
  const all = [...sites.lines, ...more].sort(
    (one, other) => one.line - other.line || one.column - other.column,
  )
  if (all.length === 0) return undefined
  return { hash, sites: { ...sites, counters: sites.counters + more.length, lines: all } }
}

/** As stacks have it: `src/My-List.svelte` is `My_List`. */
function componentName(file: string): string {
  const [, base = ''] = /([^/]*)\.\w+$/.exec(file) ?? []
  return base.replace(/[^\w$]/g, '_').replace(/^(?=\d)/, '_')
}

/** A text with blanks for everything outside of some parts of it. */
function onlyParts(text: string, parts: readonly Span[]): string {
  let from = 0
  const pieces = parts.map(({ end, start }) => {
    const piece = blanked(text.slice(from, start)) + text.slice(start, end)
    from = end
    return piece
  })
  return pieces.join('') + blanked(text.slice(from))
}

/** As good as it gets without parsing: `//` in a text mostly follows a colon or a quote. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, blanked)
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}

/** The tables of several scripts of one text as one table. */
class JoinedTables {
  #counters = 1
  readonly #lines: LineSite[] = []
  readonly #functions: FunctionSite[]
  readonly #names = new Set<string>()
  #instance: FunctionSite | undefined

  constructor(module: FunctionSite) {
    this.#functions = [module]
    this.#names.add(module.name)
  }

  /**
   * @param instance what a script is that runs for each instance: its own function
   * @param isImport whether a site is hoisted out of whatever the rest becomes
   * @param isMacro whether it holds for each instance, with what is in it, wherever it stands
   */
  add(
    sites: SiteTable,
    instance: Omit<FunctionSite, 'counter'> | undefined,
    { isImport, isMacro }: Record<'isImport' | 'isMacro', (site: LineSite) => boolean>,
  ): void {
    const [module, ...functions] = sites.functions
    const first = this.#counters
    this.#counters += sites.counters
    const ofModule = instance ? first + (module?.counter ?? 0) : 0
    const moved = (counter: number): number => (counter === module?.counter ? ofModule : first + counter)
    if (instance) this.#instance = this.#addFunction({ ...instance, counter: ofModule })
    for (const site of functions) this.#addFunction({ ...site, counter: moved(site.counter) })
    const ofMacros = new Set(sites.lines.filter(isMacro).flatMap(({ counters }) => counters))
    for (const site of sites.lines) {
      const own = site.counters.map((counter) => (ofMacros.has(counter) ? ofModule : moved(counter)))
      this.#lines.push({ ...site, counters: isImport(site) ? [0] : own })
    }
  }

  finish(): { readonly sites: SiteTable; readonly instance: FunctionSite | undefined } {
    const [counters, functions] = [this.#counters, this.#functions]
    return { sites: { counters, functions, lines: this.#lines, branches: [] }, instance: this.#instance }
  }

  #addFunction(site: FunctionSite): FunctionSite {
    const name = [
      site.name,
      `${site.name}:${site.line}`,
      `${site.name}:${site.line}:${site.column + 1}`,
    ].find((one) => !this.#names.has(one))
    const named = { ...site, name: name ?? `${site.name}:${this.#functions.length}` }
    this.#names.add(named.name)
    this.#functions.push(named)
    return named
  }
}
