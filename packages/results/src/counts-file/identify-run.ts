import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { readSource } from '../files/read-source.ts'
import { commitOf } from './commit-of.ts'
import { type CountsHeader, LONGEST_FIELD, type RunRecord } from './run-record.ts'

/** What a run knows of itself. */
export interface RunFacts {
  /** Absolute path of the folder that paths start at. */
  readonly root: string
  /** Name and version of what runs: `vitest 5.1.1`. */
  readonly runner: string
  /** `2/3`, or '' for a run that is no shard. */
  readonly shard: string
  /** As `labelText` makes it. */
  readonly label: string
  /** Version of tstrace, and hash of its rules. */
  readonly tstrace: string
  readonly rules: string
  /** When the run began. */
  readonly started: Date
  /** What of it is missing, one sentence each. */
  readonly losses: readonly string[]
  /** Why not all tests of its test files ran, as a sentence. Default: they did */
  readonly part?: string | undefined
}

/**
 * Where services for continuous integration say which run this is: what all its jobs have in common. `TSTRACE_RUN` is
 * for all others.
 */
const RUN_VARIABLES: readonly (readonly [service: string, variable: string])[] = [
  ['', 'TSTRACE_RUN'],
  ['github', 'GITHUB_RUN_ID'],
  ['gitlab', 'CI_PIPELINE_ID'],
  ['circleci', 'CIRCLE_WORKFLOW_ID'],
  ['buildkite', 'BUILDKITE_BUILD_ID'],
  ['azure', 'BUILD_BUILDID'],
  ['bitbucket', 'BITBUCKET_PIPELINE_UUID'],
  ['travis', 'TRAVIS_BUILD_ID'],
  ['drone', 'DRONE_BUILD_NUMBER'],
  ['semaphore', 'SEMAPHORE_WORKFLOW_ID'],
  ['jenkins', 'BUILD_TAG'],
]

/** What a counts file says about this run. */
export function identifyRun({ losses, part, root, started, ...facts }: RunFacts): RunRecord {
  return {
    ...facts,
    id: randomUUID(),
    run: runName(process.env),
    commit: oneLine(commitOf(root)),
    node: process.versions.node,
    started: started.toISOString(),
    base: identifyProject(root).base,
    losses: oneLine(losses.join(' '), LONGEST_FIELD),
    ...(part && { part: oneLine(part, LONGEST_FIELD) }),
  }
}

/**
 * Which project a folder belongs to, and where in it the folder is. The top of a project is the nearest folder upwards
 * with a repository or with workspaces; without either it is the folder itself. Its name is that of the package there,
 * unless the variable `TSTRACE_PROJECT` gives another.
 */
export function identifyProject(root: string): CountsHeader {
  const top = topOf(root)
  const name = process.env.TSTRACE_PROJECT || packageOf(top)?.name
  return {
    project: typeof name === 'string' ? oneLine(name) : '',
    base: relative(top, root).split(sep).join('/'),
  }
}

function runName(environment: NodeJS.ProcessEnv): string {
  const [service, variable] = RUN_VARIABLES.find(([, name]) => environment[name]) ?? []
  return variable === undefined ? '' : oneLine([service, environment[variable]].join(' ').trim())
}

function topOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const isTop =
      existsSync(join(folder, '.git')) ||
      existsSync(join(folder, 'pnpm-workspace.yaml')) ||
      packageOf(folder)?.workspaces !== undefined
    if (isTop) return folder
    if (dirname(folder) === folder) return root
  }
}

function packageOf(folder: string): { readonly name?: unknown; readonly workspaces?: unknown } | undefined {
  try {
    return JSON.parse(readSource(join(folder, 'package.json')))
  } catch {
    return undefined
  }
}

function oneLine(text: string, most = 200): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, most)
}
