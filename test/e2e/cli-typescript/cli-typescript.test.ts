import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { NODES_BY_HOOKS, SOME_NODES } from '../cli-command/nodes.ts'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { inTurn } from '../matrix.ts'

const ESBUILD = dirname(fileURLToPath(import.meta.resolve('esbuild/package.json')))

const LEGACY = {
  'tsconfig.json': '{ "extends": "./base.json" }',
  'base.json': `{ "compilerOptions": { // with comments
    "experimentalDecorators": true, "baseUrl": ".", "paths": { "@lib/*": ["./lib/*"] } } }`,
  'main.ts': `import { twice } from '@lib/math'
import { half } from './lib/half.js'
import { third } from './lib'
function log(_: object, key: string, d: PropertyDescriptor): PropertyDescriptor {
  const fn = d.value
  return {
    ...d,
    value(...args: unknown[]) {
      console.log('call', key)
      return fn.apply(this, args)
    },
  }
}
const sealed = (c: unknown): void => console.log(typeof c)
const par = (_: object, key: string, at: number): void => console.log(key, at)
@sealed
class A {
  constructor(private n: number) {}
  @log
  m(@par x: number): number {
    return x + this.n
  }
}
console.log(new A(1).m(twice(2)), half(4), third(9))
`,
  'lib/math.ts': 'export const twice = (n: number): number => n * 2\n',
  'lib/half.ts': 'export const half = (n: number): number => n / 2\n',
  'lib/index.ts': 'export const third = (n: number): number => n / 3\n',
}

describe.each(SOME_NODES)('in Node.js $major', (one) => {
  const { node } = one
  const test = inTurn(SOME_NODES, one)
  test.each([
    ['module', 'ES modules'],
    ['commonjs', 'CommonJS'],
  ])('type %s: decorators of TypeScript, paths, and extensions as TypeScript has them', async (type) => {
    const main =
      type === 'module'
        ? LEGACY['main.ts']
        : LEGACY['main.ts'].replaceAll(/^import (.*) from (.*)$/gm, 'const $1 = require($2)')
    const folder = folderWith({
      ...LEGACY,
      'main.ts': main,
      'package.json': JSON.stringify({ type }),
      ...(type === 'commonjs' && {
        'lib/math.ts': 'exports.twice = (n: number): number => n * 2\n',
        'lib/half.ts': 'exports.half = (n: number): number => n / 2\n',
        'lib/index.ts': 'exports.third = (n: number): number => n / 3\n',
      }),
    })
    const { status, stderr, stdout } = await tstrace(folder, ['-cms', '-C', 'out', 'main.ts'], { node })
    expect(stderr).toBe('')
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `m 0
function
call m
5 2 3
lines   cov%   module   (path)
    1   100%   lib.half   (lib/half.ts)
    1   100%   lib.index   (lib/index.ts)
    1   100%   lib.math   (lib/math.ts)
   18   100%   main   (main.ts)
`,
    })
    expect(readFileSync(join(folder, 'out/main.cover'), 'utf8')).toContain(
      '    1: @sealed\n    1: class A {\n    1:   constructor(private n: number) {}\n    1:   @log\n    1:   m(@par x: number): number {\n    1:     return x + this.n\n',
    )
  })
})

const STANDARD = `function log(fn: Function, { name }: ClassMethodDecoratorContext): unknown {
  return function (this: unknown, ...args: unknown[]) {
    console.log('call', name)
    return fn.apply(this, args)
  }
}
class A {
  @log
  m(x: number): number {
    if (x < 0) throw new RangeError('below')
    return x
  }
}
console.log(new A().m(2))
new A().m(-1)
`

test.each(NODES_BY_HOOKS)(
  'decorators of the standard are compiled by the esbuild of the project, in Node.js $major',
  async ({ node }) => {
    const folder = folderWith({ 'a.mts': STANDARD })
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(ESBUILD, join(folder, 'node_modules/esbuild'))
    const { status, stderr, stdout } = await tstrace(folder, ['-cm', '-C', 'out', 'a.mts'], { node })
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'call m\n2\ncall m\n' })
    expect(stderr).toContain("    if (x < 0) throw new RangeError('below')\n")
    expect(stderr).toContain('<folder>/a.mts:10:22)\n')
    expect(stderr).not.toContain('tstrace:')
    expect(readFileSync(join(folder, 'out/a.cover'), 'utf8')).toContain(
      "    1:   @log\n    1:   m(x: number): number {\n    2:     if (x < 0) throw new RangeError('below')\n    1:     return x\n",
    )
  },
)

