import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, tstrace } from './tstrace-command.ts'

const EXAMPLE = {
  'src/main.ts': `import { recurse } from './recurse.ts'

console.log('This is the main program.')
recurse(2)
`,
  'src/recurse.ts': `export function recurse(level: number): void {
  console.log(\`recurse(\${level})\`)
  if (level) recurse(level - 1)
}

export function notCalled(): void {
  console.log('This function is never called.')
}
`,
}

const OUTPUT = 'This is the main program.\nrecurse(2)\nrecurse(1)\nrecurse(0)\n'
const SUMMARY = `lines   cov%   module   (path)
    3   100%   src.main   (src/main.ts)
    5    80%   src.recurse   (src/recurse.ts)
`
const LISTING = `    1: export function recurse(level: number): void {
    3:   console.log(\`recurse(\${level})\`)
    3:   if (level) recurse(level - 1)
       }
       
    1: export function notCalled(): void {
>>>>>>   console.log('This function is never called.')
       }
`

test('listings mirror the sources in the folder of --coverdir', async () => {
  const folder = folderWith(EXAMPLE)
  expect(await tstrace(folder, ['--count', '--missing', '--summary', '-C', 'out', 'src/main.ts'])).toEqual({
    status: 0,
    signal: null,
    stdout: OUTPUT + SUMMARY,
    stderr: '',
  })
  expect(readFileSync(join(folder, 'out/src/recurse.cover'), 'utf8')).toBe(LISTING)
  expect(existsSync(join(folder, 'src/recurse.cover'))).toBe(false)
  const { sources } = JSON.parse(readFileSync(join(folder, 'out/results.json'), 'utf8'))
  expect(sources).toMatchObject([
    { path: 'src/main.ts' },
    { path: 'src/recurse.ts', lines: { 1: 1, 2: 3, 3: 3, 6: 1, 7: 0 } },
  ])
})

test('without it they stand beside the sources', async () => {
  const folder = folderWith(EXAMPLE)
  expect(await tstrace(folder, ['-c', 'src/main.ts'])).toMatchObject({
    status: 0,
    stdout: OUTPUT,
    stderr:
      'tstrace: 2 listings stand beside their sources, as with Python; -C FOLDER puts them elsewhere.\n',
  })
  expect(readFileSync(join(folder, 'src/recurse.cover'), 'utf8')).toBe(LISTING.replace('>>>>>>', '      '))
  expect(readFileSync(join(folder, 'src/main.cover'), 'utf8')).toContain('    1: recurse(2)\n')
  expect(readdirSync(folder, { recursive: true }).filter((path) => `${path}`.endsWith('.json'))).toEqual([])
})

test('the results file is in the folder of --coverdir whatever is reported, but not without a report', async () => {
  const folder = folderWith(EXAMPLE)
  const resultsIn = (out: string): string => readFileSync(join(folder, out, 'results.json'), 'utf8')
  for (const [out, asked] of [
    ['counted', '-c'],
    ['called', '-lT'],
    ['shown', '-t'],
  ] as const) {
    expect(await tstrace(folder, [asked, '-C', out, 'src/main.ts'])).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(resultsIn(out)).sources).toEqual(JSON.parse(resultsIn('counted')).sources)
  }
  expect(JSON.parse(resultsIn('called')).edges).toContainEqual({
    caller: { path: 'src/recurse.ts', name: 'recurse' },
    callee: { path: 'src/recurse.ts', name: 'recurse' },
    calls: 2,
    resumptions: 0,
  })
  expect(readdirSync(join(folder, 'called'))).toEqual([
    '.tstrace-written',
    'calls.txt',
    'functions.txt',
    'recording.counts',
    'results.json',
  ])

  await tstrace(folder, ['-cR', '-f', 'counts', '-C', 'none', 'src/main.ts'])
  expect(existsSync(join(folder, 'none'))).toBe(false)
  await tstrace(folder, ['-r', '-f', 'counts', '-C', 'reported'])
  expect(resultsIn('reported')).toBe(resultsIn('counted'))
})

test('a report that could not be written makes the status 1, unless the program had another', async () => {
  const folder = folderWith({ ...EXAMPLE, taken: '', 'three.js': 'process.exitCode = 3\n' })
  const cannot = { stderr: expect.stringMatching(/^(tstrace: Cannot write .*\n){1,2}$/) }
  expect(await tstrace(folder, ['-c', '-C', 'taken', 'src/main.ts'])).toMatchObject({ status: 1, ...cannot })
  expect(await tstrace(folder, ['-c', '-C', 'taken', 'three.js'])).toMatchObject({ status: 3, ...cannot })
  await tstrace(folder, ['-cR', '-f', 'counts', 'src/main.ts'])
  expect(await tstrace(folder, ['-r', '-f', 'counts', '-C', 'taken'])).toMatchObject({ status: 1, ...cannot })
})

