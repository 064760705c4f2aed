import childProcess, { ChildProcess } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads from 'node:worker_threads'
import { withOwnBuiltins } from './load/with-own-builtins.ts'
import { FOLDER_VARIABLE } from './orders.ts'

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

/**
 * Has processes and threads traced that a program gives an environment of their own, or its own after it has changed that:
 * what is needed is added to whatever they are given.
 */
export function traceOwnEnvironments(needed: NeededVariables): void {
  const lackingIn = (given: Variables): Variables | undefined => lacking(given, needed)
  // `spawn`, `exec`, `execFile` and `fork` all come here, with the variables as texts.
  ahead(ChildProcess.prototype as unknown as Spawning, 'spawn', ([options, ...rest]) => {
    const { envPairs } = options as { envPairs?: readonly string[] }
    const more = envPairs && lackingIn(Object.fromEntries(envPairs.map(pairOf)))
    if (!more) return [options, ...rest]
    const others = envPairs.filter((pair) => !(pairOf(pair)[0] in more))
    return [{ ...(options as object), envPairs: [...others, ...textsOf(more)] }, ...rest]
  })
  const withEnvironment = (options: OwnOptions = {}): OwnOptions => {
    const { env } = options
    // Shared with a thread that has what is needed.
    if (typeof env === 'symbol') return options
    const more = lackingIn(env ?? process.env)
    return more ? { ...options, env: { ...(env ?? process.env), ...more } } : options
  }
  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const)
    ahead(childProcess as unknown as Record<typeof name, unknown>, name, (args) => {
      // Arguments of the program may be left out.
      const at =
        name === 'execSync' || isOptions(args[1]) ? 1 : Array.isArray(args[1]) || args.length > 2 ? 2 : 1
      return isReplaceable(args[at]) ? args.toSpliced(at, 1, withEnvironment(args[at] ?? undefined)) : args
    })
  ahead(workerThreads, 'Worker', ([file, options, ...rest]) => {
    return isReplaceable(options)
      ? [file, withEnvironment(options ?? undefined), ...rest]
      : [file, options, ...rest]
  })
  syncBuiltinESMExports()
}

interface Spawning {
  spawn: unknown
}

interface OwnOptions {
  readonly env?: Variables | symbol | null
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
  change: (args: unknown[]) => unknown[],
): void {
  const original = owner[name] as (...args: unknown[]) => unknown
  const changed = (args: unknown[]): unknown[] => withOwnBuiltins(() => change(args))
  const handler: ProxyHandler<typeof original> = {
    apply: (target, self, args) => apply(target, self, changed(args)),
    construct: (target, args, newTarget) =>
      construct(target, changed(args), newTarget === value ? target : newTarget) as object,
  }
  // What a handler lacks is looked for in its prototype, where a program may have put it.
  const value: object = new Proxy(original, Object.setPrototypeOf(handler, null))
  Object.defineProperty(owner, name, { ...Object.getOwnPropertyDescriptor(owner, name), value })
}
