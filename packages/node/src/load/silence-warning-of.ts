import { withOwnBuiltins } from './with-own-builtins.ts'

/** Taken before the program can replace it. */
const { apply } = Reflect

/**
 * Has older versions not warn that a file of ours requires an ES module, our parser or compiler. The warning is shown in the
 * next tick only.
 */
export function silenceWarningOf(file: string): void {
  const { emit } = process
  const silent = function emitOthers(this: NodeJS.Process, ...args: unknown[]): unknown {
    const isOwn = args[0] === 'warning' && withOwnBuiltins(() => (args[1] as Error).message.includes(file))
    return isOwn ? false : apply(emit, this, args)
  }
  Object.defineProperty(process, 'emit', { value: silent, writable: true, configurable: true })
}
