import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import type { Recording } from '@tstrace/questions'
import { hasLabels } from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import { readRecording } from '@tstrace/results/recording'
import { loadRecording } from '../questions/load-recording.ts'
import { withTextsInGit } from './text-in-git.ts'

/** What says which recordings are compared. */
interface Which {
  /** None, one or two: counts files, folders and globs, or runs as `commit=main`, `shard=1/2`, `os=linux`. */
  readonly words: readonly string[]
  /** Of which files runs are taken; undefined for the recording of the last run. */
  readonly file: readonly string[] | undefined
  readonly label: readonly string[]
  /** How many runs a side has at least, if its files are runs of the same and not parts of one. */
  readonly stable: number
  /** Whether a single word is all there is, and not to be compared with the last run. */
  readonly isAlone: boolean
}

type Side = readonly [Recording, ...Recording[]]

export interface Loaded {
  /** Undefined where only one is there. */
  readonly before?: Side
  readonly after: Side
  readonly problems: readonly string[]
}

/**
 * The recordings that are compared. A single one is compared with that of the last run.
 *
 * @throws TstraceError what `loadRecording` throws; `TST_RUNS` for runs that no file has alone, or too few of them
 */
export async function loadSides({ file: given = [], isAlone, label, stable, words }: Which): Promise<Loaded> {
  const problems: string[] = []
  const file = given.length > 0 ? given : undefined
  const load = async (word: string | undefined): Promise<Side> => {
    const loaded = await sideOf({ word, file, label, isSeveral: stable > 1 })
    for (const one of loaded) problems.push(...one.problems)
    return loaded.map(({ recording }) => recording) as unknown as Side
  }
  const [one, other] = words
  if (one === undefined || (other === undefined && isAlone)) return { after: await load(one), problems }
  const [before, after] = [await load(one), await load(other)]
  if (Math.max(before.length, after.length) < stable) throw tooFew(stable, [before, after])
  return { before, after, problems }
}

interface Asked {
  readonly word: string | undefined
  readonly file: readonly string[] | undefined
  readonly label: readonly string[]
  readonly isSeveral: boolean
}

type LoadedSide = Awaited<ReturnType<typeof loadRecording>>[]

async function sideOf({ file, isSeveral, label, word }: Asked): Promise<LoadedSide> {
  const root = realpathSync(process.cwd())
  const chosen = word === undefined ? undefined : runsChosen(word, root)
  const files = chosen ? await filesWith(chosen, { file, root }) : word === undefined ? file : [word]
  const labels = [...label, ...(chosen?.labels ?? [])]
  const groups = isSeveral && files ? (await filesIn(files, root)).map((one) => [one]) : [files]
  const loaded = []
  for (const group of groups) loaded.push(await loadRecording({ file: group, label: labels }))
  return loaded.map(({ problems, recording }) => ({
    problems,
    recording: {
      ...withTextsInGit(recording, root),
      ...(chosen && { file: `${word} in ${recording.file}` }),
    },
  }))
}

/** Runs that a word chooses. */
interface Chosen {
  readonly word: string
  /** The beginning of its hash. */
  readonly commit?: string
  readonly shard?: string
  readonly labels: readonly string[]
}

/** Undefined for a word that is the name of files. */
function runsChosen(word: string, root: string): Chosen | undefined {
  if (isAbsolute(word) || existsSync(resolve(root, word))) return undefined
  const pairs = word.split(',').map((pair) => /^([\w.-]+)=(.*)$/s.exec(pair))
  if (pairs.includes(null)) return undefined
  const values = new Map(pairs.map((pair) => [pair?.[1] as string, pair?.[2] as string]))
  const [commit, shard] = [values.get('commit'), values.get('shard')]
  const labels = [...values].filter(([key]) => key !== 'commit' && key !== 'shard')
  return {
    word,
    ...(commit !== undefined && { commit: hashOf(commit, root) }),
    ...(shard !== undefined && { shard }),
    labels: labels.map(([key, value]) => `${key}=${value}`),
  }
}

function hashOf(commit: string, root: string): string {
  if (/^[0-9a-f]{7,}$/.test(commit)) return commit
  try {
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`]
    return execFileSync('git', words, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch (cause) {
    const message = `Git knows no commit "${commit}" here. Name one by its hash, a branch or a tag, or name files.`
    throw new TstraceError('TST_RUNS', message, { cause })
  }
}

/**
 * The files all of whose runs are chosen by commit and shard, and that have some with the labels; undefined for the recording of
 * the last run.
 */
async function filesWith(
  { commit, labels, shard, word }: Chosen,
  { file, root }: { readonly file: readonly string[] | undefined; readonly root: string },
): Promise<readonly string[] | undefined> {
  const isByLabel = commit === undefined && shard === undefined
  if (!file && isByLabel) return file
  if (!file)
    throw new TstraceError(
      'TST_RUNS',
      `Where are the runs "${word}"? Name their counts files, or a folder of them, with -f.`,
    )
  const files: string[] = []
  for (const name of await filesIn(file, root)) {
    const { runs } = readRecording(resolve(root, name), { root })
    const own = runs.filter(
      (run) => run.commit.startsWith(commit ?? '') && (shard ?? run.shard) === run.shard,
    )
    if (own.length === 0) continue
    if (own.length < runs.length) throw mixed(name, word)
    // Of other files nothing is wanted, and nothing has to be said, as that they are of other texts.
    if (own.some(({ label }) => hasLabels(label, labels))) files.push(name)
  }
  if (files.length > 0) return files
  // Which labels there are is said where they are looked for.
  if (isByLabel) return file
  throw new TstraceError(
    'TST_RUNS',
    `None of the counts files (${file.join(', ')}) is of the runs "${word}".`,
  )
}

async function filesIn(words: readonly string[], root: string): Promise<readonly string[]> {
  const { countsInputs } = await import('../counts/counts-inputs.ts')
  return (await countsInputs(words, root)).map(({ name }) => relative(root, resolve(root, name)) || name)
}

function mixed(name: string, word: string): TstraceError {
  const message = `${name} has the runs "${word}" and others, and their counts are one sum.`
  return new TstraceError('TST_RUNS', `${message} Record into a file for each, or tell them apart by labels.`)
}

function tooFew(stable: number, sides: readonly Side[]): TstraceError {
  const message = `There are ${sides.map(({ length }) => length).join(' and ')} runs on the two sides, and --stable asks for ${stable} on one.`
  return new TstraceError(
    'TST_RUNS',
    `${message} Name a folder of counts files, or a glob in quotes, with one run in each.`,
  )
}
