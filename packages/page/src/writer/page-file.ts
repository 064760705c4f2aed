import type { PageInput } from '@tstrace/core/adapter'
import type { OutputFile } from '@tstrace/results/writing'
import { application } from './application.ts'
import { chunk } from './chunk.ts'
import { functionsData } from './functions-data.ts'
import { overviewData } from './overview-data.ts'
import { pageMaterial } from './page-material.ts'
import { sourceData } from './source-data.ts'
import { testsData } from './tests-data.ts'

/** The page of some results. Its text comes in pieces, a source at a time, each made when it is asked for. */
export function pageFile(input: PageInput): OutputFile {
  return { path: 'index.html', text: { [Symbol.iterator]: () => pieces(input) } }
}

function* pieces(input: PageInput): Generator<string, void> {
  const [head, middle, end] = application()
  const material = pageMaterial(input)
  yield head
  yield chunk('overview', overviewData(material))
  yield middle
  yield chunk('functions', functionsData(material))
  if (material.contexts.length > 0) {
    yield chunk('contexts', material.contexts)
    yield chunk('tests', testsData(material))
  }
  for (const [number, source] of material.sources.entries())
    yield chunk(`source-${number}`, sourceData(material, source))
  yield end
}