test('a folder has the listings of the last run, and keeps what is not ours', async () => {
  const folder = folderWith({ 'a.js': '1\n', 'b.js': '2\n', 'out/own.cover': '' })
  await tstrace(folder, ['-c', '-C', 'out', 'a.js'])
  await tstrace(folder, ['-c', '-C', 'out', 'b.js'])
  expect(readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.cover'))).toEqual([
    'b.cover',
    'own.cover',
  ])
})

test('long lists are printed whole', async () => {
  const names = Array.from({ length: 80 }, (_, i) => `f${i}`)
  const text = names.map((name) => `function ${name}() {}\n${name}()\n`).join('')
  const { stdout } = await tstrace(folderWith({ 'a.js': text }), ['-l', 'a.js'])
  expect(stdout.split('\n').filter((line) => line.startsWith('filename: '))).toHaveLength(81)
})

test('a program outside the folder it is started from is traced too, and listed beside its sources', async () => {
  const folder = folderWith({
    'here/keep': '',
    'there/package.json': '{}',
    'there/a.js': "require('./b.js')\n",
    'there/b.js': 'void 0\n',
  })
  const { stdout } = await tstrace(join(folder, 'here'), ['-cs', '../there/a.js'])
  expect(stdout).toBe(
    'lines   cov%   module   (path)\n    1   100%   there.a   (../there/a.js)\n    1   100%   there.b   (../there/b.js)\n',
  )
  expect(readFileSync(join(folder, 'there/b.cover'), 'utf8')).toBe('    1: void 0\n')
})

test('functions and calls are listed', async () => {
  const folder = folderWith(EXAMPLE)
  expect((await tstrace(folder, ['-lT', 'src/main.ts'])).stdout).toBe(`${OUTPUT}
functions called:
filename: src/main.ts, modulename: src.main, funcname: <module>
filename: src/recurse.ts, modulename: src.recurse, funcname: <module>
filename: src/recurse.ts, modulename: src.recurse, funcname: recurse

calling relationships:

*** <event loop> ***
  --> src/main.ts
    <event loop> -> src.main.<module>
  --> src/recurse.ts
    <event loop> -> src.recurse.<module>

*** src/main.ts ***
  --> src/recurse.ts
    src.main.<module> -> src.recurse.recurse

*** src/recurse.ts ***
    src.recurse.recurse -> src.recurse.recurse
`)
})

test('counts add up in a file, also without a report, and are reported from it', async () => {
  const folder = folderWith(EXAMPLE)
  for (let run = 0; run < 3; run++) {
    const { stdout, stderr } = await tstrace(folder, ['-cR', '-f', 'counts', 'src/main.ts'])
    expect({ stdout, stderr }).toEqual({ stdout: OUTPUT, stderr: '' })
  }
  expect(existsSync(join(folder, 'src/main.cover'))).toBe(false)
  expect(await tstrace(folder, ['-rsm', '-f', 'counts', '-C', 'out'])).toEqual({
    status: 0,
    signal: null,
    stdout: SUMMARY,
    stderr: '',
  })
  expect(readFileSync(join(folder, 'out/src/recurse.cover'), 'utf8')).toContain('    9:   console.log')
})

