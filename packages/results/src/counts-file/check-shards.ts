import { TstraceError } from '../errors.ts'
import type { CountsHead } from './counts-parser.ts'
import { isSameProject, type RunRecord, shardOf } from './run-record.ts'

/** A counts file by what stands before its records. */
export interface NamedHead {
  readonly name: string
  readonly head: CountsHead
  /** Whether it may say again what others have, so that there is nothing to be said of that. Default: it may not. */
  readonly isCopy?: boolean
}

export interface Checked<File extends NamedHead> {
  readonly accepted: readonly File[]
  /** One sentence for each file that is left out. */
  readonly problems: readonly string[]
}

/**
 * Leaves out files whose counts are there already, and those of other projects. The outcome does not depend on the
 * order of the files.
 *
 * @param project name of the project whose files are wanted; '' for that of most files
 * @throws TstraceError `TST_COUNTS_PROJECT` when several projects have as many files
 */
export function withoutDoubles<File extends NamedHead>(
  files: readonly File[],
  project: string,
): Checked<File> {
  const wanted = project === '' ? commonest(files.map(({ head }) => head.project)) : project
  const accepted = new Map<string, NamedHead>()
  const kept: File[] = []
  const problems: string[] = []
  for (const file of [...files].sort(byWeight)) {
    const problem = foreign(file, wanted) ?? sameRun(file, accepted) ?? sameShard(file, accepted)
    if (problem === undefined) {
      kept.push(file)
      for (const run of file.head.runs) for (const key of keysOf(run)) accepted.set(key, file)
    } else if (!file.isCopy || file.head.runs.some(({ id }) => !accepted.has(id))) problems.push(problem)
  }
  return { accepted: kept.sort((a, b) => (a.name < b.name ? -1 : 1)), problems }
}

/** One sentence for each thing that is wrong with runs whose files are sound. */
export function runProblems(files: readonly NamedHead[]): string[] {
  const runs = files.flatMap(({ head }) => head.runs)
  const groups = grouped(
    runs.filter(({ shard }) => shard !== ''),
    (run) => JSON.stringify([groupOf(run), shardOf(run.shard)?.count]),
  )
  const shards = groups.flatMap((group) => [
    ...missingShards(group),
    ...repeatedShards(group),
    ...severalCommits(group),
  ])
  return [...shards, ...runs.filter(({ losses }) => losses !== '').map(brokenRun), ...severalRules(runs)]
}

function grouped(runs: readonly RunRecord[], keyOf: (run: RunRecord) => string): RunRecord[][] {
  const groups = new Map<string, RunRecord[]>()
  for (const run of runs) {
    const key = keyOf(run)
    const group = groups.get(key)
    if (group) group.push(run)
    else groups.set(key, [run])
  }
  return [...groups.values()]
}

/**
 * The largest first, then the latest: of a shard that was repeated, the repetition counts. Copies are last, and of these the
 * smallest first: the larger one may be the sum of the others.
 */
function byWeight(a: NamedHead, b: NamedHead): number {
  const copies = Number(a.isCopy ?? false) - Number(b.isCopy ?? false)
  if (copies !== 0) return copies
  const order = b.head.runs.length - a.head.runs.length
  if (order !== 0) return a.isCopy ? -order : order
  const [startA, startB] = [latest(a), latest(b)]
  if (startA !== startB) return startA < startB ? 1 : -1
  return a.name < b.name ? -1 : 1
}

function latest({ head }: NamedHead): string {
  return head.runs.map(({ started }) => started).reduce((a, b) => (a > b ? a : b), '')
}

function foreign({ head, name }: NamedHead, project: string): string | undefined {
  if (isSameProject(head.project, project)) return undefined
  return (
    `${name} is of the project ${head.project}, not of ${project}: left out. If it is the same project under another ` +
    'name, let the variable TSTRACE_PROJECT give it one name wherever it runs.'
  )
}

/** What must not be in two files: a run, and a shard of a run. */
function keysOf(run: RunRecord): string[] {
  return run.shard === '' ? [run.id] : [run.id, shardKey(run)]
}

function shardKey(run: RunRecord): string {
  return `${run.shard} ${groupOf(run)}`
}

function sameRun({ head, name }: NamedHead, accepted: ReadonlyMap<string, NamedHead>): string | undefined {
  const there = head.runs.filter(({ id }) => accepted.has(id))
  const [first] = there
  if (!first) return undefined
  const other = accepted.get(first.id)?.name
  const more = head.runs.length - there.length
  if (more === 0) return `${name} has ${runName(first)}, which ${other} has as well: ${name} is left out.`
  return (
    `${name} has ${runName(first)}, which ${other} has as well, beside ${more} more: all of ${name} is left out, since ` +
    'its counts cannot be taken apart.'
  )
}

