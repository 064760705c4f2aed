import type { SourceMapMappings } from '@jridgewell/sourcemap-codec'
import type { Place } from '@tstrace/results'
import type { ComponentSource } from '../components/component-table.ts'

interface MappedText {
  readonly compiled: string
  readonly mappings: SourceMapMappings
  readonly source: Pick<ComponentSource, 'gone' | 'lines' | 'scripts' | 'sites' | 'text'>
}

/**
 * Whether a map can be right: on most lines that something begins on there is a word that it leads from, or else nearly all words
 * that it leads to are those that it leads from. Of a map that was applied twice next to nothing is left, and that is wrong. What its
 * compiler takes away from where it stands says nothing.
 */
export function isAgreeing({ compiled, mappings, source }: MappedText): boolean {
  const lines = compiled.split('\n')
  const { starts } = source.lines
  const agreed = new Set<number>()
  let same = 0
  let all = 0
  const isGone = (at: number): boolean => source.gone.some(({ end, start }) => at >= start && at < end)
  for (const [line, segments] of mappings.entries())
    for (const segment of segments) {
      if (segment.length === 1) continue
      const start = starts[segment[2]]
      const at = (start ?? Number.NaN) + segment[3]
      const made = wholeWordAt(lines[line] ?? '', segment[0])
      if (made === undefined || OF_COUNTERS.test(made) || isGone(at)) continue
      if (start !== undefined && !source.scripts.some((script) => at >= script.start && at < script.end))
        continue
      all++
      if (start === undefined || wordAt(source.text, at) !== made) continue
      same++
      agreed.add(segment[2] + 1)
    }
  const isThere = ({ column, line }: Place): boolean => !isGone((starts[line - 1] ?? 0) + column)
  const wanted = new Set(source.sites.lines.filter(isThere).map(({ line }) => line))
  const found = [...wanted].filter((line) => agreed.has(line)).length
  // Vue makes modules of their own of scripts in other languages; of a single line a compiler may leave nothing.
  const isElsewhere = wanted.size < 2 || source.scripts.some(({ language }) => language.endsWith('x'))
  return found > wanted.size / 2 || (all === 0 ? isElsewhere : same >= all * NEARLY_ALL)
}

/** In real components: at least two thirds of the words where a map is right, at most three eighths where it was applied twice. */
const NEARLY_ALL = 0.75

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

/** Nothing in the middle of one: Vite writes other paths into imports, and their maps stay as they were. */
function wholeWordAt(text: string, at: number): string | undefined {
  return /[\w$]/.test(text[at - 1] ?? '') ? undefined : wordAt(text, at)
}

function wordAt(text: string, at: number): string | undefined {
  const word = /[\w$]+/y
  word.lastIndex = at
  return word.exec(text)?.[0]
}
