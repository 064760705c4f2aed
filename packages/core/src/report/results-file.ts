import type { CallEdge, CoverageResults, FunctionReference } from '@tstrace/results'
import { resultsFormat, resultsVersion, sourceRecordText } from '@tstrace/results/internal'

/**
 * The text of a results file (`docs/reference/results-file.md`), in pieces: JSON with one line per source file and per
 * edge, sorted, so that equal results give equal texts and the file can be read line by line.
 */
export function* resultsFile(results: CoverageResults): Generator<string | Uint8Array, void> {
  const start = JSON.stringify({ format: resultsFormat, version: resultsVersion }).slice(0, -1)
  yield `${start},\n"sources":[`
  yield* lineByLine(results.sources(), sourceRecordText)
  yield '],\n"edges":['
  yield* lineByLine(results.edges(), edgeTexts())
  yield ']}\n'
}

/** One record at a time: those of a large project together are longer than any text can be. */
function* lineByLine<Item>(
  items: readonly Item[],
  textOf: (item: Item) => Iterable<string | Uint8Array>,
): Generator<string | Uint8Array, void> {
  for (const [i, item] of items.entries()) {
    yield i === 0 ? '\n' : ',\n'
    yield* textOf(item)
  }
  if (items.length > 0) yield '\n'
}

/** What makes the record of an edge. A function is in many, and its text is made once. */
function edgeTexts(): (edge: CallEdge) => [string] {
  const texts = new Map<FunctionReference, string>()
  const textOf = (reference: FunctionReference): string => {
    const known = texts.get(reference) ?? JSON.stringify(reference)
    texts.set(reference, known)
    return known
  }
  return ({ callee, caller, calls, resumptions }) => [
    `{"caller":${textOf(caller)},"callee":${textOf(callee)},"calls":${calls},"resumptions":${resumptions}}`,
  ]
}
