import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { NODES_BY_HOOKS } from '../cli-command/nodes.ts'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'

const ESBUILD = JSON.stringify(fileURLToPath(import.meta.resolve('esbuild')))

/** Reads what is required itself and hands Node what it has made of that, as `tsx` does. */
const loader = (options: string): string => `const { transformSync } = require(${ESBUILD})
const { readFileSync } = require('node:fs')
const { Module } = require('node:module')
const { '.js': node } = Module._extensions
for (const extension of ['.ts', '.js'])
  Object.defineProperty(Module._extensions, extension, {
    enumerable: true,
    value(module, path) {
      if (!path.startsWith(__dirname)) return node(module, path)
      const options = { sourcefile: path, format: 'cjs', loader: 'ts', ${options} }
      module._compile(transformSync(readFileSync(path, 'utf8'), options).code, path)
    },
  })
`

const FILES = {
  'loader.cjs': loader("sourcemap: 'inline'"),
  'package.json': '{}',
  'main.cjs': "const { sum } = require('./sum')\nconsole.log(sum(1, 2), sum(3, 4))\n",
  'sum.ts': `export enum Kind {
  A,
}

export const sum = (a: number, b: number): number => {
  if (a > b)
    throw new Error('too much')
  return a + b
}
`,
}

const LISTING = `    1: export enum Kind {
         A,
       }
       
    1: export const sum = (a: number, b: number): number => {
    2:   if (a > b)
>>>>>>     throw new Error('too much')
    2:   return a + b
       }
`

describe.each(NODES_BY_HOOKS)('in Node.js $major', ({ node }) => {
  test('a loader that reads files itself: counted behind it', async () => {
    const folder = folderWith(FILES)
    const env = { NODE_OPTIONS: '--require ./loader.cjs' }
    const { status, stderr, stdout } = await tstrace(folder, ['-cm', '-C', 'out', 'main.cjs'], { node, env })
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: '3 7\n' })
    expect(readFileSync(join(folder, 'out/sum.cover'), 'utf8')).toBe(LISTING)
    const calls = await tstrace(folder, ['-T', 'main.cjs'], { node, env })
    expect(calls.stdout).toContain('    main.<module> -> sum.sum\n')
  })

  test('one that the program itself requires', async () => {
    const folder = folderWith({
      ...FILES,
      'main.cjs': "require('./loader.cjs')\nconsole.log(require('./sum.ts').sum(1, 2), require('./b.js'))\n",
      'b.js': 'module.exports =\n  3\n',
    })
    const { status, stderr, stdout } = await tstrace(folder, ['-cm', '-C', 'out', 'main.cjs'], { node })
    expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: '', stdout: '3 3\n' })
    expect(readFileSync(join(folder, 'out/sum.cover'), 'utf8')).toBe(LISTING.replaceAll('2:', '1:'))
    expect(readFileSync(join(folder, 'out/b.cover'), 'utf8')).toContain('    1: module.exports =\n')
  })

  test('one without a source map: said so', async () => {
    const folder = folderWith({ ...FILES, 'loader.cjs': loader('') })
    const env = { NODE_OPTIONS: '--require ./loader.cjs' }
    const { status, stderr, stdout } = await tstrace(folder, ['-cm', '-C', 'out', 'main.cjs'], { node, env })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '3 7\n' })
    expect(stderr).toContain(
      `tstrace: sum.ts ran untouched and is not counted: its compiler reads the file itself and ignores the text with counters, and gives no source map. `,
    )
  })
})
