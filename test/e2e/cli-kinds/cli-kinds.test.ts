import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SOME_NODES } from '../cli-command/nodes.ts'
import { folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'

const FILES = {
  'package.json': '{}',
  'plain.js': 'console.log(require.main === module, typeof module.parent, __filename)\n',
  'common.cjs': "console.log(require('./plain.js') !== undefined, require.main === module)\n",
  'esm.mjs':
    "import './common.cjs'\nimport { a } from './named.cjs'\nconsole.log(a, import.meta.main, import.meta.url)\n",
  'named.cjs': 'exports.a = 1\n',
  'types.mts': "import { size, type Size } from './sizes.ts'\nconst n: Size = size\nconsole.log(n)\n",
  'sizes.ts': 'export type Size = number\nexport const size: Size = 3\n',
  'common.cts': 'const n: number = 4\nconsole.log(n, require.main === module)\n',
  'compiled.ts':
    'enum Colour {\n  Red = 5,\n}\nnamespace N {\n  export const x = 1\n}\nclass P {\n  constructor(readonly x: number) {}\n}\nconsole.log(Colour.Red, new P(N.x).x)\n',
  'element.tsx':
    '/** @jsx h */\nconst h = (...parts: unknown[]): string => parts.join()\nconsole.log(<a>{2}</a>)\n',
  'element.jsx': '/** @jsx h */\nconst h = (...parts) => parts.join()\nconsole.log(<b>{3}</b>)\n',
  'detected.js':
    'import { size } from "./named.cjs"\nexport {}\nawait console.log("detected", size)\n'.replaceAll(
      'size',
      'a',
    ),
}

/** Warnings begin with the number of the process. */
function withoutNumber(text: string): string {
  return text.replaceAll(/^\(node:\d+\)/gm, '(node)')
}

describe.each(SOME_NODES)('in Node.js $major', ({ node }) => {
  test.each([['plain.js'], ['common.cjs'], ['esm.mjs'], ['detected.js']])(
    '%s runs as without us',
    async (program) => {
      const folder = folderWith(FILES)
      const alone = await run(folder, [program], { node })
      const ended = await tstrace(folder, ['-c', '-C', 'out', program], { node })
      expect({ ...ended, stderr: withoutNumber(ended.stderr) }).toEqual({
        ...alone,
        stderr: withoutNumber(alone.stderr),
      })
      expect(ended.status).toBe(0)
      expect(readFileSync(join(folder, `out/${program.replace(/\.\w+$/, '.cover')}`), 'utf8')).toMatch(
        /^ {4}1: /m,
      )
    },
  )

  test.each([
    [
      'types.mts',
      '3\n',
      'sizes.cover',
      '       export type Size = number\n    1: export const size: Size = 3\n',
    ],
    ['common.cts', '4 true\n', 'common.cts.cover', undefined],
    ['compiled.ts', '5 1\n', 'compiled.cover', undefined],
    ['element.tsx', 'a,,2\n', 'element.cover', undefined],
    ['element.jsx', 'b,,3\n', 'element.cover', undefined],
  ])('%s needs no build', async (program, stdout, file, listing) => {
    const folder = folderWith(FILES)
    const ended = await tstrace(folder, ['-c', '-C', 'out', program], { node })
    expect({ ...ended, stderr: ended.stderr.replace(/\(node:.*created\)\n/s, '') }).toEqual({
      status: 0,
      signal: null,
      stdout,
      stderr: '',
    })
    const text = readFileSync(join(folder, 'out', file.replace('.cts.cover', '.cover')), 'utf8')
    if (listing === undefined) expect(text).toMatch(/^ {4}1: /m)
    else expect(text).toBe(listing)
  })

  test('lines and columns of errors are those of the source', async () => {
    const folder = folderWith({
      'a.ts':
        "function fail(): void {\n  let a: number = 1; throw new Error('x' + a)\n}\nenum E { A }\nfail()\n",
    })
    const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', 'a.ts'], { node })
    expect(status).toBe(1)
    expect(stderr).toContain('    at fail (<folder>/a.ts:2:28)\n')
    expect(stderr).toContain('<folder>/a.ts:5:1)\n')
    expect(stderr).toContain("  let a: number = 1; throw new Error('x' + a)\n")
  })

  test.each(['a.cjs', 'a.mjs'])(
    'what %s loads and cannot be parsed runs untouched, and the report says so',
    async (program) => {
      const folder = folderWith({
        'a.cjs': "try {\n  require('./broken.cjs')\n} catch (error) {\n  console.log(error.name)\n}\n",
        'a.mjs': "await import('./broken.mjs').catch((error) => console.log(error.name))\n",
        'broken.cjs': 'let = = 1\n',
        'broken.mjs': 'let = = 1\n',
      })
      const { status, stderr, stdout } = await tstrace(folder, ['-c', '-C', 'out', program], { node })
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'SyntaxError\n' })
      expect(stderr).toMatch(
        /^tstrace: broken\.[cm]js is not counted: Cannot parse broken\.[cm]js:1:7: .* If it runs all the same, leave it out with .*\n$/,
      )
    },
  )
})
