import type { CountsHead } from './counts-parser.ts'
import { type RunRecord, shardOf } from './run-record.ts'

/** A counts file by what stands before its records. */
export interface NamedHead {
  readonly name: string
  readonly head: CountsHead
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
 */
export function withoutDoubles<File extends NamedHead>(
  files: readonly File[],
  project: string,
): Checked<File> {
  const wanted = project === '' ? commonest(files.map(({ head }) => head.project)) : project
  const accepted: File[] = []
  const problems: string[] = []
  for (const file of [...files].sort(byWeight)) {
    const problem = foreign(file, wanted) ?? double(file, accepted)
    if (problem === undefined) accepted.push(file)
    else problems.push(problem)
  }
  return { accepted: accepted.sort((a, b) => (a.name < b.name ? -1 : 1)), problems }
}

/** One sentence for each group of shards that lacks some, or whose shards are of several commits. */
export function shardProblems(files: readonly NamedHead[]): string[] {
  const groups = new Map<string, RunRecord[]>()
  for (const { head } of files) {
    for (const run of head.runs.filter(({ shard }) => shard !== '')) {
      const key = JSON.stringify([groupOf(run, head.base), shardOf(run.shard)?.count])
      groups.set(key, [...(groups.get(key) ?? []), run])
    }
  }
  return [...groups.values()].flatMap((runs) => [...missingShards(runs), ...severalCommits(runs)])
}

/** The largest first, then the latest: of a shard that was repeated, the repetition counts. */
function byWeight(a: NamedHead, b: NamedHead): number {
  const order = b.head.runs.length - a.head.runs.length
  if (order !== 0) return order
  const [startA, startB] = [latest(a), latest(b)]
  if (startA !== startB) return startA < startB ? 1 : -1
  return a.name < b.name ? -1 : 1
}

function latest({ head }: NamedHead): string {
  return head.runs.map(({ started }) => started).reduce((a, b) => (a > b ? a : b), '')
}

function foreign({ head, name }: NamedHead, project: string): string | undefined {
  if (head.project === project || head.project === '' || project === '') return undefined
  return `${name} is of the project ${head.project}, not of ${project}: left out.`
}

function double({ head, name }: NamedHead, accepted: readonly NamedHead[]): string | undefined {
  for (const other of accepted) {
    const ids = new Set(other.head.runs.map(({ id }) => id))
    const there = head.runs.filter(({ id }) => ids.has(id))
    if (there.length > 0) return sameRun({ head, name }, other.name, there)
    const shards = new Map(
      other.head.runs.map((run) => [`${run.shard} ${groupOf(run, other.head.base)}`, run]),
    )
    const twice = head.runs.find(
      (run) => run.shard !== '' && shards.has(`${run.shard} ${groupOf(run, head.base)}`),
    )
    if (twice) {
      return (
        `${name} has shard ${shardName(twice)} once more than ${other.name}, which is the later one: ${name} is left ` +
        'out. Give different test suites different labels.'
      )
    }
  }
  return undefined
}

function sameRun({ head, name }: NamedHead, other: string, there: readonly RunRecord[]): string {
  const all = head.runs.length
  const [first] = there as [RunRecord]
  const what = first.shard === '' ? `run ${first.id}` : `shard ${shardName(first)}`
  if (there.length === all) return `${name} has ${what}, which ${other} has as well: ${name} is left out.`
  return (
    `${name} has ${what}, which ${other} has as well, beside ${all - there.length} more: all of ${name} is left out, ` +
    'since its counts cannot be taken apart.'
  )
}

function missingShards(runs: readonly RunRecord[]): string[] {
  const [first] = runs as [RunRecord]
  const count = shardOf(first.shard)?.count ?? 0
  const there = new Set(runs.map(({ shard }) => shardOf(shard)?.index))
  const missing = Array.from({ length: Math.min(count, 1000) }, (_, i) => i + 1).filter((i) => !there.has(i))
  if (missing.length === 0) return []
  const names = missing.slice(0, 10).map((index) => `${index}/${count}`)
  if (missing.length > names.length) names.push(`${missing.length - names.length} more`)
  const verb = missing.length === 1 ? 'Shard' : 'Shards'
  return [`${verb} ${list(names)} of ${groupName(first)} ${missing.length === 1 ? 'is' : 'are'} missing.`]
}

function severalCommits(runs: readonly RunRecord[]): string[] {
  const commits = [...new Set(runs.map(({ commit }) => commit).filter((commit) => commit !== ''))].sort()
  if (commits.length < 2) return []
  const names = commits.map((commit) => commit.slice(0, 12))
  return [`The shards of ${groupName(runs[0] as RunRecord)} are of different commits: ${list(names)}.`]
}

/** What two shards of one run have in common. */
function groupOf(run: RunRecord, base: string): string {
  return JSON.stringify([run.run === '' ? run.commit : run.run, run.label, run.runner.split(' ')[0], base])
}

function shardName(run: RunRecord): string {
  return `${run.shard} of ${groupName(run)}`
}

function groupName({ commit, label, run }: RunRecord): string {
  const name =
    run === '' ? (commit === '' ? 'a run without a name' : `commit ${commit.slice(0, 12)}`) : `run ${run}`
  return label === '' ? name : `${name} (${label})`
}

function commonest(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1)
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first?.[0] ?? ''
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
