import type { AloneRange, ContextsData, RanInSource, TestsData } from '../page-data.ts'
import { SHOWN } from './recorded-page.ts'
import { type ShownContext, shownContext } from './shown-context.ts'

/** A context in the list. */
export interface ListedTest extends ShownContext {
  /** Its number. */
  readonly context: number
  readonly ran: readonly RanInSource[]
  readonly alone: readonly AloneRange[]
  /** Executable lines that it ran. */
  readonly lines: number
  /** The numbers of all of them together. */
  readonly count: number
  /** Lines that nothing else ran. */
  readonly only: number
}

export type Column = 'state' | 'title' | 'place' | 'lines' | 'count' | 'only'

export interface Order {
  readonly by: Column
  readonly isDown: boolean
}

export function listedTests(contexts: ContextsData, { recordings }: TestsData): ListedTest[] {
  const { alone, ran } = recordings[SHOWN] as TestsData['recordings'][number]
  return contexts.map((context, place) => {
    const own = ran[place] ?? []
    const only = alone[place] ?? []
    return {
      ...shownContext(context),
      context: place,
      ran: [...own].sort(([, a], [, b]) => b - a),
      alone: only,
      lines: own.reduce((sum, [, , lines]) => sum + lines, 0),
      count: own.reduce((sum, [, count]) => sum + count, 0),
      only: only.reduce((sum, [, , , lines]) => sum + lines, 0),
    }
  })
}

/** Every word has to be somewhere in what is listed of a test. */
export function matchingTests(tests: readonly ListedTest[], filter: string): readonly ListedTest[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return tests
  return tests.filter(({ note, place, state, title }) => {
    const text = `${state} ${place} ${title} ${note}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export function sortedTests(tests: readonly ListedTest[], { by, isDown }: Order): ListedTest[] {
  const sign = isDown ? -1 : 1
  return [...tests].sort((a, b) => {
    const [one, other] = [a[by], b[by]]
    const order =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : compareTexts(String(one), String(other))
    return sign * order || a.context - b.context
  })
}

const { compare: compareTexts } = new Intl.Collator('en', { numeric: true })
