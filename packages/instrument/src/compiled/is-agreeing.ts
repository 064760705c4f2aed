import type { SourceMapMappings } from '@jridgewell/sourcemap-codec'
import type { ComponentSource } from '../components/component-table.ts'

interface MappedText {
  readonly compiled: string
  readonly mappings: SourceMapMappings
  readonly source: Pick<ComponentSource, 'text' | 'lines' | 'scripts' | 'sites'>
}

/**
 * Whether a map can be right: most words of the scripts that it leads to are the words it leads from, and there is one for
 * every other line that something begins on. Of a map that was applied twice next to nothing is left, and that is wrong.
 */
export function isAgreeing({ compiled, mappings, source }: MappedText): boolean {
  const lines = compiled.split('\n')
  let same = 0
  let all = 0
  for (const [line, segments] of mappings.entries())
    for (const segment of segments) {
      if (segment.length === 1) continue
      const start = source.lines.starts[segment[2]]
      const at = (start ?? Number.NaN) + segment[3]
      const made = wordAt(lines[line] ?? '', segment[0])
      if (made === undefined || OF_COUNTERS.test(made)) continue
      if (start !== undefined && !source.scripts.some((script) => at >= script.start && at < script.end))
        continue
      all++
      if (start !== undefined && wordAt(source.text, at) === made) same++
    }
  // Vue makes modules of their own of scripts in other languages.
  const isElsewhere = all === 0 && source.scripts.some(({ language }) => language.endsWith('x'))
  const wanted = new Set(source.sites.lines.map(({ line }) => line)).size
  return isElsewhere || ((all < FEW || same >= all / 2) && (wanted < FEW || same >= wanted / 2))
}

/**
 * The same of a file that is nothing but code, of which compilers may make much that has other words, or comes from nowhere: for
 * every other line that something begins on there is one that is the same.
 */
export function hasSameWords({ compiled, mappings, text, wanted }: CompiledWords): boolean {
  const [made, source] = [compiled.split('\n'), text.split('\n')]
  let same = 0
  for (const [line, segments] of mappings.entries())
    for (const segment of segments) {
      if (segment.length === 1) continue
      const word = wordAt(made[line] ?? '', segment[0])
      if (word !== undefined && wordAt(source[segment[2]] ?? '', segment[3]) === word) same++
    }
  return wanted < FEW || same >= wanted / 2
}

interface CompiledWords {
  readonly compiled: string
  readonly mappings: SourceMapMappings
  readonly text: string
  /** How many lines something begins on. */
  readonly wanted: number
}

const FEW = 4

/** Babel maps Istanbul's counters, `cov_1().s[0]++`, to whatever was printed before. */
const OF_COUNTERS = /^(?:cov_\w+|[sfb]|\d+)$/

function wordAt(text: string, at: number): string | undefined {
  const word = /[\w$]+/y
  word.lastIndex = at
  return word.exec(text)?.[0]
}
