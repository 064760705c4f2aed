import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import workerThreads from 'node:worker_threads'
import { type Change, changedAhead } from './changed-ahead.ts'
import { type NodeScripts, nodeScripts, scriptsOfShell } from './node-script.ts'
import { FOLDER_VARIABLE, STARTED_VARIABLE, TEST_VARIABLE } from './orders.ts'
import { newStart, noteLost, noteRefused, noteStarted } from './started-file.ts'
import type { Place } from './started-program.ts'
import { noteUnstarted } from './unstarted-file.ts'

/** What a process or thread needs in its environment to be traced. */
export interface NeededVariables {
  /** Absolute path of the folder of the run. */
  readonly folder: string
  /** What has to be in `NODE_OPTIONS`. */
  readonly preload: string
  /** Says which test starts something now, as `TEST_VARIABLE` does. Default: there are no tests. */
  readonly test?: (() => string) | undefined
}

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Has processes and threads traced that a program gives an environment of their own, or its own after it has changed that:
 * what is needed is added to whatever they are given. What is to run in Node is noted: some of it cannot be traced.
 *
 * @returns what ends that, and leaves nothing behind
 */
export function traceOwnEnvironments(needed: NeededVariables): () => void {
  const undone: (() => void)[] = []
  const start: Start = {
    ahead: (...given) => void undone.push(changedAhead(...given)),
    lackingIn: (given) => lacking(given, needed),
    noting: (scripts) => noting(needed.folder, scripts),
    withEnvironment: (options, variables) => withEnvironment(options, variables, needed),
  }
  traceProcesses(start)
  traceAwaitedProcesses(start)
  start.ahead(workerThreads, 'Worker', ([file, options, ...rest]) => {
    noteRefused((options as { eval?: unknown } | undefined)?.eval ? '[worker eval]' : file)
    const given = isReplaceable(options) ? start.withEnvironment(options ?? undefined) : options
    return { args: [file, given, ...rest] }
  })
  traceNextProgram(start)
  syncBuiltinESMExports()
  return () => {
    for (const undo of undone) undo()
    syncBuiltinESMExports()
  }
}

/** What changes what something is started with. */
interface Start {
  ahead<Name extends string>(
    owner: Record<Name, unknown>,
    name: Name,
    change: (args: unknown[]) => Change,
  ): void
  lackingIn(given: Variables): Variables | undefined
  noting(scripts: NodeScripts): Noting | undefined
  withEnvironment(options?: OwnOptions, variables?: Variables): OwnOptions
}

/** `spawn`, `exec`, `execFile` and `fork` all come here, with the variables as texts. */
function traceProcesses({ ahead, lackingIn, noting }: Start): void {
  ahead(ChildProcess.prototype as unknown as Spawning, 'spawn', ([options, ...rest]) => {
    const { args = [], envPairs, file } = options as SpawnOptions
    const environment = envPairs && Object.fromEntries(envPairs.map(pairOf))
    const note =
      environment &&
      noting(nodeScripts([file, ...args.slice(1)], placeOf(options as OwnOptions, environment)))
    const more = environment && { ...lackingIn(environment), ...note?.variables }
    if (!more || Object.keys(more).length === 0) return { args: [options, ...rest] }
    const others = envPairs.filter((pair) => !(pairOf(pair)[0] in more))
    const changed = { ...(options as object), envPairs: [...others, ...textsOf(more)] }
    return { args: [changed, ...rest], onStarted: note?.onStarted }
  })
}

function traceAwaitedProcesses({ ahead, noting, withEnvironment }: Start): void {
  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const)
    ahead(childProcess as unknown as Record<typeof name, unknown>, name, (args) => {
      // Arguments of the program may be left out.
      const at =
        name === 'execSync' || isOptions(args[1]) ? 1 : Array.isArray(args[1]) || args.length > 2 ? 2 : 1
      const { [at]: options } = args
      if (!isReplaceable(options)) return { args }
      const words = [args[0], ...(at === 2 && Array.isArray(args[1]) ? args[1] : [])].map(String)
      const isShell = name === 'execSync' || options?.shell
      const place = placeOf(options)
      const note = noting(isShell ? scriptsOfShell(words.join(' '), place) : nodeScripts(words, place))
      const changed = withEnvironment(options ?? undefined, note?.variables)
      return { args: args.toSpliced(at, 1, changed), onStarted: note?.onStarted }
    })
}

