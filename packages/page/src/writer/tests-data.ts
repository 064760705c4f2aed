import { answerOutside, type OutsideAnswer, whatRan } from '@tstrace/questions'
import { contextKey } from '@tstrace/results'
import type { AloneRange, RanInSource, TestsData } from '../page-data.ts'
import type { PageMaterial } from './page-material.ts'

/** What each context ran, and what only it ran, as questions answer it. */
export function testsData(material: PageMaterial): TestsData {
  return { recordings: [{ ran: ranByContext(material), alone: aloneByContext(material) }] }
}

function ranByContext(material: PageMaterial): RanInSource[][] {
  const ran = material.contexts.map((): RanInSource[] => [])
  for (const [number, version] of material.sources.entries()) {
    const counted = whatRan(material.results, material.tablesOf(version), { kind: 'file', ...version })
    for (const [key, { count, lines }] of counted.byContext)
      ran[material.numberOf(key)]?.push([number, count, lines])
  }
  return ran
}

function aloneByContext(material: PageMaterial): Record<number, AloneRange[]> {
  const numbers = new Map(material.sources.map(({ hash, path }, number) => [`${path}\0${hash}`, number]))
  const alone: Record<number, AloneRange[]> = {}
  for (const { context, ranges } of outside(material).alone.rows) {
    const shown = ranges.flatMap(({ from, hash, lines, path, to }): AloneRange[] => {
      const source = numbers.get(`${path}\0${hash}`)
      return source === undefined ? [] : [[source, from, to, lines]]
    })
    if (shown.length > 0) alone[material.numberOf(contextKey(context))] = shown
  }
  return alone
}

function outside({ contexts, results, sources }: PageMaterial): OutsideAnswer {
  return answerOutside({
    file: '',
    runs: [],
    labels: [],
    contexts: () => contexts,
    versions: () => sources,
    results: () => results,
    text: () => undefined,
    stateOf: () => 'same',
  })
}
