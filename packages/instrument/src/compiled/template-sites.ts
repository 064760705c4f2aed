import type { SourceMapMappings } from '@jridgewell/sourcemap-codec'
import type { FunctionSite, LineSite, Place, SiteTable } from '@tstrace/results'
import type { MarkupPart } from '../components/component-parts.ts'
import type { ComponentSource } from '../components/component-table.ts'
import { PlaceWalk } from './place-walk.ts'

/** What of a component's markup was found in what became of it. */
export interface TemplateSites {
  /** One for each number on a line: it shows the largest. */
  readonly lines: readonly LineSite[]
  /** By their place in the compiled text's functions. */
  readonly functions: ReadonlyMap<number, Omit<FunctionSite, 'name'> & { readonly wanted: string }>
}

export interface TemplateInput {
  readonly source: ComponentSource
  /** Of the compiled text. */
  readonly compiled: SiteTable
  /** From the compiled text to the component. */
  readonly mappings: SourceMapMappings
  /** Whether a function of the compiled text is one of the scripts. */
  readonly isOfScript: (index: number) => boolean
}

/** Finds the lines and functions of markup: of each token that a compiler has kept, how often it ran. */
export function templateSites(input: TemplateInput): TemplateSites {
  const { compiled, isOfScript, source } = input
  const walk = new PlaceWalk(compiled)
  const lines = new Map<string, LineSite>()
  const found = new Map<number, FoundFunction>()
  const handlers = new Set<MarkupPart>()
  const add = (line: number, column: number, counters: readonly number[]): void => {
    const key = `${line} ${counters.join(' ')}`
    if (!lines.has(key)) lines.set(key, { line, column, counters, rule: 'template' })
  }
  for (const token of tokensOf(input)) {
    const { around, counters, functions } = walk.at(token.made)
    const own = functions.filter((index) => index > 0 && !isOfScript(index))
    // Who handles an event is made with its element, of which nothing else may be on its line.
    if (own.length > 0 && isHandler(token.part) && !handlers.has(token.part)) {
      handlers.add(token.part)
      const { column, line } = source.lines.placeOf(token.part.start)
      add(line, column, around)
    }
    for (const index of own) extend(found, index, { ...token, isOutermost: index === functions[1] })
    const { column } = source.lines.placeOf(token.at)
    for (const line of linesOf(token, source)) add(line, column, counters)
  }
  const functions = [...found].map(([index, one]) => {
    const { counter } = compiled.functions[index] as FunctionSite
    return [index, { ...named(one, source), counter }] as const
  })
  return { lines: [...lines.values()].sort(inOrder), functions: new Map(functions) }
}

function isHandler(part: MarkupPart | undefined): part is MarkupPart {
  return part?.tag !== undefined && part.name !== undefined
}

/** Something of the component that is in the compiled text, too. */
interface Token {
  /** In the compiled text. */
  readonly made: Place
  /** Offset in the component. */
  readonly at: number
  /** The code that it is in. */
  readonly part: MarkupPart | undefined
  /** The code of the tag that it begins. */
  readonly ofTag: readonly MarkupPart[]
  readonly isOfScript: boolean
}

interface FoundFunction {
  readonly first: Token
  readonly last: Token
  readonly isOutermost: boolean
  /** Of the first token; undefined where others are outside of it. */
  readonly part: MarkupPart | undefined
}

function extend(
  found: Map<number, FoundFunction>,
  index: number,
  token: Token & { readonly isOutermost: boolean },
): void {
  const known = found.get(index)
  const part = known && known.part !== token.part ? undefined : token.part
  found.set(index, { first: known?.first ?? token, last: token, isOutermost: token.isOutermost, part })
}

/** What a function is called that is none of the author's: as its event, its snippet or what it is given to, else by its line. */
function named(
  { first, isOutermost, last, part }: FoundFunction,
  { lines, markupName, text }: ComponentSource,
): Omit<FunctionSite, 'name' | 'counter'> & { readonly wanted: string } {
  const snippet = first.part?.tag === undefined ? first.part?.name : undefined
  const [, given] =
    (first.isOfScript && /([\w$]+)\($/.exec(text.slice(Math.max(0, first.at - 80), first.at))) || []
  const from = lines.placeOf(part?.name === undefined ? first.at : part.start)
  const ownName = part?.name ?? snippet ?? (given === undefined ? undefined : `${given}(…)`)
  const byLine = `<${first.isOfScript ? 'script' : 'template'}:${from.line}>`
  const wanted = ownName ?? (isOutermost && !first.isOfScript ? markupName : byLine)
  return { ...from, end: lines.placeOf(Math.max(first.at, last.at, part?.end ?? 0)), wanted }
}

/** In the order of the compiled text. */
function* tokensOf({ mappings, source }: TemplateInput): Generator<Token> {
  const { lines, markup, scripts } = source
  const byTag = new Map<number, MarkupPart[]>()
  for (const part of markup)
    if (part.tag !== undefined) byTag.set(part.tag, [...(byTag.get(part.tag) ?? []), part])
  for (const [made, segments] of mappings.entries())
    for (const segment of segments) {
      if (segment.length === 1) continue
      const start = lines.starts[segment[2]]
      if (start === undefined) continue
      const at = start + segment[3]
      const isOfScript = partAt(scripts, at) !== undefined
      // Compilers map either the sign of a tag or the name behind it.
      const ofTag = byTag.get(at) ?? byTag.get(at - 1) ?? []
      yield { made: { line: made + 1, column: segment[0] }, at, part: partAt(markup, at), ofTag, isOfScript }
    }
}

/** The lines that a token stands for: none for signs that end something. */
function linesOf({ at, ofTag, part }: Token, { lines, text }: ComponentSource): number[] {
  // What ends something is not on its line for that.
  if (part) return at === part.end || /[\s)\]},;:?=>&|*/%^.]/.test(text[at] ?? ' ') ? [] : [lines.lineOf(at)]
  // Of an attribute without a value nothing but its tag is left.
  const own = ofTag.filter(({ end, start }) => {
    return lines.lineOf(start) === lines.lineOf(at) || !text.slice(start, end).includes('=')
  })
  return [...new Set(own.map(({ start }) => lines.lineOf(start)))]
}

function partAt<Part extends { readonly start: number; readonly end: number }>(
  parts: readonly Part[],
  at: number,
): Part | undefined {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle] as Part).start <= at) low = middle + 1
    else high = middle
  }
  const part = parts[low - 1]
  return part && at <= part.end ? part : undefined
}

function inOrder(one: Place, other: Place): number {
  return one.line - other.line || one.column - other.column
}
