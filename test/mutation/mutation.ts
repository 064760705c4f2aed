/*
 * `npm run mutation -- FOLDER [N]`: changes the sources of a project, whose runner is Vitest and in which tstrace is installed, one
 * small thing at a time, runs all of its tests, and compares which test files fail with those that `tstrace select` names. The
 * project is a git repository in which nothing is changed. With N it is every Nth mutation.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { type Mutation, mutationsOf } from './mutations.ts'

interface Ended {
  readonly stdout: string
  readonly stderr: string
}

const [given = '.', every = '1'] = process.argv.slice(2)
const folder = resolve(given)
const load = createRequire(join(folder, 'x'))
const VITEST = join(dirname(load.resolve('vitest/package.json')), 'vitest.mjs')
const TSTRACE = join(folder, 'node_modules/tstrace/bin/tstrace.js')

function run(words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((done) => child.on('close', () => done({ stdout, stderr })))
}

/** Test files in which something fails, from the folder. */
async function failing(): Promise<Set<string>> {
  const report = join(folder, 'node_modules/.mutation.json')
  await run([VITEST, 'run', '--reporter=json', `--outputFile=${report}`, '--test-timeout=5000'])
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; status: string }[]
  }
  return new Set(
    testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(folder, name)),
  )
}

interface Selected {
  readonly everything: readonly string[]
  readonly selected: readonly { readonly file: string }[]
  readonly skipped: readonly unknown[]
}

async function selected(): Promise<Selected> {
  const { stderr, stdout } = await run([TSTRACE, 'select', '--since', 'HEAD', '--json'])
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout) as Selected
}

/** What Vitest takes by the modules that a test file imports. */
async function changedByVitest(): Promise<number> {
  const { stdout } = await run([VITEST, 'list', '--filesOnly', '--changed'])
  return stdout.split('\n').filter((line) => /\.[cm]?[jt]sx?$/.test(line.trim())).length
}

const git = (...words: string[]): string => spawnSync('git', words, { cwd: folder, encoding: 'utf8' }).stdout
if (git('status', '--porcelain') !== '')
  throw new Error(`Something is changed in ${folder}. Commit it first.`)
await run([VITEST, 'run', '--reporter=tstrace'])
const before = await failing()
const recorded = join(folder, 'coverage/tstrace/recording.counts')
const sources = [...readFileSync(recorded, 'utf8').matchAll(/^source\t"([^"]+)"/gm)].map(
  ([, path]) => path as string,
)
const mutations = [...new Set(sources)].flatMap((path) => {
  const text = readFileSync(join(folder, path), 'utf8')
  return mutationsOf(path, text).map((mutation): [string, string, Mutation] => [path, text, mutation])
})
const totals = { mutations: 0, harmless: 0, everything: 0, missed: 0 }
const bodies = { selected: 0, byVitest: 0, failing: 0, count: 0 }
for (const [number, [path, text, mutation]] of mutations.entries()) {
  if (number % Number(every) !== 0) continue
  writeFileSync(join(folder, path), mutation.text)
  try {
    const failed = [...(await failing())].filter((file) => !before.has(file))
    const { everything, selected: chosen } = await selected()
    const files = new Set(chosen.map(({ file }) => file))
    const missed = everything.length > 0 ? [] : failed.filter((file) => !files.has(file))
    totals.mutations++
    if (failed.length === 0) totals.harmless++
    if (everything.length > 0) totals.everything++
    if (missed.length > 0) totals.missed++
    const byVitest = mutation.kind === 'body' ? await changedByVitest() : 0
    if (mutation.kind === 'body') {
      bodies.count++
      bodies.failing += failed.length
      bodies.selected += files.size
      bodies.byVitest += byVitest
    }
    const what = `${mutation.kind} ${path}:${mutation.line}`
    const numbers = `${failed.length} fail, ${everything[0] ?? files.size} selected, ${byVitest} by --changed`
    console.log(
      `${missed.length > 0 ? 'MISSED ' : ''}${what}: ${numbers}${missed.map((file) => `\n  ${file}`).join('')}`,
    )
  } finally {
    writeFileSync(join(folder, path), text)
  }
}
console.log(JSON.stringify({ ...totals, bodies }, null, 2))
process.exitCode = totals.missed > 0 ? 1 : 0
