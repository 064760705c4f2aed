import { type TextPart, textParts } from '@tstrace/instrument/syntax'
import type { FunctionSite } from '@tstrace/results'

/** What of a text is not the same in others. */
export interface ChangedParts {
  /** Whether anything outside of functions is another: then nothing of the text is as it was. */
  readonly module: boolean
  /** Places in its list of functions of those that are others; with each of them all that are inside of it. */
  readonly functions: ReadonlySet<number>
}

/** A text of which nothing is known. */
export const ALL_CHANGED: ChangedParts = { module: true, functions: new Set() }

/** A function, or the module, with the functions in it in their order. */
interface PartNode extends Pick<TextPart, 'own' | 'whole'> {
  /** Place in the list of functions. */
  readonly place: number
  readonly inner: readonly PartNode[]
}

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
  const module = treeOf(ran.path, ran.text, ran.functions)
  if (!module) return ALL_CHANGED
  const changed = new Set<number>()
  for (const other of differing) {
    const now = other === undefined ? undefined : treeOf(ran.path, other)
    if (!now || other === undefined || directivesOf(other) !== directivesOf(ran.text)) return ALL_CHANGED
    addChanged(module, now, changed)
  }
  return changed.has(MODULE) ? ALL_CHANGED : { module: false, functions: changed }
}

/** Its place in the list of functions. */
const MODULE = 0

/** Comments that compilers and runners obey; others change nothing. */
function directivesOf(text: string): string {
  return (text.match(/@(?:jsx|vite-|vitest-|jest-|webpack|license-)[^\n*]*|webpack[A-Z]\w*:[^\n*]*/g) ?? [])
    .map((directive) => directive.trim())
    .join('\n')
}

function addChanged(part: PartNode, other: PartNode, changed: Set<number>): void {
  if (part.own === other.own && part.whole === other.whole) return
  if (part.own !== other.own || part.inner.length !== other.inner.length) return addAll(part, changed)
  for (const [at, inner] of part.inner.entries()) addChanged(inner, other.inner[at] as PartNode, changed)
}

function addAll({ inner, place }: PartNode, changed: Set<number>): void {
  changed.add(place)
  for (const part of inner) addAll(part, changed)
}

/** The module; undefined for a text that cannot be parsed. */
function treeOf(path: string, text: string, functions?: readonly FunctionSite[]): PartNode | undefined {
  let parts: readonly TextPart[]
  try {
    parts = textParts(text, path, { ...(functions && { functions }) })
  } catch {
    return undefined
  }
  const [module, ...others] = parts
  if (!module) return undefined
  const places = new Map(functions?.map(({ column, line }, place) => [`${line}:${column}`, place]))
  const root = nodeOf(module, MODULE)
  const open = [{ node: root, part: module }]
  for (const part of others.toSorted(byStart)) {
    while (open.length > 1 && !isInside(part, (open.at(-1) as (typeof open)[number]).part)) open.pop()
    const node = nodeOf(part, places.get(`${part.line}:${part.column}`) ?? -1)
    ;(open.at(-1) as (typeof open)[number]).node.inner.push(node)
    open.push({ node, part })
  }
  return root
}

function nodeOf({ own, whole }: TextPart, place: number): PartNode & { readonly inner: PartNode[] } {
  return { own, whole, place, inner: [] }
}

function byStart(a: TextPart, b: TextPart): number {
  return a.line - b.line || a.column - b.column
}

function isInside({ column, line }: TextPart, { end }: TextPart): boolean {
  return line < end.line || (line === end.line && column < end.column)
}
