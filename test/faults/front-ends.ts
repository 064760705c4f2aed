import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import type { Ended } from '../e2e/command.ts'
import { type JestMajor, jestProject } from '../e2e/jest-project.ts'
import { TRANSFORMS } from '../e2e/jest-transforms.ts'
import { MAJORS, type Major, NEWEST, vitestProject } from '../e2e/vitest-project.ts'
import { howMany } from './how-many.ts'
import { NAMES, PROGRAM, SMALL, sourceOf } from './small-project.ts'

/** A copy of the small project, in a front end that adds each run to the file `counts`. */
export interface SmallProject {
  readonly folder: string
  /** The folder for temporary files of its runs: nobody else has it. */
  readonly temporary: string
  readonly isRunner: boolean
  run(options?: SmallRun): Promise<Pick<Ended, 'status' | 'stderr' | 'stdout'>>
}

export interface SmallRun {
  readonly env?: Readonly<Record<string, string>>
  readonly onStart?: (pid: number) => void
}

type ProjectFile = readonly [path: string, text: string]

const SOURCES: readonly ProjectFile[] = NAMES.map((name) => [`src/${name}.ts`, sourceOf(name)])

/** Front ends by name: in the short form one of each kind, in the whole form each pool and each version. */
export const FRONT_ENDS: Readonly<Record<string, () => SmallProject>> = {
  [`Vitest ${NEWEST}, forks`]: () => inVitest(NEWEST, ['--pool=forks']),
  'Jest 30, child processes': () => inJest(30, {}),
  'the command': inCommand,
  ...howMany<Record<string, () => SmallProject>>({ short: {}, whole: others() }),
}

/**
 * The front ends of a fault of which both runners would show the same: in the short form the command and one of the runners,
 * whose workers leave counts by the same code.
 */
export function frontEndsBut(left: 'Vitest' | 'Jest'): [name: string, make: () => SmallProject][] {
  const isWhole = howMany({ short: false, whole: true })
  return Object.entries(FRONT_ENDS).filter(([name]) => isWhole || !name.startsWith(left))
}

function others(): Record<string, () => SmallProject> {
  const pools = [['threads'], ['forks'], ['forks', '--no-isolate'], ['vmThreads'], ['vmForks']]
  const rows = MAJORS.flatMap((major) => pools.map((pool) => ({ major, pool })))
  return {
    ...Object.fromEntries(
      rows.map(({ major, pool: [name, ...more] }) => [
        `Vitest ${major}, ${[name, ...more].join(' ')}`,
        () => inVitest(major, [`--pool=${name}`, ...more]),
      ]),
    ),
    'Jest 29, child processes': () => inJest(29, {}),
    'Jest 30, threads': () => inJest(30, { workerThreads: true }),
  }
}

function inVitest(major: Major, args: readonly string[]): SmallProject {
  const project = vitestProject(major, SMALL)
  for (const [path, text] of SOURCES) project.write(path, text)
  const { env, temporary } = temporaryIn(project.folder)
  const all = ['--reporter=default', '--reporter=tstrace', ...args]
  return {
    folder: project.folder,
    temporary,
    isRunner: true,
    run: (options = {}) =>
      project.vitest(all, { ...options, env: { ...env, TSTRACE: '-f counts', ...options.env } }),
  }
}

function inJest(major: JestMajor, config: object): SmallProject {
  const project = jestProject(major, SMALL, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', 'tstrace/jest'],
    maxWorkers: 2,
    // Jest runs few files in its own process whatever is asked for, unless workers have a limit of memory.
    workerIdleMemoryLimit: '4GB',
    ...config,
  })
  for (const [path, text] of SOURCES) project.write(path, text)
  const { env, temporary } = temporaryIn(project.folder)
  return {
    folder: project.folder,
    temporary,
    isRunner: true,
    run: (options = {}) =>
      project.jest([], { ...options, env: { ...env, TSTRACE: '-f counts', ...options.env } }),
  }
}

function inCommand(): SmallProject {
  const folder = folderWith(Object.fromEntries([...SOURCES, ['main.mjs', PROGRAM]]))
  const { env, temporary } = temporaryIn(folder)
  const args = ['-c', '-C', 'out', '-f', 'counts', 'main.mjs']
  return {
    folder,
    temporary,
    isRunner: false,
    run: (options = {}) => tstrace(folder, args, { ...options, env: { ...env, ...options.env } }),
  }
}

function temporaryIn(folder: string): { temporary: string; env: Record<string, string> } {
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  return { temporary, env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary } }
}
