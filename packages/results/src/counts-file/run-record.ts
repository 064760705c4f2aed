import { Damage, fieldsOf, shown, textOf } from '../results/damage.ts'

/** What a counts file says about one run whose counts are in it. */
export interface RunRecord {
  /** Unique to this run: 16 or more of `A-Za-z0-9_-`. The same id twice is the same run twice. */
  readonly id: string
  /** What the shards of one CI run have in common; '' where nothing is known. */
  readonly run: string
  /** `2/3` for the second of three shards; '' for a run that is no shard. */
  readonly shard: string
  /** Hash of the commit that was checked out; '' where there is none. */
  readonly commit: string
  /** Name and version of what ran the tests or the program: `vitest 5.1.1`. */
  readonly runner: string
  /** Version of tstrace. */
  readonly tstrace: string
  /** Hash of the rules by which sites were found. */
  readonly rules: string
  /** Version of Node. */
  readonly node: string
  /** When the run began, in UTC: `2026-11-21T18:00:00.000Z`. */
  readonly started: string
  /** The folder that its paths started at; as in `CountsHeader`, also where the file starts elsewhere. */
  readonly base: string
  /** As in `labelText`; '' for none. */
  readonly label: string
  /** What of it is missing, as sentences; '' when it came to its end. */
  readonly losses: string
  /** Why not all tests of its test files ran, as a sentence; not there where they did, as far as the runner knows. */
  readonly part?: string
}

/** What is said once in a counts file. */
export interface CountsHeader {
  /** Name of the project at the top of the repository; '' where it has none. */
  readonly project: string
  /** The folder that paths start at, relative to the top of the repository, with `/`; '' for the top itself. */
  readonly base: string
}

/** Of which runs the counts are. */
export interface RunsHead extends CountsHeader {
  readonly runs: readonly RunRecord[]
}

/** Whether two names may be those of one project: one without a name may be any. */
export function isSameProject(one: string, other: string): boolean {
  return one === other || one === '' || other === ''
}

/** What every run says. */
const KEYS = [
  'id',
  'run',
  'shard',
  'commit',
  'runner',
  'tstrace',
  'rules',
  'node',
  'started',
  'base',
  'label',
  'losses',
] as const satisfies readonly (keyof RunRecord)[]

/** In the order in which they are written. */
export const RUN_KEYS: readonly (keyof RunRecord)[] = [...KEYS, 'part']

/** Of a field of a run or of the header, in UTF-16 units. */
export const LONGEST_FIELD = 1000

/** @throws Damage */
export function checkHeader(value: unknown): CountsHeader {
  const fields = fieldsOf(value, 'the header', ['project', 'base'])
  const { base, project } = { base: line(fields.base, 'base'), project: line(fields.project, 'project') }
  const parts = base.split(/[/\\]/)
  if (base !== '' && parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new Damage('base', `is not a folder below the top of a repository: ${shown(base)}`)
  if (/^[A-Za-z]:/.test(base)) throw new Damage('base', `is absolute: ${shown(base)}`)
  return { project, base }
}

/** @throws Damage */
export function checkRun(value: unknown, where: string): RunRecord {
  const isPart = typeof value === 'object' && value !== null && Object.hasOwn(value, 'part')
  const keys = isPart ? RUN_KEYS : KEYS
  const fields = fieldsOf(value, where, keys)
  const record = Object.fromEntries(keys.map((key) => [key, line(fields[key], `${where}.${key}`)]))
  const { id, shard, label } = record as unknown as RunRecord
  if (!/^[\w-]{16,64}$/.test(id)) throw new Damage(`${where}.id`, `is not an id: ${shown(id)}`)
  if (shard !== '' && !shardOf(shard)) throw new Damage(`${where}.shard`, `is not a shard: ${shown(shard)}`)
  if (!isLabel(label)) throw new Damage(`${where}.label`, `is not a label: ${shown(label)}`)
  return record as unknown as RunRecord
}

/** `2/3` as numbers; undefined for anything that is no shard. */
export function shardOf(text: string): { readonly index: number; readonly count: number } | undefined {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []
  if (index === undefined || count === undefined || Number(index) > Number(count)) return undefined
  return { index: Number(index), count: Number(count) }
}

/** Whether a text is one that `labelText` makes. */
export function isLabel(text: string): boolean {
  if (text === '') return true
  const pairs = text.split(',').map((pair) => /^([\w.-]+)=([^,\p{Cc}]*)$/u.exec(pair)?.[1])
  return pairs.every((key, i) => key !== undefined && (i === 0 || (pairs[i - 1] as string) < key))
}

function line(value: unknown, where: string): string {
  const text = textOf(value, where)
  if (text.length > LONGEST_FIELD || /\p{Cc}/u.test(text))
    throw new Damage(where, `is not a short line: ${shown(text)}`)
  return text
}
