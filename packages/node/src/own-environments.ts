import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads from 'node:worker_threads'
import { withOwnBuiltins } from './load/with-own-builtins.ts'
import { nodeScript, scriptOfShell } from './node-script.ts'
import { FOLDER_VARIABLE, STARTED_VARIABLE } from './orders.ts'
import { newStart, noteRefused, noteStarted } from './started-file.ts'

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
  const noting = (script: string | undefined): Noting | undefined => {
    if (script === undefined) return undefined
    const start = newStart()
    return {
      variables: { [STARTED_VARIABLE]: start },
      onStarted: () => noteStarted(needed.folder, start, script),
    }
  }
  // `spawn`, `exec`, `execFile` and `fork` all come here, with the variables as texts.
  ahead(ChildProcess.prototype as unknown as Spawning, 'spawn', ([options, ...rest]) => {
    const { args = [], envPairs, file } = options as SpawnOptions
    const note = envPairs && noting(nodeScript([file, ...args.slice(1)]))
    const more = envPairs && { ...lackingIn(Object.fromEntries(envPairs.map(pairOf))), ...note?.variables }
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
      const note = noting(isShell ? scriptOfShell(words.join(' ')) : nodeScript(words))
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
    const script = nodeScript(words.map(String))
    if (script !== undefined) noteRefused(script)
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
  readonly env?: Variables | symbol | null
  readonly shell?: unknown
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
