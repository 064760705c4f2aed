import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { FormatInput, MadeFormat } from '@tstrace/formats'
import { messageOf } from '@tstrace/results/errors'
import { type Lines, missingRanges } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import { changedLines } from './changed-lines.ts'

/** GitHub takes no longer summary of a step, in bytes, and shows no more annotations of one. */
const LONGEST_SUMMARY = 2 ** 20
const MOST_ANNOTATIONS = 10

/** The file of the format whose text is the summary. */
const SUMMARY = 'github.md'

interface Asked extends Pick<FormatInput, 'keep' | 'results' | 'root'> {
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * In a job of GitHub Actions: appends the summary to that of the step, and prints, on standard error, annotations for lines of
 * the change that never ran.
 *
 * @param made the formats that were asked for; without `github` nothing is told
 * @returns what could not be said, one sentence each
 */
export function tellGithub({ files }: MadeFormat, asked: Asked): string[] {
  const { env } = asked
  const summary = files.find(({ path }) => path === SUMMARY)
  if (!summary || env.GITHUB_ACTIONS !== 'true') return []
  const text = typeof summary.text === 'string' ? summary.text : [...summary.text].join('')
  const change = toldOfChange(asked)
  // What the runner of the service obeys has to begin its line.
  if (change.commands.length > 0) process.stderr.write(`\n${change.commands.join('\n')}\n`)
  return [...appended(`${text}${change.text}`, env.GITHUB_STEP_SUMMARY), ...change.problems]
}

function appended(text: string, file: string | undefined): string[] {
  if (!file) return ['No summary of the step: GITHUB_STEP_SUMMARY names no file.']
  try {
    const there = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    if (there + Buffer.byteLength(text) > LONGEST_SUMMARY)
      return [
        'No summary of the step: with what is in it already it would be longer than the 1 MiB that GitHub takes.',
      ]
    appendFileSync(file, text)
    return []
  } catch (error) {
    return [`No summary of the step: ${messageOf(error)}`]
  }
}

interface Change {
  /** For the runner of the service, one a line. */
  readonly commands: readonly string[]
  readonly problems: readonly string[]
  /** For the summary, in Markdown. */
  readonly text: string
}

const NO_CHANGE: Change = { commands: [], problems: [], text: '' }

function toldOfChange(asked: Asked): Change {
  const { env, root } = asked
  const base = baseOf(env)
  if (base === undefined) return NO_CHANGE
  const changed = changedLines(root, base)
  if ('unknown' in changed) {
    const problem = `No annotations: ${printable(String(changed.unknown))}. Give actions/checkout a fetch-depth of 2, or of 0 for all commits.`
    return { ...NO_CHANGE, problems: [problem] }
  }
  const { all, missing } = missingOfChange(asked, changed)
  const places = missing.map((one) => annotation(one, asked))
  const rest = missing.length - MOST_ANNOTATIONS
  const lines = missing.reduce((sum, one) => sum + one.lines, 0)
  const more = rest > 0 ? ` ${rest} more places than are annotated.` : ''
  const text =
    all === 0 ? '' : `#### The change\n\n${lines} of ${all} changed lines that can run never ran.${more}\n\n`
  const problems =
    rest > 0
      ? [`Of the change ${rest} more places never ran than the ${MOST_ANNOTATIONS} that are annotated.`]
      : []
  return { commands: places.slice(0, MOST_ANNOTATIONS), problems, text }
}

/** Of a pull request it is what it would be merged into, of a push what was there before. */
function baseOf(env: Asked['env']): string | undefined {
  if (/^refs\/pull\/\d+\/merge$/.test(env.GITHUB_REF ?? '')) return 'HEAD^1'
  try {
    const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8')) as {
      readonly before?: unknown
      readonly pull_request?: { readonly base?: { readonly sha?: unknown } }
    }
    const sha = event.pull_request?.base?.sha ?? event.before
    // A new branch comes from nowhere.
    return typeof sha === 'string' && /^[0-9a-f]{7,64}$/.test(sha) && /[^0]/.test(sha) ? sha : undefined
  } catch {
    return undefined
  }
}

interface MissingPlace extends Lines {
  readonly path: string
  /** How many of them can run. */
  readonly lines: number
}

interface MissingOfChange {
  readonly missing: readonly MissingPlace[]
  /** How many lines of the change can run. */
  readonly all: number
}

function missingOfChange(
  { keep, results }: Asked,
  changed: ReadonlyMap<string, readonly Lines[]>,
): MissingOfChange {
  let all = 0
  const missing: MissingPlace[] = []
  for (const { hash, path } of results.versions()) {
    const ranges = changed.get(path)
    if (!ranges || !keep(path)) continue
    const isChanged = (line: number): boolean => ranges.some(({ from, to }) => line >= from && line <= to)
    const counts = results.lineCounts(path, hash)
    const never = results.missingLines(path, hash).filter(isChanged)
    const ran = [...counts].filter(([line, count]) => count > 0 && isChanged(line))
    all += never.length + ran.length
    for (const range of missingRanges(counts, never))
      missing.push({
        path,
        ...range,
        lines: never.filter((line) => line >= range.from && line <= range.to).length,
      })
  }
  return { all, missing }
}

function annotation({ from, path, to }: MissingPlace, { env, root }: Asked): string {
  const file = relative(env.GITHUB_WORKSPACE ?? root, resolve(root, path))
    .split(sep)
    .join('/')
  const what = from === to ? 'This line never ran.' : 'These lines never ran.'
  return `::warning file=${property(printable(file))},line=${from},endLine=${to},title=tstrace::${what}`
}

/** As the service's own toolkit writes it. */
function property(text: string): string {
  return text.replaceAll(
    /[%\r\n:,]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
