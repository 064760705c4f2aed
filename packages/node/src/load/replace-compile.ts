import { Module } from 'node:module'
import type { TracedModule } from './traced-module.ts'
import { withOwnBuiltins } from './with-own-builtins.ts'

/** Taken before the program can replace it. */
const { apply } = Reflect

interface CompilingModule {
  _compile(code: string, path: string, ...rest: unknown[]): unknown
}

/**
 * Has a say in what is compiled as a CommonJS module, whoever has read it.
 *
 * @param traced gives what is compiled instead, or undefined. Node itself says at the end which format a text has, from 22 on.
 */
export function replaceCompile(
  traced: (path: string, code: string, format: unknown) => TracedModule | undefined,
): void {
  const prototype = Module.prototype as unknown as CompilingModule
  const { _compile: compile } = prototype
  prototype._compile = function compileTraced(code, path, ...rest) {
    const made = traced(path, code, rest[0])
    return apply(
      compile,
      this,
      withOwnBuiltins(() => [made?.code ?? code, path, ...rest]),
    )
  }
}
