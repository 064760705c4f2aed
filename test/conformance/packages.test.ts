import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { IS_WHOLE } from '../e2e/matrix.ts'
import { compareLines } from './istanbul-comparison.ts'
import { type Coverage, itemsOf } from './istanbul-coverage-items.ts'
import { differences } from './istanbul-differences.ts'
import type { IstanbulFile } from './istanbul-numbers.ts'
import type { OurNumber } from './istanbul-rules.ts'
import { packageFolder } from './real-sources.ts'

interface Outcome {
  readonly output: unknown
  readonly problems: readonly string[]
  readonly at: number
  readonly lines: Readonly<Record<string, OurNumber[]>>
  /** Of each source what Istanbul would count, by kind and place, with its number. */
  readonly items: Readonly<Record<string, readonly (readonly [item: string, number: string])[]>>
  readonly coverage: Readonly<Record<string, IstanbulFile & Coverage>>
  readonly wrongSums: readonly string[]
  readonly edges: number
}

async function ran(mode: string, name: string): Promise<Outcome> {
  const here = (path: string): string => new URL(path, import.meta.url).href
  const folder = pathToFileURL(`${packageFolder(name)}/`).href
  const child = fileURLToPath(here('./traced-process.ts'))
  const parameters = [child, mode, here(`./scenarios/${name}.ts`), folder]
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { maxBuffer: 2 ** 28 })
  return JSON.parse(stdout) as Outcome
}

/** The number of every line: the largest of those that start on it. */
function numbersOf({ lines }: Outcome): Record<string, Record<number, number>> {
  const numbers: Record<string, Record<number, number>> = {}
  for (const [path, sites] of Object.entries(lines)) {
    const file: Record<number, number> = {}
    for (const { count, line } of sites) file[line] = Math.max(count, file[line] ?? 0)
    numbers[path] = file
  }
  return numbers
}

/** How many lines of a package were compared, and which differ although no rule says so. */
function compared({ lines }: Outcome, { coverage }: Outcome): { compared: number; problems: string[] } {
  const found = Object.entries(coverage).flatMap(([path, file]) =>
    compareLines({ path, source: readFileSync(path, 'utf8') }, file, lines[path] ?? []).map((line) => ({
      path,
      ...line,
    })),
  )
  return {
    compared: found.length,
    problems: found.flatMap(({ path, problem }) => (problem ? [`${path}: ${problem}`] : [])),
  }
}

/** What differs from Istanbul's statements, functions and branches although no rule says so. */
function unlikeIstanbul({ items }: Outcome, { coverage }: Outcome): object[] {
  return Object.entries(coverage).flatMap(([path, file]) =>
    differences(readFileSync(path, 'utf8'), new Map(items[path]), itemsOf(file))
      .filter(({ rule }) => rule === undefined)
      .map((difference) => ({ path, ...difference })),
  )
}

/** zod takes as long as the two others together; its sources are in `coverage-places` and `map`, too. */
const PACKAGES: readonly (readonly [name: string, atLeast: number])[] = [
  ['acorn', 3000],
  ['rxjs', 500],
  ...(IS_WHOLE ? ([['zod', 1000]] as const) : []),
]

describe.each(PACKAGES)('%s', (name, atLeast) => {
  test('does the same, counts the same lines as Istanbul, and no call is lost', {
    timeout: 60_000,
  }, async () => {
    const [counts, istanbul] = await Promise.all([ran('counts', name), ran('istanbul', name)])
    const [plain, all] = await Promise.all([ran('plain', name), ran('all', name)])
    for (const outcome of [counts, all]) {
      expect(outcome.output).toEqual(plain.output)
      expect(outcome.problems).toEqual([])
      expect(outcome.at).toBe(0)
    }
    expect(numbersOf(all)).toEqual(numbersOf(counts))
    expect(all.wrongSums).toEqual([])
    expect(all.edges).toBeGreaterThan(100)
    expect(unlikeIstanbul(all, istanbul).slice(0, 20)).toEqual([])
    const against = compared(counts, istanbul)
    expect(against.problems).toEqual([])
    expect(against.compared).toBeGreaterThan(atLeast)
  })
})
