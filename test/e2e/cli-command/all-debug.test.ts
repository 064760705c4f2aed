import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SOME_NODES } from './nodes.ts'
import { folderWith, tstrace } from './tstrace-command.ts'

const FILES = {
  'main.cjs': "require('./lib/a.cjs')\nconsole.log('out')\nconsole.error('err')\n",
  'lib/a.cjs': 'void 0\n',
  'lib/b.ts': 'export interface B {\n  b: number\n}\nexport const b = (): number => 1\n',
  'lib/types.ts': 'export interface Only {}\n',
  'lib/broken.ts': 'let = = 1\n',
  'lib/old/c.cjs': 'void 0\n',
  'lib/data.json': '{}',
}

describe('--all', () => {
  test('lists the sources that --include names and nobody loaded', async () => {
    const folder = folderWith(FILES)
    const words = ['-cms', '-C', 'out', '--all', '--include=lib/**', '--exclude=lib/old/**', 'main.cjs']
    expect(await tstrace(folder, words)).toEqual({
      status: 0,
      signal: null,
      stdout: `out
lines   cov%   module   (path)
    1   100%   lib.a   (lib/a.cjs)
    1     0%   lib.b   (lib/b.ts)
`,
      stderr: expect.stringMatching(/^err\ntstrace: lib\/broken\.ts is not counted: .*\n$/),
    })
    expect(readFileSync(join(folder, 'out/lib/b.cover'), 'utf8').split('\n')[3]).toBe(
      '>>>>>> export const b = (): number => 1',
    )
    expect(existsSync(join(folder, 'out/lib/old'))).toBe(false)
  })

  test('adds them to the counts file, where a run that loads them can add to them', async () => {
    const folder = folderWith({ ...FILES, 'lib/broken.ts': '', 'other.cjs': "require('./lib/old/c.cjs')\n" })
    const words = ['-cR', '-f', 'counts', '--include=**/*.cjs']
    await tstrace(folder, [...words, '--all', 'main.cjs'])
    const report = ['-rs', '-f', 'counts', '-C', 'out']
    expect((await tstrace(folder, report)).stdout).toContain('    1     0%   lib.old.c   (lib/old/c.cjs)\n')
    await tstrace(folder, [...words, 'other.cjs'])
    expect((await tstrace(folder, report)).stdout).toContain('    1   100%   lib.old.c   (lib/old/c.cjs)\n')
  })
})

describe('--debug', () => {
  test('says of each file why, behind all that the program has printed', async () => {
    const folder = folderWith({
      ...FILES,
      'main.cjs': `${FILES['main.cjs']}require('dep')\n`,
      'node_modules/dep/index.js': 'void 0\n',
    })
    const plain = await tstrace(folder, ['-cs', '-C', 'out', 'main.cjs'])
    const words = ['-cs', '-C', 'out', '--debug', '--ignore-dir=lib', 'main.cjs']
    expect(await tstrace(folder, words)).toEqual({
      ...plain,
      stdout: plain.stdout.replace(/^.*lib\.a.*\n/m, ''),
      stderr: `err
tstrace: ignored lib/a.cjs: is in ignoreDir lib
tstrace: traced  main.cjs: no filter holds
tstrace: ignored node_modules/dep/index.js: is in node_modules
`,
    })
  })

  test('of what a package brings says that it is of the package', async () => {
    const folder = folderWith({
      'here/keep': '',
      'there/package.json': '{}',
      'there/a.js': "require('./node_modules/b/b.js')\n",
      'there/node_modules/b/b.js': 'void 0\n',
    })
    const { stderr } = await tstrace(join(folder, 'here'), ['-cR', '--debug', '../there/a.js'])
    expect(stderr).toBe(`tstrace: traced  ../there/a.js: belongs to the package of the program
tstrace: ignored ../there/node_modules/b/b.js: is in node_modules
`)
  })

  test('with --all also of what nobody loaded', async () => {
    const folder = folderWith({ ...FILES, 'lib/broken.ts': '' })
    const words = ['-cR', '--debug', '--all', '--include=lib/**', '--exclude=lib/old/*', 'main.cjs']
    expect((await tstrace(folder, words)).stderr).toBe(`err
tstrace: traced  lib/a.cjs: matches include
tstrace: traced  lib/b.ts: matches include
tstrace: traced  lib/broken.ts: matches include
tstrace: ignored lib/data.json: lib/data.json does not have the extension of a source file
tstrace: ignored lib/old/c.cjs: matches exclude lib/old/*
tstrace: traced  lib/types.ts: matches include
tstrace: ignored main.cjs: matches no include
`)
  })

  test.each(SOME_NODES)(
    'in processes and threads of Node.js $major, required and imported',
    async ({ node }) => {
      const folder = folderWith({
        'main.mjs': `import { fork } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import './imported.mjs'
fork('child.cjs')
new Worker('./thread.cjs')
`,
        'imported.mjs': "import './required.cjs'\n",
        'required.cjs': 'void 0\n',
        'child.cjs': "process.kill(process.pid, 'SIGKILL')\n",
        'thread.cjs': 'void 0\n',
      })
      const { status, stderr } = await tstrace(
        folder,
        ['-cR', '--debug', '--exclude=child.cjs', 'main.mjs'],
        {
          node,
        },
      )
      expect({
        status,
        lines: stderr.split('\n').filter((line) => /: (traced|ignored) /.test(line)),
      }).toEqual({
        status: 0,
        lines: [
          'tstrace: ignored child.cjs: matches exclude child.cjs',
          'tstrace: traced  imported.mjs: no filter holds',
          'tstrace: traced  main.mjs: no filter holds',
          'tstrace: traced  required.cjs: no filter holds',
          'tstrace: traced  thread.cjs: no filter holds',
        ],
      })
    },
  )
})
