import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { instrument } from '@tstrace/instrument'
import { CoverageResults } from '@tstrace/results'
import { identifyRun, readCountsFile, writeCountsFile } from '@tstrace/results/counts-file'
import { stringify } from 'flatted'
import { createInstrumenter } from 'istanbul-lib-instrument'

/** How much is merged. */
export interface Amount {
  readonly shards: number
  /** Sources in each shard. */
  readonly sources: number
}

/** 15 functions with a loop and branches: 196 lines, much like those of any program. */
const SOURCE = Array.from(
  { length: 15 },
  (_, i) => `export function f${i}(a: number, b: number): number {
  let sum = a
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

const pathOf = (source: number): string => `src/folder-${source % 50}/source-${source}.ts`

/** Most places run seldom, some very often, the same for all tools. */
function counts(length: number, seed: number): number[] {
  let state = seed + 1
  return Array.from({ length }, () => {
    state = (state * 48271) % 2147483647
    return Math.floor((state / 2147483647) ** 6 * 100_000)
  })
}

/** A kind of file that shards leave. */
export interface Format {
  /** Writes a file for each shard; returns their paths. */
  readonly write: (folder: string, amount: Amount) => Promise<string[]>
  /** All counts in a sum of such files, added up. */
  readonly total: (file: string) => number
  /** What that must be. */
  readonly expected: (amount: Amount) => number
}

const { hash, sites } = instrument(SOURCE, { file: 'source.ts' })!

export const countsFiles: Format = {
  async write(folder, { shards, sources }) {
    mkdirSync(folder, { recursive: true })
    const facts = { root: folder, runner: 'vitest', label: '', tstrace: '0', rules: 'r', losses: [] }
    return Array.from({ length: shards }, (_, shard) => {
      const results = new CoverageResults()
      for (let source = 0; source < sources; source++) {
        const numbers = Float64Array.from(counts(sites.counters, shard * sources + source))
        results.addSource({ path: pathOf(source), hash, sites, counts: numbers })
      }
      const run = identifyRun({ ...facts, started: new Date(), shard: `${shard + 1}/${shards}` })
      const file = join(folder, `${shard + 1}.counts`)
      writeCountsFile(file, {
        head: { project: '', base: '', runs: [run] },
        counted: new Map([['', results]]),
      })
      return file
    })
  },
  total: (file) =>
    sumOf(
      [...readCountsFile(file).counted.values()].flatMap((one) =>
        one.sources().map(({ counts }) => sumOf(counts)),
      ),
    ),
  expected: (amount) => expected(amount, sites.counters),
}

/** Istanbul's coverage of the same sources. */
export const coverageFiles: Format = {
  async write(folder, { shards, sources }) {
    mkdirSync(folder, { recursive: true })
    const files = Array.from({ length: shards }, (_, shard) => join(folder, `${shard + 1}.json`))
    for (const [shard, file] of files.entries()) {
      const texts = Array.from({ length: sources }, (_, source) => {
        const coverage = coverageOf(source, shard * sources + source)
        return `${source === 0 ? '{' : ','}${JSON.stringify(coverage.path)}:${JSON.stringify(coverage)}`
      })
      writeFileSync(file, `${texts.join('')}}`)
    }
    return files
  },
  total(file) {
    const all: Record<string, { s: Record<string, number> }> = JSON.parse(readFileSync(file, 'utf8'))
    return sumOf(Object.values(all).map(({ s }) => sumOf(Object.values(s))))
  },
  expected: (amount) => expected(amount, Object.keys(statementMap).length),
}

/** Blobs of Vitest that hold the same coverage, and no test. */
export const blobs: Format = {
  ...coverageFiles,
  async write(folder, { shards, sources }) {
    mkdirSync(folder, { recursive: true })
    const { version } = createRequire(import.meta.url)('vitest/package.json') as { version: string }
    const files = Array.from({ length: shards }, (_, shard) =>
      join(folder, `blob-${shard + 1}-${shards}.json`),
    )
    for (const [shard, file] of files.entries()) {
      const all = Array.from({ length: sources }, (_, source) => coverageOf(source, shard * sources + source))
      const coverage = Object.fromEntries(all.map((one) => [one.path, one]))
      writeFileSync(file, stringify([version, [], [], coverage, 0, {}]))
    }
    return files
  },
}

function expected({ shards, sources }: Amount, counters: number): number {
  let sum = 0
  for (let seed = 0; seed < shards * sources; seed++) sum += sumOf(counts(counters, seed))
  return sum
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}

const instrumenter = createInstrumenter({ parserPlugins: ['typescript'], esModules: true })
instrumenter.instrumentSync(SOURCE, '/source.ts')
const { branchMap, fnMap, statementMap, ...rest } = instrumenter.lastFileCoverage()

function coverageOf(source: number, seed: number) {
  const [s, f] = [statementMap, fnMap].map((map, i) => numbered(Object.keys(map), seed + i))
  const numbers = Object.entries(branchMap).map(([key, { locations }]) => [
    key,
    counts(locations.length, seed),
  ])
  const path = `/project/${pathOf(source)}`
  // Copies, since sources that share their maps would take no room in a blob.
  return {
    ...rest,
    path,
    ...structuredClone({ statementMap, fnMap, branchMap }),
    s,
    f,
    b: Object.fromEntries(numbers),
  }
}

function numbered(keys: readonly string[], seed: number): Record<string, number> {
  const numbers = counts(keys.length, seed)
  return Object.fromEntries(keys.map((key, i) => [key, numbers[i]!]))
}
