import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFromNpm } from './from-npm.ts'

export interface Program {
  readonly name: string
  /** The module that is instrumented. */
  readonly file: string
  /** Runs it once. What comes back must be the same however it was instrumented. */
  // biome-ignore lint/suspicious/noExplicitAny: each row takes the exports of its own module
  readonly run: (module: any, quick: boolean) => string | number
}

let three: string | undefined

export const programs: readonly Program[] = [
  {
    name: 'acorn parses three',
    file: fileURLToPath(import.meta.resolve('acorn')),
    run: ({ parse }, quick) => {
      const file = quick ? 'build/three.module.js' : 'build/three.core.js'
      three ??= readFileSync(join(packageFromNpm('three'), file), 'utf8')
      return parse(three, { ecmaVersion: 'latest', sourceType: 'module' }).body.length
    },
  },
  {
    name: 'fib(35)',
    file: fileURLToPath(import.meta.resolve('./programs/fib.js')),
    run: ({ fib }, quick) => fib(quick ? 30 : 35),
  },
  {
    name: 'classes',
    file: fileURLToPath(import.meta.resolve('./programs/shapes.js')),
    run: ({ simulate }, quick) => simulate(quick ? 100_000 : 1_500_000),
  },
]
