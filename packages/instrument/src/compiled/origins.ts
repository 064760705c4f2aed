import { type Decorated, keyOf } from './decorated-places.ts'
import type { LineMap, Spot } from './line-map.ts'

export interface Site {
  readonly line: number
  readonly column: number
  readonly rule?: string
  readonly name?: string
}

/** Where a site comes from, by several signs. */
export interface Origin {
  readonly exact: Spot | undefined
  /** Of the first thing on the line that has one. */
  readonly close: Spot | undefined
  /** The same, for compilers that map no negation. */
  readonly near: Spot | undefined
  /** Of what is exported or in parentheses: compilers write those elsewhere, and map them to the same place. */
  readonly declared: Spot | undefined
  /** In the source that of the whole statement, its `export` with it. */
  readonly outer: Spot | undefined
  /** In the source that of the name of a class; in the compiled text, of what follows: a variable may have that name there. */
  readonly named: Spot | undefined
  /** In the source that of a field's value; in the compiled text, of what follows: a helper may be called with it there. */
  readonly value: Spot | undefined
  /** In the source that of a field's name; in the compiled text, of what follows: a field may be assigned to `Class.name` there. */
  readonly member: Spot | undefined
  /** In the source that of a field's first decorator. */
  readonly front: Spot | undefined
  /** In the source that of a field's name; in the compiled text, of blanks in front, which some compilers map instead. */
  readonly indented: Spot | undefined
  /** The name of a field, private or not: where a compiler makes another one to keep its value in, nothing on the line may be mapped. */
  readonly field: string | undefined
  /** In the source that of what is returned; in the compiled text, of what follows: React Compiler maps the statement to nothing. */
  readonly returned: Spot | undefined
  /** The same of what is in parentheses there. */
  readonly unwrapped: Spot | undefined
  /** Number of the source's function around it; undefined in functions that compilers add. */
  readonly inside?: number | undefined
}

/** Where sites stand in the source. */
export interface Origins {
  readonly source: (site: Site) => Origin
  readonly compiled: (site: Site) => Origin
}

/**
 * Of a site of a compiled text.
 *
 * @param known where it comes from, if the map need not be asked
 */
export function originOf(site: Site, map: LineMap, known?: Spot): Origin {
  const spot = spotOf(site)
  const exact = known ?? map.exactly(spot)
  const near = exact ?? map.behind(spot)
  const indented = exact ? undefined : map.exactly({ line: spot.line, column: 0 })
  const own = { exact, declared: exact, close: near, near, outer: near }
  const afterwards = map.afterwards(spot)
  const behind = map.behind(spot)
  const returned = /^return\b/.test(map.textAt(spot)) ? behind : undefined
  return {
    ...own,
    named: behind,
    returned,
    unwrapped: returned,
    value: afterwards,
    member: afterwards,
    front: near,
    indented,
    field: fieldName(site, map.textAt(spot)),
  }
}

interface SourceOfSites {
  readonly sourceText: string
  /** Of the source. */
  readonly decorated?: ReadonlyMap<string, Decorated>
}

/** Where in the source each of its sites is. */
export function originsOf({ decorated, sourceText }: SourceOfSites): (site: Site) => Origin {
  const texts = sourceText.split('\n')
  return (site: Site): Origin => {
    const known = decorated?.get(keyOf(site))
    const exact = spotOf(site)
    const behind = known ? spotOf(known.behind) : exact
    const text = texts[behind.line]?.slice(behind.column) ?? ''
    const [wrapper = ''] = (site.rule === 'class field' ? MODIFIERS : WRAPPER).exec(text) ?? []
    const [negation = ''] = /^[!( ]+/.exec(text.slice(wrapper.length)) ?? []
    const declared = { line: behind.line, column: behind.column + wrapper.length }
    const near = { line: behind.line, column: declared.column + negation.length }
    const outer = known ? spotOf(known.front) : exact
    const own = { exact, declared, close: declared, near, outer }
    const [keyword] = /^class\s+(?=[\p{ID_Start}$_])/u.exec(text.slice(wrapper.length)) ?? []
    const named =
      keyword === undefined ? undefined : { line: behind.line, column: declared.column + keyword.length }
    const [, returns, opened] = /^(return\s+)([\s(]*)(?=[^\s(;])/.exec(textFrom(texts, behind)) ?? []
    const isField = site.rule === 'class field'
    const member = isField ? declared : undefined
    const [assigned] = (isField && /^[^=]*=(?![=>])\s*(?=\S)/.exec(text.slice(wrapper.length))) || []
    const value = assigned && { line: behind.line, column: declared.column + assigned.length }
    return {
      ...own,
      named,
      returned: returns === undefined ? undefined : behindText(behind, returns),
      unwrapped: opened ? behindText(behind, returns + opened) : undefined,
      value: value || undefined,
      member,
      indented: member,
      field: fieldName(site, text),
      front: isField && known ? outer : undefined,
    }
  }
}

/** Whether two spots are one. */
export function isSpot(spot: Spot | undefined, other: Spot | undefined): boolean {
  return spot?.line === other?.line && spot?.column === other?.column
}

/** The text at a place, to the end of the next line: what is returned may begin there. */
function textFrom(texts: readonly string[], { line, column }: Spot): string {
  return `${texts[line]?.slice(column) ?? ''}\n${texts[line + 1] ?? ''}`
}

function behindText({ line, column }: Spot, text: string): Spot {
  const lines = text.split('\n')
  const last = lines.at(-1) ?? ''
  return lines.length === 1
    ? { line, column: column + last.length }
    : { line: line + lines.length - 1, column: last.length }
}

function fieldName({ rule }: Site, text: string): string | undefined {
  if (rule !== 'class field') return undefined
  const [modifiers = ''] = MODIFIERS.exec(text) ?? []
  // Where a private one has that name, too, it gets a `_` in front.
  return /^#?_*([\p{ID_Start}$][\p{ID_Continue}$]*)/u.exec(text.slice(modifiers.length))?.[1]
}

/** What stands in front of what is exported or in parentheses. */
const WRAPPER = /^(export (default )?|[( ]+)/

/** What stands in front of the name of a field: compilers assign to that. */
const MODIFIERS = /^(?:(?:public|private|protected|static|readonly|override|accessor)\s+(?=[\w$#['"]))*/

export function spotOf({ line, column }: Site): Spot {
  return { line: line - 1, column }
}
