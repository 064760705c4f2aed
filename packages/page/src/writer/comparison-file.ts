import type { Comparison } from '@tstrace/questions/diff'
import type { OutputFile } from '@tstrace/results/writing'
import { application } from './application.ts'
import { chunk } from './chunk.ts'
import { comparedCalls } from './compared-calls.ts'
import { comparedSource } from './compared-source.ts'
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
  yield head
  yield chunk('comparison', comparisonData(material))
  yield middle
  yield chunk('compared-calls', calls.data)
  for (const number of material.sources.keys())
    yield chunk(`compared-${number}`, comparedSource(material, number, calls.placeOf))
  yield end
}
