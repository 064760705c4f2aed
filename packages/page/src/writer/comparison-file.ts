import type { Comparison } from '@tstrace/questions/diff'
import type { OutputFile } from '@tstrace/results/writing'
import { application } from './application.ts'
import { chunk } from './chunk.ts'
import { comparedCalls } from './compared-calls.ts'
import { comparedSource } from './compared-source.ts'
import { ComparedTests } from './compared-tests.ts'
import { comparisonData } from './comparison-data.ts'
import { type ComparisonMaterial, comparisonMaterial } from './comparison-material.ts'

/** The page that compares two recordings. Its text comes in pieces, a source at a time, each made when it is asked for. */
export function comparisonFile(comparison: Comparison): OutputFile {
  const material = comparisonMaterial(comparison)
  return { path: 'diff.html', text: { [Symbol.iterator]: () => pieces(material) } }
}

function* pieces(material: ComparisonMaterial): Generator<string, void> {
  const [head, middle, end] = application()
  const calls = comparedCalls(material)
  const tests = new ComparedTests(material.comparison)
  const hasContexts = tests.contexts.length > 0
  yield head
  yield chunk('comparison', comparisonData(material, hasContexts))
  yield middle
  yield chunk('compared-calls', calls.data)
  if (hasContexts) yield chunk('compared-contexts', tests.contexts)
  for (const [number, source] of material.sources.entries()) {
    yield chunk(`compared-${number}`, comparedSource(material, number, calls.placeOf))
    if (hasContexts && source.lines.length > 0) yield chunk(`compared-tests-${number}`, tests.of(source))
  }
  yield end
}
