/** Does to results of a size what a run does at its end. Arguments: kind, size, folder. Says what it took, as JSON. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Collector } from '@tstrace/core'
import { composeReports, fillOutputFolder, WorkerFiles } from '@tstrace/core/adapter'
import { drain, WorkerFile } from '@tstrace/core/worker'
import { CoverageResults, type SiteTable } from '@tstrace/results'
import {
  accumulate,
  MergedFile,
  mergeCounts,
  mergedResults,
  piecesOf,
  type RunRecord,
} from '@tstrace/results/counts-file'
import { run } from '../e2e/counts-hostile/base-files.ts'

/** What a piece of work took. */
export interface Taken {
  /** Processor time of all threads, in milliseconds. */
  readonly processor: number
  /** Memory at most, beyond what the process had before, in MB. */
  readonly memory: number
  /** Length of all files written, in MB. */
  readonly written: number
  /** Sentences about what is missing. */
  readonly problems: number
}

type Kind = keyof typeof WORK

const PROJECT = { project: 'large', base: '' }

function tableOf(functions: readonly string[]): SiteTable {
  const place = (line: number) => ({ line, column: 0 })
  return {
    counters: functions.length,
    lines: functions.map((_, i) => ({ ...place(i + 1), counters: [i], rule: 'statement' })),
    functions: functions.map((name, i) => ({ ...place(i + 1), name, end: place(i + 1), counter: i })),
    branches: [],
  }
}

/** Adds results to a counts file twice, merges that, and writes every report; the sources are not there. */
async function throughAll(results: CoverageResults, folder: string): Promise<number> {
  const file = join(folder, 'all.counts')
  let sum = results
  for (const number of [1, 2])
    ({ results: sum } = accumulate({ project: PROJECT, run: run(number), results }, file))
  const inputs = [{ name: file, pieces: () => piecesOf(file) }]
  await mergeCounts(inputs, { project: '', output: () => new MergedFile(join(folder, 'merged.counts.gz')) })
  return report(sum, folder)
}

function report(results: CoverageResults, folder: string): number {
  const asked = {
    count: true,
    missing: true,
    summary: true,
    listfuncs: true,
    trackcalls: true,
    html: false,
    total: true,
    ranges: true,
    folder: true,
  }
  const reports = composeReports(results, {
    asked,
    keep: () => true,
    source: () => ({ missing: 'it is gone' }),
  })
  const { failures } = fillOutputFolder(
    join(folder, 'out'),
    reports.flatMap(({ files }) => files),
  )
  if (failures.length > 0) throw new Error(failures.join('\n'))
  return reports.flatMap(({ problems }) => problems).length
}

const WORK = {
  /** Three lines each. */
  sources(size: number, folder: string) {
    const sites = tableOf(['<module>', 'f', 'g'])
    const results = new CoverageResults()
    for (let i = 0; i < size; i++)
      results.addSource({
        path: `src/part-${i % 100}/s${i}.ts`,
        hash: 'h',
        sites,
        counts: Float64Array.of(1, i, 0),
      })
    return throughAll(results, folder)
  },

  /** Runs of one and the same shard in one file. */
  async runs(size: number, folder: string) {
    const file = join(folder, 'all.counts')
    const sites = tableOf(['<module>'])
    const runs = Array.from(
      { length: size },
      (_, i): RunRecord => run(i, { shard: '1/2', losses: 'Something.' }),
    )
    const results = new CoverageResults({
      sources: [{ path: 'a.ts', hash: 'h', sites, counts: Float64Array.of(1) }],
    })
    const output = new MergedFile(file)
    await output.start({ ...PROJECT, runs, contexts: [] })
    await output.path('a.ts', new Map([['', results]]), () => undefined)
    await output.finish()
    const { problems } = await mergedResults([{ name: file, pieces: () => piecesOf(file) }], { project: '' })
    return problems.length
  },

  /** As many callers as callees, over a hundred sources. */
  edges(size: number, folder: string) {
    const results = new CoverageResults()
    const side = Math.ceil(Math.sqrt(size))
    for (let i = 0; i < size; i++) {
      const [caller, callee] = [i % side, Math.floor(i / side)].map((number) => ({
        path: `src/s${number % 100}.ts`,
        name: `Some.method${number}`,
      }))
      results.addEdge({ caller: caller!, callee: callee!, calls: i, resumptions: 0 })
    }
    return throughAll(results, folder)
  },

  /** All of one source. */
  functions(size: number, folder: string) {
    const names = Array.from({ length: size }, (_, i) => `f${i}`)
    const counts = Float64Array.from(names, (_, i) => i)
    const source = { path: 'src/bundle.js', hash: 'h', sites: tableOf(names), counts }
    return throughAll(new CoverageResults({ sources: [source] }), folder)
  },

  /** Ten in each test file, each of which says something when it ends, and is a caller. */
  tests(size: number, folder: string) {
    const files = new WorkerFiles(folder)
    const collector = new Collector()
    const names = ['<module>', ...Array.from({ length: 10 }, (_, i) => `it("does ${i}")`)]
    const table = (path: string) => JSON.stringify({ hash: 'h', sites: tableOf(names), path })
    for (let test = 0; test < size; test += 10) {
      const path = `test/t${test}.test.ts`
      const file = new WorkerFile(folder, { testFile: join(folder, path), project: '' })
      for (let i = 1; i <= 10; i++) file.append(frameOf(path, i, table(path)))
      file.close()
      for (const { bytes } of files.takeDone()) collector.add(bytes, path)
    }
    const { problems, results } = collector.finish(() => undefined)
    if (results.sources().length !== size / 10) throw new Error(`${problems[0]}`)
    return throughAll(results, folder)
  },
}

/** What one test of a file leaves: it called itself. */
function frameOf(path: string, number: number, table: string): Uint8Array {
  const counts = new Float64Array(11)
  counts[number] = 1
  const state = {
    at: [0],
    files: { [path]: { path, counts, table, base: 1 } },
    edges: [new Map([[(1 + number) * 2 ** 26 + 1 + number, 1]])],
    resumed: [new Map()],
  }
  return drain({ testFile: path, project: '' }, { state: state as never }) as Uint8Array
}

const [kind, size, folder] = process.argv.slice(2) as [Kind, string, string]
if (kind in WORK) {
  const before = process.cpuUsage()
  const memory = process.memoryUsage().rss / 1e6
  const problems = await WORK[kind](Number(size), folder)
  const { system, user } = process.cpuUsage(before)
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const taken: Taken = {
    processor: (system + user) / 1000,
    memory: process.resourceUsage().maxRSS / 1000 - memory,
    written:
      names.reduce((sum, { name, parentPath }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6,
    problems,
  }
  console.log(JSON.stringify(taken))
}
