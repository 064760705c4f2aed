import { instrument } from '@tstrace/instrument'
import { type Context, CoverageResults } from '@tstrace/results'
import { identifyRun, packText, writeCountsFile } from '@tstrace/results/counts-file'

/** How large a recording is. */
export interface RecordingSize {
  readonly tests: number
  readonly sources: number
  /** How many of the sources a test runs. */
  readonly each: number
  /** How many functions a source has, of 14 lines each. Default: 8 */
  readonly functions?: number
  /** How many sources are as they are after a change: a function runs otherwise, and one has moved. Default: none */
  readonly changed?: number
  /** Folder of the project. Default: the current one */
  readonly root?: string
}

/** Functions with a loop and branches, and comments as any program has them. */
export function sourceText(number: number, functions: number): string {
  return Array.from(
    { length: functions },
    (
      _,
      i,
    ) => `/** What is number ${i} of the functions of ${number}, with a sentence on what it gives back. */
export function f${i}(a: number, b: number): number {
  let sum = a + ${number}
  for (let i = 0; i < b; i++) {
    if (i % 2 === 0) sum += i
    else sum -= 1
  }
  const twice = sum * 2
  if (twice > 10) {
    return twice
  }
  return sum
}

`,
  ).join('')
}

export const pathOf = (source: number): string => `src/folder-${source % 50}/source-${source}.ts`

/** With another condition in its first function, which has gone to the end. */
function changedText(text: string): string {
  const [first = '', ...others] = text.split(/(?=\/\*\* What)/)
  return [...others, first.replace('i % 2 === 0', 'i % 3 === 1')].join('')
}

/** The test file in which the test with a number stands: 20 stand in each. */
export function testFileOf(number: number): string {
  return `test/folder-${Math.floor(number / 20) % 25}/file-${Math.floor(number / 20)}.test.ts`
}

function testNumber(number: number): Context {
  const file = testFileOf(number)
  const titles = [
    `what folder ${Math.floor(number / 10)} does`,
    `gives the number ${number} for what it is given`,
  ]
  const of = { kind: 'test', project: '', file, titles } as const
  return {
    ...of,
    index: 0,
    retry: 0,
    repeat: 0,
    state: number % 100 === 0 ? 'failed' : 'passed',
    line: number % 400,
  }
}

/** Writes a recording in which each test runs some of the sources, and most of them as other tests do. */
export function writeRecording(
  file: string,
  { changed = 0, each, functions = 8, root = process.cwd(), sources, tests }: RecordingSize,
): void {
  const texts = Array.from({ length: sources }, (_, source) => {
    const text = sourceText(source, functions)
    return source < changed ? changedText(text) : text
  })
  const made = texts.map((text, source) => instrument(text, { file: pathOf(source) })!)
  const results = new CoverageResults()
  for (let test = 0; test < tests; test++) {
    const context = testNumber(test)
    for (let i = 0; i < each; i++) {
      // Tests of one file run the same sources; some sources are run by tests of all files.
      const source = i % 3 === 0 ? (i * 7) % sources : (Math.floor(test / 20) * 13 + i) % sources
      const { hash, sites } = made[source]!
      if (test % 20 === 0) {
        const loaded = new Float64Array(sites.counters)
        loaded[sites.functions[0]!.counter] = 1
        const context: Context = { kind: 'import', project: '', file: testFileOf(test) }
        results.addSource({ path: pathOf(source), hash, sites, counts: loaded }, context)
      }
      const f = (test + i) % functions
      const times = (test * (i + 1)) % 5
      const counts = new Float64Array(sites.counters)
      for (let counter = 0; counter < 6; counter++)
        counts[(f * 6 + counter) % sites.counters] = times + counter
      results.addSource({ path: pathOf(source), hash, sites, counts }, context)
      const caller = { path: pathOf((source + 1) % sources), name: `f${f}` }
      results.addEdge(
        { caller, callee: { path: pathOf(source), name: `f${f}` }, calls: times + 1, resumptions: 0 },
        context,
      )
    }
  }
  const facts = {
    root,
    runner: 'vitest 5.1.1',
    label: '',
    tstrace: '0',
    rules: 'r',
    losses: [],
  }
  const run = identifyRun({ ...facts, started: new Date(), shard: '' })
  const byPath = new Map(texts.map((text, source) => [pathOf(source), packText(text)]))
  writeCountsFile(file, {
    head: { project: '', base: '', runs: [run] },
    counted: new Map([['', results]]),
    textOf: ({ path }) => byPath.get(path),
  })
}
