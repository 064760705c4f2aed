import { siteTableOf } from '@tstrace/instrument'
import { type Context, CoverageResults, type TestContext } from '@tstrace/results'
import type { FormatInput, MadeFormat } from '../src/format.ts'

/** A source, and how often each of its counters ran. */
export interface Counted {
  readonly path: string
  readonly text: string
  readonly counts: (counter: number) => number
  /** Default: they are counted. */
  readonly branches?: boolean
  readonly context?: Context
}

/** What formats are made of, of sources whose numbers are made up. */
export function inputOf(counted: readonly Counted[], more: Partial<FormatInput> = {}): FormatInput {
  const results = new CoverageResults()
  const texts = new Map<string, string>()
  for (const { branches = true, context, counts, path, text } of counted) {
    const made = siteTableOf(text, { file: path, branches })
    if (!made) throw new Error(`nothing runs in ${path}`)
    texts.set(`${path} ${made.hash}`, text)
    const numbers = Float64Array.from({ length: made.sites.counters }, (_, counter) => counts(counter))
    results.addSource({ path, hash: made.hash, sites: made.sites, counts: numbers }, context)
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

/** Two sources, of which one has a line that never ran, a branch of which a way was never taken, and one nobody called. */
export const TWO: readonly Counted[] = [
  {
    path: 'src/half.js',
    text: 'function half(n) {\n  return n > 1 ? n / 2 : 0\n}\nhalf(4)\n',
    counts: (counter) => [1, 3, 3, 0][counter] ?? 0,
  },
  {
    path: 'src/never.js',
    text: 'function never() {\n  return 1 // #pragma NO COVER\n}\nfunction too() {\n  return 2\n}\n[never, too].length\n',
    counts: (counter) => (counter === 0 ? 2 : 0),
  },
]

export function testNamed(title: string, file = 'test/a.test.js'): TestContext {
  return {
    ...{ kind: 'test', project: '', file, titles: [title], index: 0 },
    ...{ retry: 0, repeat: 0, state: 'passed', line: 1 },
  }
}

/** The text of the only file of a format. */
export function textOf({ files: [file, ...others] }: MadeFormat): string {
  if (!file || others.length > 0) throw new Error('a format of one file has one')
  return typeof file.text === 'string' ? file.text : [...file.text].join('')
}