test('a counts file that is not there or is damaged is named', async () => {
  const folder = folderWith({ ...EXAMPLE, 'damaged.json': '{' })
  expect(await tstrace(folder, ['-r', '-f', 'none.json'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('Cannot read the counts file none.json'),
  })
  const ran = await tstrace(folder, ['-c', '-C', 'out', '-f', 'damaged.json', 'src/main.ts'])
  expect(ran).toMatchObject({ status: 1, stdout: OUTPUT, stderr: expect.stringContaining('damaged.json') })
  expect(readFileSync(join(folder, 'damaged.json'), 'utf8')).toBe('{')
})

describe('filters', () => {
  const files = {
    'main.mjs': "import './lib/a.mjs'\nimport './lib/deep/b.mjs'\nimport './other/c.mjs'\nimport 'dep'\n",
    'lib/a.mjs': 'void 0\n',
    'lib/deep/b.mjs': 'void 0\n',
    'other/c.mjs': 'void 0\n',
    'node_modules/dep/package.json': '{"type":"module","exports":"./d.js","bin":"./bin"}',
    'node_modules/dep/d.js': 'void 0\n',
    'node_modules/dep/bin': "#!/usr/bin/env node\nimport './d.js'\nimport 'more'\n",
    'node_modules/more/package.json': '{"exports":"./m.js"}',
    'node_modules/more/m.js': 'void 0\n',
  }

  test.each([
    [[], ['lib/a.mjs', 'lib/deep/b.mjs', 'main.mjs', 'other/c.mjs']],
    [
      ['--ignore-module', 'lib.deep, other'],
      ['lib/a.mjs', 'main.mjs'],
    ],
    [['--ignore-module=lib', '--ignore-module=other.c'], ['main.mjs']],
    [['--ignore-dir=lib/deep:other'], ['lib/a.mjs', 'main.mjs']],
    [
      ['--ignore-dir', '$WHERE/lib'],
      ['main.mjs', 'other/c.mjs'],
    ],
    [['--ignore-dir=~/lib:$prefix:$NONE/other'], ['main.mjs', 'other/c.mjs']],
    [
      ['--include', 'lib/**'],
      ['lib/a.mjs', 'lib/deep/b.mjs'],
    ],
    [
      ['--include=lib/*', '--include=./main.mjs'],
      ['lib/a.mjs', 'main.mjs'],
    ],
    [
      ['--exclude=**/deep/**', '--exclude=other/*'],
      ['lib/a.mjs', 'main.mjs'],
    ],
    [['--include=**/[ab].mjs', '--exclude=lib/a.mjs'], ['lib/deep/b.mjs']],
    [['--include=**/*.mjs', '--ignore-dir=lib', '--ignore-module=other'], ['main.mjs']],
    [['--include=node_modules/dep/**'], ['node_modules/dep/d.js']],
  ])('%j', async (options, traced) => {
    const folder = folderWith(files)
    const { stdout } = await tstrace(folder, ['-cs', '-C', 'out', ...options, 'main.mjs'], {
      env: { WHERE: folder, HOME: folder },
    })
    expect([...stdout.matchAll(/\((.*)\)$/gm)].slice(1).map(([, path]) => path)).toEqual(traced)
  })

  test('--module runs an installed package, and traces it without what it depends on', async () => {
    const folder = folderWith(files)
    const { stdout, status } = await tstrace(folder, ['-cs', '-C', 'out', '--module', 'dep'])
    expect(status).toBe(0)
    expect([...stdout.matchAll(/\((.*)\)$/gm)].slice(1).map(([, path]) => path)).toEqual([
      'node_modules/dep/bin',
      'node_modules/dep/d.js',
    ])
  })

  test.each([
    [['--include=node_modules/dep/bin'], ['node_modules/dep/bin']],
    [
      ['--include=node_modules/{dep,more}/*', '--exclude=**/bin'],
      ['node_modules/dep/d.js', 'node_modules/more/m.js'],
    ],
    [['--exclude=**/d.js'], ['node_modules/dep/bin']],
  ])('--module with %j', async (options, traced) => {
    const folder = folderWith(files)
    const { stdout } = await tstrace(folder, ['-cs', '-C', 'out', ...options, '--module', 'dep'])
    expect([...stdout.matchAll(/\((.*)\)$/gm)].slice(1).map(([, path]) => path)).toEqual(traced)
  })

  test('a package with manifests in its folders is one package', async () => {
    const folder = folderWith({
      'node_modules/dep/package.json': '{"type":"module","main":"d.js"}',
      'node_modules/dep/bin/package.json': '{"name":"bin","type":"commonjs"}',
      'node_modules/dep/bin/run.js': "require('../dist/d.cjs')\n",
      'node_modules/dep/dist/d.cjs': 'void 0\n',
    })
    const { stdout } = await tstrace(folder, ['-cs', '-C', 'out', 'node_modules/dep/bin/run.js'])
    expect([...stdout.matchAll(/\((.*)\)$/gm)].slice(1).map(([, path]) => path)).toEqual([
      'node_modules/dep/bin/run.js',
      'node_modules/dep/dist/d.cjs',
    ])
  })

  test('a package that is not there is named', async () => {
    expect(await tstrace(folderWith(files), ['-c', '--module', 'none'])).toMatchObject({
      status: 1,
      stderr: "tstrace: No module named 'none'\n",
    })
  })
})
