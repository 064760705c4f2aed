import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'

const PROGRAM = `for (let i = 0; i < 2; i++) {
  console.log('out', i)
}
`

test('lines stand in front of what they print, also in a pipe', async () => {
  const folder = folderWith({ 'a.mjs': PROGRAM })
  expect(await tstrace(folder, ['--trace', 'a.mjs'])).toEqual({
    status: 0,
    signal: null,
    stdout: ` --- modulename: a, funcname: <module>
a.mjs(1): for (let i = 0; i < 2; i++) {
a.mjs(2):   console.log('out', i)
out 0
a.mjs(1): for (let i = 0; i < 2; i++) {
a.mjs(2):   console.log('out', i)
out 1
a.mjs(1): for (let i = 0; i < 2; i++) {
`,
    stderr: '',
  })
  expect(existsSync(join(folder, 'a.cover'))).toBe(false)
})

test('with seconds in front, and counts beside', async () => {
  const folder = folderWith({ 'src/a.cts': 'const a: number = 1\nvoid a\n' })
  const { stdout } = await tstrace(folder, ['-tcgs', '-C', 'out', 'src/a.cts'])
  expect(stdout).toMatch(
    /^ --- modulename: src\.a, funcname: <module>\n\d\.\d\d a\.cts\(1\): const a: number = 1\n\d\.\d\d a\.cts\(2\): void a\nlines/,
  )
  expect(readFileSync(join(folder, 'out/src/a.cover'), 'utf8')).toBe(
    '    1: const a: number = 1\n    1: void a\n',
  )
})

test('what is ignored is not shown, and what it calls is', async () => {
  const folder = folderWith({
    'a.cjs': "require('./lib/call.cjs')(() => {\n  void 0\n})\n",
    'lib/call.cjs': 'module.exports = (f) => {\n  f()\n}\n',
  })
  const { stdout } = await tstrace(folder, ['-t', '--ignore-module=lib', 'a.cjs'])
  expect(stdout).toBe(` --- modulename: a, funcname: <module>
a.cjs(1): require('./lib/call.cjs')(() => {
 --- modulename: a, funcname: <anonymous:1>
a.cjs(2):   void 0
`)
})

test('no line is lost and none out of order in a long run', async () => {
  const rounds = 20_000
  const folder = folderWith({
    'a.cjs': `for (let i = 0; i < ${rounds}; i++)\n  process.stdout.write(i + '\\n')\n`,
  })
  const { stdout } = await tstrace(folder, ['-t', 'a.cjs'])
  const head = `a.cjs(1): for (let i = 0; i < ${rounds}; i++)\n`
  let expected = ` --- modulename: a, funcname: <module>\n${head}`
  for (let i = 0; i < rounds; i++) expected += `a.cjs(2):   process.stdout.write(i + '\\n')\n${i}\n${head}`
  expect(stdout === expected).toBe(true)
})

test('a reader that goes away does not end the program', async () => {
  const folder = folderWith({
    'a.cjs':
      "const { writeFileSync } = require('node:fs')\nfor (let i = 0; i < 50000; i++);\nwriteFileSync('done', '')\nprocess.exit(6)\n",
  })
  expect(await tstrace(folder, ['-t', 'a.cjs'], { closeAfter: 50 })).toMatchObject({ status: 6, stderr: '' })
  expect(existsSync(join(folder, 'done'))).toBe(true)
})
