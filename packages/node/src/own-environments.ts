import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import workerThreads from 'node:worker_threads'
import { withOwnBuiltins } from './load/with-own-builtins.ts'
import { type NodeScripts, nodeScripts, scriptsOfShell } from './node-script.ts'
import { FOLDER_VARIABLE, STARTED_VARIABLE } from './orders.ts'
import { newStart, noteLost, noteRefused, noteStarted } from './started-file.ts'
import type { Place } from './started-program.ts'

/** Taken before the program can replace them. */
const { apply, construct } = Reflect

/** What a process or thread needs in its environment to be traced. */
export interface NeededVariables {
  /** Absolute path of the folder of the run. */
  readonly folder: string
  /** What has to be in `NODE_OPTIONS`. */
  readonly preload: string
}

type Variables = Readonly<Record<string, string | undefined>>

/** What a function is called with instead. */
interface Change {
  readonly args: unknown[]
  /** Told when a process was started by it. */
  readonly onStarted?: (() => void) | undefined
}

/**
 * Has processes and threads traced that a program gives an environment of their own, or its own after it has changed that:
 * what is needed is added to whatever they are given. What is to run in Node is noted: some of it cannot be traced.
 */
export function traceOwnEnvironments(needed: NeededVariables): void {
  const lackingIn = (given: Variables): Variables | undefined => lacking(given, needed)
  const noting = ({ isCertain, scripts }: NodeScripts): Noting | undefined => {
    const [script] = scripts
    if (script === undefined) return undefined
    const start = newStart()
    return {
      variables: { [STARTED_VARIABLE]: start },
      onStarted: () =>
        isCertain ? noteStarted(needed.folder, start, script) : noteLost(needed.folder, start, scripts),
    }
  }
  // `spawn`, `exec`, `execFile` and `fork` all come here, with the variables as texts.
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
  const withEnvironment = (options: OwnOptions = {}, variables: Variables = {}): OwnOptions => {
    const { env } = options
    // Shared with a thread that has what is needed.
    if (typeof env === 'symbol') return options
    const more = { ...lackingIn(env ?? process.env), ...variables }
    return Object.keys(more).length > 0 ? { ...options, env: { ...(env ?? process.env), ...more } } : options
  }
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
  ahead(workerThreads, 'Worker', ([file, options, ...rest]) => {
    noteRefused((options as { eval?: unknown } | undefined)?.eval ? '[worker eval]' : file)
    const given = isReplaceable(options) ? withEnvironment(options ?? undefined) : options
    return { args: [file, given, ...rest] }
  })
  traceNextProgram(lackingIn)
  syncBuiltinESMExports()
}

/** What takes the place of this program needs the same. */
function traceNextProgram(lackingIn: (given: Variables) => Variables | undefined): void {
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
function lacking(given: Variables, { folder, preload }: NeededVariables): Variables | undefined {
  const { [FOLDER_VARIABLE]: known, NODE_OPTIONS } = given
  // Node makes a text of any value but one that is not there.
  const options = NODE_OPTIONS === undefined ? '' : String(NODE_OPTIONS)
  if (known === folder && options.includes(preload)) return undefined
  const complete = options.includes(preload) ? options : [options, preload].filter(Boolean).join(' ')
  return { [FOLDER_VARIABLE]: folder, NODE_OPTIONS: complete }
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

/** Changes what a function or class is called with; for whoever asks it is the same as before. */
function ahead<Name extends string>(
  owner: Record<Name, unknown>,
  name: Name,
  change: (args: unknown[]) => Change,
): void {
  const original = owner[name] as (...args: unknown[]) => unknown
  const changed = (args: unknown[]): Change => withOwnBuiltins(() => change(args))
  const handler: ProxyHandler<typeof original> = {
    apply(target, self, given) {
      const { args, onStarted } = changed(given)
      if (!onStarted) return apply(target, self, args)
      const tell = (from: unknown): void =>
        withOwnBuiltins(() => {
          if (hasStarted(from, self)) onStarted()
        })
      try {
        const result: unknown = apply(target, self, args)
        tell(result)
        return result
      } catch (error) {
        tell(error)
        throw error
      }
    },
    construct: (target, args, newTarget) =>
      construct(target, changed(args).args, newTarget === value ? target : newTarget) as object,
  }
  // What a handler lacks is looked for in its prototype, where a program may have put it.
  const value: object = new Proxy(original, Object.setPrototypeOf(handler, null))
  Object.defineProperty(owner, name, { ...Object.getOwnPropertyDescriptor(owner, name), value })
}

/**
 * Whether a process was started.
 *
 * @param from what a function has given or thrown
 * @param self what it was a method of
 */
function hasStarted(from: unknown, self: unknown): boolean {
  if (self instanceof ChildProcess) return self.pid !== undefined
  // What was printed: only those give that for which everything went well.
  if (typeof from === 'string' || from === null || from instanceof Uint8Array) return true
  const { pid } = (from ?? {}) as { readonly pid?: unknown }
  return typeof pid === 'number' && pid > 0
}