test.each(NODES_BY_HOOKS)(
  'without one the error says what is missing, in Node.js $major',
  async ({ node }) => {
    const folder = folderWith({ 'a.mts': STANDARD })
    const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', 'a.mts'], { node })
    expect(status).toBe(1)
    // Older versions name what comes from the thread of the hooks in their own way.
    expect(stderr.replace(' [Error]', '')).toContain(
      'SyntaxError: <folder>/a.mts has decorators, which Node.js does not run. Install esbuild beside the program,',
    )
    expect(stderr).not.toMatch(/^ {4}at /m)
  },
)

test('import in what is CommonJS is an error that says what to do, not one about cycles', async () => {
  const folder = folderWith({
    'package.json': '{ "type": "commonjs" }',
    'a.ts': "import { b } from './b.ts'\nconsole.log(b)\n",
    'types.ts': "import type { B } from './b.ts'\nconst b: B = 1\nconsole.log(b)\n",
    'b.ts': 'exports.b = 1\nexport type B = number\n',
  })
  for (const { major, node } of NODES_BY_HOOKS) {
    const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', 'a.ts'], { node })
    expect(status, major).toBe(1)
    expect(stderr, major).toContain(
      major === '20'
        ? '<folder>/a.ts has import or export, and is CommonJS by its extension or the "type" in package.json. Make it'
        : 'SyntaxError: Cannot use import statement outside a module',
    )
    expect(await tstrace(folder, ['-c', '-C', 'out', 'types.ts'], { node }), major).toMatchObject({
      stdout: '1\n',
    })
  }
})

test('decorators in JavaScript, and what only looks like one', async () => {
  const folder = folderWith({
    'a.mjs': `import './plain.mjs'
const field = (_, { name }) => console.log(name)
class A {
  @field a = 1
}
new A()
`,
    'plain.mjs': '/*\n@field */\nconsole.log(`\n  @field`)\n',
  })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ESBUILD, join(folder, 'node_modules/esbuild'))
  const { stderr, stdout } = await tstrace(folder, ['-c', '-C', 'out', 'a.mjs'])
  expect({ stderr, stdout }).toEqual({ stderr: '', stdout: '\n  @field\na\n' })
  expect(readFileSync(join(folder, 'out/a.cover'), 'utf8')).toContain('    1:   @field a = 1\n')
})

test('fields and JSX are compiled as tsconfig.json says', async () => {
  const folder = folderWith({
    'tsconfig.json':
      '{ "compilerOptions": { "useDefineForClassFields": false, "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "f" } }',
    'a.tsx': `const f = 'fragment'
const h = (...parts: unknown[]): string => parts.join()
class Base {
  constructor() {
    this.set()
  }
  set(): void {}
}
class A extends Base {
  declare a: number
  b?: number
  constructor(readonly c: number) {
    super()
  }
  set(): void {
    this.b = 2
  }
}
console.log(JSON.stringify(new A(1)), <><b>{1}</b></>)
`,
  })
  const { stderr, stdout } = await tstrace(folder, ['-c', '-C', 'out', 'a.tsx'])
  expect({ stderr, stdout }).toEqual({ stderr: '', stdout: '{"b":2,"c":1} fragment,,b,,1\n' })
})

test('what Node cannot find is still not there', async () => {
  const folder = folderWith({
    'a.mts':
      "await import('./none.js').catch(({ code }) => console.log(code))\nawait import('none').catch(({ code }) => console.log(code))\n",
  })
  expect(await tstrace(folder, ['-c', '-C', 'out', 'a.mts'])).toMatchObject({
    status: 0,
    stdout: 'ERR_MODULE_NOT_FOUND\nERR_MODULE_NOT_FOUND\n',
    stderr: '',
  })
})

test('a module that says so only by its package imports what its decorators need', async () => {
  const folder = folderWith({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
    'a.ts': 'const named = (c: { name: string }): void => console.log(c.name)\n@named\nclass A {}\n',
  })
  expect(await tstrace(folder, ['-c', '-C', 'out', 'a.ts'])).toMatchObject({
    status: 0,
    stdout: 'A\n',
    stderr: '',
  })
})

test('a tsconfig.json that cannot be read is named, and is as none', async () => {
  const folder = folderWith({
    'tsconfig.json': '{ "extends": "./none.json" }',
    'a.ts': 'enum E {\n  A = 7,\n}\nconsole.log(E.A)\n',
  })
  const { status, stderr, stdout } = await tstrace(folder, ['-c', '-C', 'out', 'a.ts'])
  expect({ status, stdout }).toEqual({ status: 0, stdout: '7\n' })
  expect(stderr).toContain(
    "TstraceWarning: <folder>/a.ts is compiled as if it had no tsconfig.json, because that cannot be read: File './none.json' not found.",
  )
})
