import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type LineNumber, unexplained } from './istanbul-comparison.ts'
import { packageFolder } from './real-sources.ts'

interface Outcome {
  readonly output: unknown
  readonly problems: readonly string[]
  readonly at: number
  readonly lines: Readonly<Record<string, LineNumber[]>>
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
    for (const [line, count] of sites) file[line] = Math.max(count, file[line] ?? 0)
    numbers[path] = file
  }
  return numbers
}

/** How many lines of a package Istanbul counts, and which differ although no rule says so. */
function compared(ours: Outcome, istanbul: Outcome): { lines: number; problems: string[] } {
  const problems: string[] = []
  let lines = 0
  for (const [path, numbers] of Object.entries(istanbul.lines)) {
    const source = readFileSync(path, 'utf8')
    const found = unexplained(source, path.endsWith('.ts'), {
      istanbul: numbers,
      ours: ours.lines[path] ?? [],
    })
    problems.push(...found.map((problem) => `${path}: ${problem}`))
    lines += new Set(numbers.map(([line]) => line)).size
  }
  return { lines, problems }
}

describe.each([
  ['acorn', 3000],
  ['zod', 1000],
  ['rxjs', 500],
])('%s', (name, atLeast) => {
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
    const { lines, problems } = compared(counts, istanbul)
    expect(problems).toEqual([])
    expect(lines).toBeGreaterThan(atLeast)
  })
})

test('a wrong number is found', () => {
  const source = 'const a = 1\nfor (const b of [a]) b()\nclass C {}\nlet d\nif (a) d = 1\n'
  const istanbul: LineNumber[] = [
    [1, 1, 'istanbul'],
    [2, 1, 'istanbul'],
    [5, 1, 'istanbul'],
  ]
  const ours: LineNumber[] = [
    [1, 1, 'statement'],
    [2, 2, 'loop element'],
    [3, 1, 'statement'],
    [4, 1, 'statement'],
    [5, 1, 'statement'],
  ]
  const with_ = (n: number, count: number): LineNumber[] =>
    ours.map(([line, before, rule]) => [line, line === n ? count : before, rule])
  expect(unexplained(source, false, { istanbul, ours })).toEqual([])
  expect(unexplained(source, false, { istanbul, ours: with_(1, 2) })).toHaveLength(1)
  expect(unexplained(source, false, { istanbul, ours: with_(2, 0) })).toHaveLength(1)
  expect(unexplained(source, false, { istanbul, ours: ours.slice(1) })).toHaveLength(1)
  expect(unexplained(source, false, { istanbul: istanbul.slice(1), ours })).toHaveLength(1)
})
