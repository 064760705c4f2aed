import { join } from 'node:path'
import { readCountsFile } from '@tstrace/results/counts-file'
import { expect } from 'vitest'

/** Three test files, each with a source of its own. */
export const SMALL = new URL('./fixtures/small/', import.meta.url)

export const NAMES = ['one', 'two', 'three'] as const

/** Lines of a source that are in its loop: enough that its counts take more than a kilobyte. */
const LINES = 600

/** The text of a source: a function that counts to a number with hundreds of statements each time. */
export function sourceOf(name: string): string {
  const lines = Array.from({ length: LINES }, (_, at) => `    sum += ${at % 2 === 0 ? 1 : -1}`)
  return `export function ${name}(times) {
  let sum = 0
  for (let at = 0; at < times; at++) {
    sum += 1
${lines.join('\n')}
  }
  return sum
}
`
}

/** The program that the command runs: it does what the three test files do, and says how far it is. */
export const PROGRAM = `${NAMES.map((name) => `import { ${name} } from './src/${name}.ts'`).join('\n')}
for (const count of [${NAMES.join(', ')}]) {
  console.log(count.name, count(300))
  await new Promise((resolve) => setTimeout(resolve, 120))
}
`

/** A counts file. */
export interface SmallCounts {
  /** What is missing from each run, by its id. */
  readonly losses: ReadonlyMap<string, string>
  /** The sum of all runs by path, one number per counter. */
  readonly counts: ReadonlyMap<string, readonly number[]>
}

/** What is in the counts file of a folder. */
export function smallCounts(folder: string): SmallCounts {
  const { counted, head } = readCountsFile(join(folder, 'counts'))
  const sources = [...counted.values()].flatMap((results) => results.sources())
  return {
    losses: new Map(head.runs.map(({ id, losses }) => [id, losses])),
    counts: new Map(sources.map(({ path, counts }) => [path, [...counts]])),
  }
}

export interface AddedRun {
  /** What a run adds that loses nothing. */
  readonly whole: SmallCounts
  readonly before: SmallCounts
  readonly after: SmallCounts
  /** Of the project. */
  readonly folder: string
  readonly stderr: string
}

/**
 * Asserts that a run which was added to a counts file lost nothing in silence: all its counts are there, or the file and
 * standard error say what is missing, and what is there is exact.
 */
export function expectNoSilentLoss({ after, before, folder, stderr, whole }: AddedRun): void {
  const [[, loss = ''] = [], ...others] = [...after.losses].filter(([id]) => !before.losses.has(id))
  expect(after.losses.size, `the run is not in the counts file: ${stderr}`).toBe(before.losses.size + 1)
  expect(others).toEqual([])
  for (const [path, counts] of whole.counts) {
    const added = after.counts.get(path)?.map((sum, at) => sum - (before.counts.get(path)?.[at] ?? 0))
    // The program counts from one flush to the next, each of its sources all at once.
    const isPart = (one = -1, count = 0): boolean =>
      path.startsWith('src/') ? one === 0 : one >= 0 && one < count
    const allowed = (one: number | undefined, count: number): boolean =>
      one === count || (loss !== '' && isPart(one, count))
    const wrong = counts.flatMap((count, at) =>
      allowed(added?.[at], count) ? [] : [[at, added?.[at], count]],
    )
    expect(wrong, `${path}: counter, counted, expected; said: ${loss}`).toEqual([])
  }
  const said = stderr.replaceAll(/<(project|folder)>/g, folder)
  if (loss === '') expect(said).not.toContain('tstrace:')
  else expect(said).toContain(`tstrace: ${loss.slice(0, 100)}`)
  expect(said).not.toMatch(/^ {4}at /m)
}