function sameShard({ head, name }: NamedHead, accepted: ReadonlyMap<string, NamedHead>): string | undefined {
  const twice = head.runs.find((run) => run.shard !== '' && accepted.has(shardKey(run)))
  const other = twice && accepted.get(shardKey(twice))
  if (!twice || !other) return undefined
  const reason = other.head.runs.length > head.runs.length ? 'holds more runs' : 'is the later one'
  return (
    `${name} has ${runName(twice)} once more than ${other.name}, which ${reason}: ${name} is left out. Give different ` +
    `test suites different labels, or leave ${other.name} out.`
  )
}

function missingShards(runs: readonly RunRecord[]): string[] {
  const [first] = runs as [RunRecord]
  const count = shardOf(first.shard)?.count ?? 0
  const there = new Set(runs.map(({ shard }) => shardOf(shard)?.index))
  if (there.size === count) return []
  const names: string[] = []
  for (let index = 1; index <= count && names.length < NAMED; index++)
    if (!there.has(index)) names.push(`${index}/${count}`)
  const more = count - there.size - names.length
  if (more > 0) names.push(`${more} more`)
  const isOne = names.length === 1
  return [
    `${isOne ? 'Shard' : 'Shards'} ${list(names)} of ${groupName(first)} ${isOne ? 'is' : 'are'} missing.`,
  ]
}

/** Two files with the same shard have been told apart before: these are in one file. */
function repeatedShards(runs: readonly RunRecord[]): string[] {
  return grouped(runs, ({ shard }) => shard).flatMap((same) =>
    same.length < 2
      ? []
      : [
          `${capital(runName(same[0] as RunRecord))} was run ${same.length} times into one file: its counts are in the ` +
            'sum as often, since they cannot be taken apart.',
        ],
  )
}

function severalCommits(runs: readonly RunRecord[]): string[] {
  const commits = [...new Set(runs.map(({ commit }) => commit).filter((commit) => commit !== ''))].sort()
  if (commits.length < 2) return []
  const names = commits.map((commit) => commit.slice(0, 12))
  return [`The shards of ${groupName(runs[0] as RunRecord)} are of different commits: ${list(names)}.`]
}

function brokenRun(run: RunRecord): string {
  return `${capital(runName(run))} has lost counts: ${run.losses}`
}

function severalRules(runs: readonly RunRecord[]): string[] {
  const rules = new Map(runs.map((run) => [run.rules, `${run.rules.slice(0, 8)} of tstrace ${run.tstrace}`]))
  if (rules.size < 2) return []
  return [
    `The runs were counted by different rules (${list([...rules.values()].sort())}): a line shows the sum of what each of ` +
      'them found there.',
  ]
}

/** What two shards of one run have in common. */
function groupOf({ base, commit, label, run, runner }: RunRecord): string {
  return JSON.stringify([run === '' ? commit : run, label, nameOf(runner), base])
}

function runName(run: RunRecord): string {
  if (run.shard !== '') return `shard ${run.shard} of ${groupName(run)}`
  return `run ${run.id} of ${groupName(run)}`
}

/** `the vitest run github 77 in packages/a (os=linux)`. */
function groupName({ base, commit, label, run, runner }: RunRecord): string {
  const name = run !== '' ? ` ${run}` : commit === '' ? '' : ` of commit ${commit.slice(0, 12)}`
  const place = base === '' ? '' : ` in ${base}`
  return `the ${nameOf(runner)} run${name}${place}${label === '' ? '' : ` (${label})`}`
}

/** A runner without its version. */
function nameOf(runner: string): string {
  return runner.split(' ')[0] as string
}

function commonest(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1)
  const [[first, most] = ['', 0], [second, next] = ['', 0]] = [...counts].sort(([, m], [, n]) => n - m)
  if (next < most || most === 0) return first
  throw new TstraceError(
    'TST_COUNTS_PROJECT',
    `The counts files are of ${list([first, second].sort())}, and of none more than of the other. Give those of one ` +
      'project, or name it by the variable TSTRACE_PROJECT.',
  )
}

/** So many are named before the rest is only counted. */
const NAMED = 10

function list(all: readonly string[]): string {
  const more = all.length - NAMED
  const names = more > 1 ? [...all.slice(0, NAMED), `${more} more`] : all
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
