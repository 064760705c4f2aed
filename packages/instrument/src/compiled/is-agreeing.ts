import type { SourceMapMappings } from '@jridgewell/sourcemap-codec'
import type { ScriptPart } from '../components/component-parts.ts'
import type { SourceLines } from '../instrument/source-lines.ts'

interface MappedText {
  readonly compiled: string
  readonly mappings: SourceMapMappings
  readonly source: {
    readonly text: string
    readonly lines: SourceLines
    readonly scripts: readonly ScriptPart[]
  }
}

/**
 * Whether a map can be right: most words of a script are in what became of it, where the map says. A map that was applied
 * twice leads to other words. Of a few words nothing follows.
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
      if (made === undefined) continue
      if (start !== undefined && !source.scripts.some((script) => at >= script.start && at < script.end))
        continue
      all++
      if (start !== undefined && wordAt(source.text, at) === made) same++
    }
  return all < FEW || same >= all / 2
}

const FEW = 6

function wordAt(text: string, at: number): string | undefined {
  const word = /[\w$]+/y
  word.lastIndex = at
  return word.exec(text)?.[0]
}
