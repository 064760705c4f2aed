import { decode, encode } from '@jridgewell/sourcemap-codec'
import type { RawMap } from '@tstrace/instrument/maps'
import type { TransformOptions } from '../jest-versions.ts'

/** What of Vue's code generator is used: it hands itself over before it begins. */
interface Generator {
  readonly source: string
  push: (code: string, newline?: number, node?: { readonly loc?: Located }) => void
}

interface Located {
  readonly source: string
  readonly start: { readonly offset: number }
}

interface CompilerOptions {
  readonly onContextCreated?: (generator: Generator) => void
}

/** Where the parts of a compiled template come from, said by comments in it. */
export interface MarkedTemplate {
  /** Code whose comments these are. */
  readonly code: string
  /** The text of the template. */
  readonly template: string
}

/**
 * vue-jest throws the source map of a template away. What it is told here has Vue's code generator write a comment in front of all that
 * the map has a place for.
 *
 * @returns what vue-jest is told, and the text of the template that it has compiled since
 */
export function markingTemplates(seen: TransformOptions): {
  readonly seen: TransformOptions
  readonly template: () => string | undefined
} {
  let template: string | undefined
  const { globals = {} } = seen.config
  const own = globals['vue-jest'] as { readonly compilerOptions?: CompilerOptions } | undefined
  const compilerOptions: CompilerOptions = {
    ...own?.compilerOptions,
    onContextCreated: (generator) => {
      own?.compilerOptions?.onContextCreated?.(generator)
      template = generator.source
      const { push } = generator
      generator.push = (code, newline, node) => push(markOf(node?.loc) + code, newline, node)
    },
  }
  const config = { ...seen.config, globals: { ...globals, 'vue-jest': { ...own, compilerOptions } } }
  return { seen: { ...seen, config }, template: () => template }
}

function markOf(loc: Located | undefined): string {
  return loc?.source ? `/*tstrace:${loc.start.offset}*/` : ''
}

const MARK = /\/\*tstrace:(\d+)\*\//g

/**
 * The map of a component's code with the places of its template. Babel sets parentheses and breaks lines where there are comments, so
 * that the two codes need be the same in nothing but the rest.
 *
 * @param code as without comments
 * @param text of the component
 * @returns undefined where the two codes differ in more, or the template is not in the text
 */
export function mapWithTemplate(
  map: RawMap,
  { code, marked, text }: { readonly code: string; readonly marked: MarkedTemplate; readonly text: string },
): RawMap | undefined {
  const start = text.indexOf(marked.template)
  const isThere = start >= 0 && start === text.lastIndexOf(marked.template)
  const [made, ...pieces] = marked.code.split(MARK)
  const rest = [made, ...pieces.filter((_, i) => i % 2 === 1)].join('')
  if (!isThere || pieces.length === 0 || bare(rest) !== bare(code)) return undefined
  const offsets = [...code.matchAll(/[^\s()]/g)].map(({ index }) => index)
  const [placeInCode, placeInText] = [placesIn(code), placesIn(text)]
  const mappings = decode(map.mappings)
  let before = bare(made ?? '').length
  for (let i = 0; i < pieces.length; i += 2) {
    const end = offsets[before] ?? code.length
    const gap = code.slice((offsets[before - 1] ?? -1) + 1, end)
    // Those that stand between the mark and what it is in front of.
    const parens = /^[\s()]*/.exec(pieces[i + 1] ?? '')?.[0].replace(/\s/g, '').length ?? 0
    const [line, column] = placeInCode(parens === 0 ? end : end - gap.length + startOfLast(parens, gap))
    while (mappings.length <= line) mappings.push([])
    mappings[line]?.push([column, 0, ...placeInText(start + Number(pieces[i]))])
    before += bare(pieces[i + 1] ?? '').length
  }
  for (const segments of mappings) segments.sort(([one], [other]) => one - other)
  return { ...map, mappings: encode(mappings) }
}

function bare(code: string): string {
  return code.replace(/[\s()]+/g, '')
}

/** Where the last so many parentheses of a text begin. */
function startOfLast(count: number, text: string): number {
  return [...text.matchAll(/[()]/g)].slice(-count)[0]?.index ?? text.length
}

/** Line and column, both from 0, of an offset in a text. */
function placesIn(text: string): (offset: number) => [line: number, column: number] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset)
    return [line, offset - (starts[line] ?? 0)]
  }
}
