import * as nodeModule from 'node:module'
import type { ModuleHooksData } from './module-hooks.ts'
import { replaceCompile } from './replace-compile.ts'
import { silenceWarningOf } from './silence-warning-of.ts'
import { startOwnParser } from './start-own-parser.ts'
import { type Tracing, tracedRequired } from './traced-module.ts'
import { otherPlace } from './typescript-places.ts'
import { withOwnBuiltins } from './with-own-builtins.ts'

/** Taken before the program can replace it. */
const { apply } = Reflect

/** What the thread of the hooks is told. */
export interface OlderHooks {
  /** URL of the module with the hooks. */
  readonly hooks: string
  /** What they make the same tracing of. */
  readonly data: ModuleHooksData
  /** The file that requires our parser, if one does: these versions warn of that. */
  readonly own?: string
}

/**
 * Does what `registerLoadHooks` does in a Node without synchronous hooks: what is required is compiled by a method
 * that can be replaced, what is imported is loaded by hooks in a thread of their own.
 */
export function registerOlderHooks(tracing: Tracing, { data, hooks, own }: OlderHooks): void {
  // Before others have their hooks: it is no part of the program.
  startOwnParser()
  replaceCompile((path, code) => (tracing.isActive() ? tracedRequired(path, code, tracing) : undefined))
  replaceResolution(tracing)
  withoutListeners(['stdout', 'stderr'], () => nodeModule.register(hooks, { data }))
  if (own !== undefined) silenceWarningOf(own)
}

type ResolveFilename = (
  specifier: string,
  parent?: { readonly filename?: string },
  ...rest: unknown[]
) => string

function replaceResolution(tracing: Tracing): void {
  const modules = nodeModule.Module as unknown as { _resolveFilename: ResolveFilename }
  const { _resolveFilename: resolveFilename } = modules
  modules._resolveFilename = function resolveTyped(specifier, parent, ...rest) {
    const from = tracing.isActive() ? parent?.filename : undefined
    const place = from && withOwnBuiltins(() => otherPlace(specifier, from))
    const args = withOwnBuiltins(() => [specifier, parent, ...rest])
    return place || (apply(resolveFilename, this, args) as string)
  }
}

/**
 * Takes away what an action has put on standard streams for their errors. The thread of the hooks is piped into them, and a
 * pipe throws what a stream whose reader has gone reports; `console` ignores that where nobody listens.
 */
function withoutListeners(names: readonly ('stdout' | 'stderr')[], action: () => void): void {
  const before = names.map((name) => new Set(process[name].listeners('error')))
  action()
  for (const [at, name] of names.entries())
    for (const listener of process[name].listeners('error'))
      if (!before[at]?.has(listener)) process[name].off('error', listener as () => void)
}
