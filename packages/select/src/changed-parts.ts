import { languageOf, parse, SourceLines } from '@tstrace/instrument/syntax'
import type { FunctionSite } from '@tstrace/results'
import { type ParsedText, SyntaxComparison } from './syntax-comparison.ts'

/** What of a text is not the same in others. */
export interface ChangedParts {
  /** Whether anything outside of functions is another: then nothing of the text is as it was. */
  readonly module: boolean
  /** Places in its list of functions of those that are others; with each of them all that are inside of it. */
  readonly functions: ReadonlySet<number>
}

/** A text of which nothing is known. */
export const ALL_CHANGED: ChangedParts = { module: true, functions: new Set() }

/**
 * What of a text that ran is not the same in other texts of the file.
 *
 * Functions of two texts meet by where they stand: in a function, or a module, whose own code is the same there are the same
 * functions in the same order. Where its own code is another, whatever is in it counts as changed.
 *
 * @param functions of the text that ran, as its site table has them
 * @param others undefined for a file that is not there
 */
export function changedParts(
  ran: { readonly path: string; readonly text: string; readonly functions: readonly FunctionSite[] },
  others: readonly (string | undefined)[],
): ChangedParts {
  const differing = others.filter((other) => other !== ran.text)
  if (differing.length === 0) return { module: false, functions: new Set() }
  const parsed = parsedText(ran.path, ran.text)
  if (!parsed) return ALL_CHANGED
  const places = placesOf(ran)
  const changed = new Set<number>()
  for (const other of differing) {
    const now = other === undefined ? undefined : parsedText(ran.path, other)
    if (!now || directivesOf(now.text) !== directivesOf(ran.text)) return ALL_CHANGED
    const functions = changedFunctions(new SyntaxComparison(parsed, now, places))
    if (!functions) return ALL_CHANGED
    for (const place of functions) for (const inside of withInner(ran.functions, place)) changed.add(inside)
  }
  return { module: false, functions: changed }
}

/** Places of functions by where they begin in a text. The module is the first of them. */
function placesOf({
  functions,
  text,
}: {
  readonly text: string
  readonly functions: readonly FunctionSite[]
}) {
  const { starts } = new SourceLines(text)
  return new Map(
    functions.flatMap(({ column, line }, place) =>
      place === 0 ? [] : [[(starts[line - 1] ?? 0) + column, place] as const],
    ),
  )
}

/** Undefined for one that cannot be parsed, as a component. */
function parsedText(path: string, text: string): ParsedText | undefined {
  try {
    return { text, program: parse(text, path, languageOf(path)).program }
  } catch {
    return undefined
  }
}

/** Undefined for all. */
function changedFunctions(comparison: SyntaxComparison): readonly number[] | undefined {
  try {
    return comparison.changedFunctions()
  } catch (error) {
    // Code that is nested too deeply.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A function, and those in it. */
function withInner(functions: readonly FunctionSite[], place: number): readonly number[] {
  const outer = functions[place]
  if (!outer) return []
  return functions.flatMap((site, at) => (at === place || isInside(site, outer) ? [at] : []))
}

/** Comments that compilers and runners obey; others change nothing. */
function directivesOf(text: string): string {
  return (text.match(/@(?:jsx|vite-|vitest-|jest-|webpack|license-)[^\n*]*|webpack[A-Z]\w*:[^\n*]*/g) ?? [])
    .map((directive) => directive.trim())
    .join('\n')
}

function isInside({ column, line }: FunctionSite, outer: FunctionSite): boolean {
  const isBehind = line > outer.line || (line === outer.line && column > outer.column)
  return isBehind && (line < outer.end.line || (line === outer.end.line && column < outer.end.column))
}