function noting(folder: string, { isCertain, scripts }: NodeScripts): Noting | undefined {
  const [script] = scripts
  if (script === undefined) return undefined
  const start = newStart()
  return {
    variables: { [STARTED_VARIABLE]: start },
    onStarted: () => (isCertain ? noteStarted(folder, start, script) : noteLost(folder, start, scripts)),
  }
}

function withEnvironment(
  options: OwnOptions = {},
  variables: Variables = {},
  needed: NeededVariables,
): OwnOptions {
  const { env } = options
  // Shared with a thread that has what is needed; tests have not.
  if (typeof env === 'symbol') {
    if (needed.test) noteUnstarted(needed.folder, SHARED)
    return options
  }
  const more = { ...lacking(env ?? process.env, needed), ...variables }
  return Object.keys(more).length > 0 ? { ...options, env: { ...(env ?? process.env), ...more } } : options
}

const SHARED =
  'a worker thread shares the environment of the tests (SHARE_ENV). Give it one of its own, or leave out `env`.'

/** What takes the place of this program needs the same. */
function traceNextProgram({ ahead, lackingIn }: Start): void {
  if (!('execve' in process)) return
  const owner = process as unknown as { execve: unknown }
  ahead(owner, 'execve', ([file, args, env = process.env, ...rest]) => {
    const words = [file, ...(Array.isArray(args) ? args.slice(1) : [])]
    const { scripts } = nodeScripts(
      words.map(String),
      placeOf(undefined, isOptions(env) ? (env as Variables) : {}),
    )
    for (const script of scripts) noteRefused(script)
    const more = isOptions(env) ? { ...(env as Variables), ...lackingIn(env as Variables) } : env
    return { args: [file, args, more, ...rest] }
  })
}

interface Spawning {
  spawn: unknown
}

interface Noting {
  readonly variables: Variables
  readonly onStarted: () => void
}

/** What `ChildProcess.prototype.spawn` is given: the arguments with the program's name in front. */
interface SpawnOptions {
  readonly file: string
  readonly args?: readonly string[]
  readonly envPairs?: readonly string[]
}

interface OwnOptions {
  readonly cwd?: unknown
  readonly env?: Variables | symbol | null
  readonly uid?: unknown
  readonly shell?: unknown
}

/** Whoever this process is at its beginning may write into the folder of the run. */
const OWN_USER = process.geteuid?.()

/** @param environment Default: that of the options, or of this process */
function placeOf(given: OwnOptions | null | undefined, environment?: Variables): Place {
  const { cwd, env, uid } = given ?? {}
  const { PATH = '' } = environment ?? (typeof env === 'object' && env ? env : process.env)
  const user = typeof uid === 'number' ? uid : process.geteuid?.()
  return {
    folder: folderOf(cwd),
    path: String(PATH),
    isOther: user !== OWN_USER,
    depth: 0,
  }
}

function folderOf(cwd: unknown): string {
  try {
    const own = process.cwd()
    return typeof cwd === 'string' ? resolve(own, cwd) : cwd instanceof URL ? fileURLToPath(cwd) : own
  } catch {
    // It has been removed, and nothing is found in it.
    return '/'
  }
}

/** The variables that are missing, with the values that they have to have. */
function lacking(given: Variables, { folder, preload, test }: NeededVariables): Variables | undefined {
  const { [FOLDER_VARIABLE]: known, NODE_OPTIONS } = given
  // Node makes a text of any value but one that is not there.
  const options = NODE_OPTIONS === undefined ? '' : String(NODE_OPTIONS)
  if (known === folder && options.includes(preload) && !test) return undefined
  const complete = options.includes(preload) ? options : [options, preload].filter(Boolean).join(' ')
  return { [FOLDER_VARIABLE]: folder, NODE_OPTIONS: complete, ...(test && { [TEST_VARIABLE]: test() }) }
}

function isOptions(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is neither options nor nothing is an error of the program, which Node names. */
function isReplaceable(value: unknown): value is OwnOptions | null | undefined {
  if (value === undefined || value === null) return true
  if (!isOptions(value)) return false
  const { env } = value as OwnOptions
  return env === undefined || env === null || typeof env === 'object' || typeof env === 'symbol'
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=', 1)
  return [text.slice(0, at), text.slice(at + 1)]
}

function textsOf(variables: Variables): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`)
}
