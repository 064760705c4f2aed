import { ChildProcess } from 'node:child_process'
import { withOwnBuiltins } from './load/with-own-builtins.ts'

/** Taken before the program can replace them. */
const { apply, construct } = Reflect

/** What a function is called with instead. */
export interface Change {
  readonly args: unknown[]
  /** Told when a process was started by it. */
  readonly onStarted?: (() => void) | undefined
}

/**
 * Changes what a function or class is called with; for whoever asks it is the same as before.
 *
 * @returns what undoes that, unless somebody else has put something in its place by then
 */
export function changedAhead<Name extends string>(
  owner: Record<Name, unknown>,
  name: Name,
  change: (args: unknown[]) => Change,
): () => void {
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
  const before = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor
  Object.defineProperty(owner, name, { ...before, value })
  return () => {
    if (owner[name] === value) Object.defineProperty(owner, name, before)
  }
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
