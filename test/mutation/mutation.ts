/*
 * `npm run mutation -- FOLDER [N]`: changes the sources of a project in which tstrace and Vitest or Jest are installed, one small thing
 * at a time, and looks for test files that fail and that a selection by tstrace leaves out. The project is a git repository in which
 * nothing is changed.
 *
 * What has to run is asked for each mutation by itself. Whether a test file that need not run would fail is tried for all such mutations
 * at once: what each replaces leaves word of it when it runs. A test file that passes without such a word has run as it
 * does without any of them, so that none of them alone makes it fail. Where there is word, the mutation is tried by itself.
 *
 * With N, every Nth mutation is then tried for itself, with all test files and the command, which shows how many fail.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readRecording } from '@tstrace/results/recording'
import { changeSince, evidenceOf, selectTests } from '@tstrace/select'
import { type Mutation, mutated, mutationsOf, withBodies } from './mutations.ts'
import { Project } from './project.ts'

/** A mutation of a source, and the test files that need not run for it. */
interface Judged {
  readonly id: string
  readonly path: string
  readonly mutation: Mutation
  /** How many have to. */
  readonly selected: number
  readonly skipped: ReadonlySet<string>
}

interface Totals {
  count: number
  selected: number
  byImports: number
}

const [given = '.', every = '0'] = process.argv.slice(2)
const project = new Project(resolve(given))
const { folder } = project
if (project.git('status', '--porcelain') !== '')
  throw new Error(`Something is changed in ${folder}. Commit it first.`)
await project.record()
const before = await project.failing()
if (!before) throw new Error(`The tests of ${folder} do not end`)
const path = join(folder, 'coverage/tstrace/recording.counts')
const recording = readRecording(path, { root: folder })
const evidence = evidenceOf([{ name: 'the recording', path, recording }])
const texts = new Map(
  [...new Set(recording.versions().map((version) => version.path))].map((source) => [
    source,
    readFileSync(join(folder, source), 'utf8'),
  ]),
)
const testFiles = new Set(
  evidence.parts.flatMap((part) => [...part.testFiles.values()].map(({ file }) => file)),
)
const WORDS = join(folder, 'node_modules/.mutation-ran')
const missed: string[] = []

/** Runs something while sources have other texts. */
async function within<Result>(
  others: ReadonlyMap<string, string>,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  for (const [source, text] of others) writeFileSync(join(folder, source), text)
  try {
    return await run()
  } finally {
    for (const source of others.keys()) writeFileSync(join(folder, source), texts.get(source) as string)
  }
}

async function judged(source: string, text: string, mutation: Mutation): Promise<Judged> {
  const { everything, selected, skipped } = await within(new Map([[source, mutated(text, mutation)]]), () =>
    selectTests({ evidence, change: changeSince(folder, 'HEAD'), node: process.versions.node }),
  )
  // What no recording has does not run in this project, whatever it is called.
  const known = selected.filter(({ file }) => testFiles.has(file))
  return {
    id: `${mutation.kind} ${source}:${mutation.line} (${mutation.start})`,
    path: source,
    mutation,
    selected: everything.length > 0 ? testFiles.size : known.length,
    skipped: new Set(skipped.map(({ file }) => file)),
  }
}

/** The sources with all mutations for which a test file need not run. */
function grouped(mutations: readonly Judged[]): Map<string, string> {
  const words = ({ id }: { readonly id: string }): string =>
    `process.getBuiltinModule('node:fs').appendFileSync(${JSON.stringify(WORDS)}, ${JSON.stringify(`${id}\n`)})`
  const others = new Map<string, string>()
  for (const [source, text] of texts) {
    const own = mutations.filter((one) => one.path === source)
    const ids = new Map(own.map(({ id, mutation }) => [mutation, id]))
    const bodies = own.filter(({ mutation }) => mutation.kind === 'body').map(({ mutation }) => mutation)
    const outside = own.find(({ mutation }) => mutation.kind !== 'body')
    const other = withBodies(text, bodies, (mutation) => words({ id: ids.get(mutation) as string }))
    // A source that is not loaded can be anything.
    const all = outside ? `${words(outside)};throw new Error("loaded")\n${other}` : other
    if (all !== text) others.set(source, all)
  }
  return others
}

/** Mutations, of those for which a test file need not run, that make it fail. */
async function missedOf(testFile: string, mutations: readonly Judged[]): Promise<readonly string[]> {
  if (mutations.length === 0) return []
  rmSync(WORDS, { force: true })
  const failed = await within(grouped(mutations), () => project.failing([testFile]))
  const ran = existsSync(WORDS) ? new Set(readFileSync(WORDS, 'utf8').split('\n').filter(Boolean)) : new Set()
  if (ran.size === 0)
    return failed?.has(testFile) !== false ? [`${testFile}: any of ${mutations.length}`] : []
  const found: string[] = []
  for (const one of mutations.filter(({ id }) => ran.has(id))) {
    const only = new Map([[one.path, mutated(texts.get(one.path) as string, one.mutation)]])
    const alone = await within(only, () => project.failing([testFile]))
    const isMissed = alone?.has(testFile) !== false
    console.log(`${testFile} ran ${one.id}, and ${isMissed ? 'FAILS' : 'passes'}`)
    if (isMissed) found.push(`${testFile}: ${one.id}`)
  }
  const others = mutations.filter(({ id }) => !ran.has(id))
  return [...found, ...(await missedOf(testFile, others))]
}

const all: Judged[] = []
const totals: Partial<Record<Mutation['kind'], Totals>> = {}
for (const [source, text] of texts) {
  const mutations = mutationsOf(source, text)
  const [first] = mutations
  if (!first) continue
  const others = new Map([[source, mutated(text, first)]])
  const byImports = await within(others, () => project.byImports(source))
  for (const mutation of mutations) {
    const one = await judged(source, text, mutation)
    all.push(one)
    const total = totals[mutation.kind] ?? { count: 0, selected: 0, byImports: 0 }
    totals[mutation.kind] = total
    total.count++
    total.selected += one.selected
    total.byImports += byImports
  }
}
console.log(JSON.stringify({ mutations: all.length, totals }, null, 2))

for (const testFile of testFiles) {
  const left = all.filter(({ skipped }) => skipped.has(testFile))
  if (!before.has(testFile)) missed.push(...(await missedOf(testFile, left)))
}
console.log(
  `${testFiles.size} test files, of which ${before.size} fail anyway; failing where they need not run: ${missed.length}`,
)
for (const one of missed) console.log(`MISSED ${one}`)

const sample = { count: 0, harmless: 0, failing: 0, selected: 0 }
for (const [number, { id, mutation, path: source }] of all.entries()) {
  if (every === '0' || number % Number(every) !== 0) continue
  const others = new Map([[source, mutated(texts.get(source) as string, mutation)]])
  await within(others, async () => {
    const after = await project.failing()
    if (!after) return console.log(`${id}: the tests do not end`)
    const failed = [...after].filter((file) => !before.has(file))
    const chosen = (await project.selected()) ?? testFiles
    sample.count++
    sample.failing += failed.length
    sample.selected += chosen.size
    if (failed.length === 0) sample.harmless++
    const left = failed.filter((file) => !chosen.has(file))
    missed.push(...left)
    console.log(`${left.length > 0 ? 'MISSED ' : ''}${id}: ${failed.length} fail, ${chosen.size} selected`)
  })
}
if (sample.count > 0) console.log(JSON.stringify({ sample }, null, 2))
process.exitCode = missed.length > 0 ? 1 : 0
