import { siteTableOf } from '@tstrace/instrument'
import { type Context, CoverageResults } from '@tstrace/results'
import { textHash } from '@tstrace/results/text-hash'
import type { FormatInput } from '../src/format.ts'

/** A source, and how often each of its counters ran: by place in the table, or all alike. */
export interface Counted {
  readonly path: string
  readonly text: string
  readonly counts: (counter: number) => number
  readonly branches?: boolean
  readonly context?: Context
}

/** What formats are made of, of sources whose numbers are made up. */
export function inputOf(counted: readonly Counted[], more: Partial<FormatInput> = {}): FormatInput {
  const results = new CoverageResults()
  const texts = new Map<string, string>()
  for (const { branches = false, context, counts, path, text } of counted) {
    const made = siteTableOf(text, { file: path, branches })
    if (!made) throw new Error(`nothing runs in ${path}`)
    texts.set(`${path} ${made.hash}`, text)
    const numbers = Float64Array.from({ length: made.sites.counters }, (_, counter) => counts(counter))
    results.addSource({ path, hash: textHash(text), sites: made.sites, counts: numbers }, context)
  }
  return {
    results,
    keep: () => true,
    source: ({ hash, path }) => texts.get(`${path} ${hash}`),
    root: '/project',
    test: '',
    ...more,
  }
}

/** The text of a file in pieces or whole. */
export function textOf({ text }: { readonly text: string | Iterable<string> }): string {
  return typeof text === 'string' ? text : [...text].join('')
}
