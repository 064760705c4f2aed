import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NODES_BY_HOOKS, SOME_NODES } from '../cli-command/nodes.ts'
import { type Ended, folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'

/**
 * Standard error without columns, and without how frames at the top of an ES module are named: Node names the file by its
 * path where it goes through a source map, and else by its URL.
 */
function plain({ stderr, ...ended }: Ended): Ended {
  // Node 20 leaves an empty line more or less where it shows a source by its map.
  const text = stderr
    .replaceAll('file://', '')
    .replaceAll(/\(node:\d+\)/g, '(node)')
    .replaceAll(/\n\n+/g, '\n')
  return { ...ended, stderr: text.replaceAll(/^( {4}at ).*?(<folder>.*?):\d+\)?$/gm, '$1$2') }
}

// What a program does last, what its listing says of it, and how a plain Node sees its end.
test.each([
  [
    'a status',
    "try {\n  console.log('a')\n} finally {\n  process.exit(3)\n}\n",
    3,
    '    1:   process.exit(3)\n',
  ],
  ['an exit code', 'process.exitCode = 7\n', 7, '    1: process.exitCode = 7\n'],
  ['an uncaught error', 'function f() {\n  null.x\n}\nf()\n', 1, '    1:   null.x\n'],
  [
    'an unhandled rejection',
    "void 0\nPromise.reject(new Error('no'))\n",
    1,
    "    1: Promise.reject(new Error('no'))\n",
  ],
  [
    'code in a listener of its exit',
    "process.on('exit', () => {\n  console.log('bye')\n})\n",
    0,
    "    1:   console.log('bye')\n",
  ],
  [
    'an error in a listener of its exit',
    "process.on('exit', () => {\n  throw 1\n})\n",
    1,
    '    1:   throw 1\n',
  ],
  [
    'a signal to itself',
    "process.kill(process.pid, 'SIGTERM')\nfor (;;);\n",
    null,
    "    1: process.kill(process.pid, 'SIGTERM')\n",
  ],
  [
    'another status in a listener of its exit',
    "process.on('exit', () => {\n  process.exit(9)\n})\n",
    9,
    '    1:   process.exit(9)\n',
  ],
  [
    'a signal to itself that nobody can hear',
    "process.kill(process.pid, 'SIGKILL')\nfor (;;);\n",
    null,
    "    1: process.kill(process.pid, 'SIGKILL')\n",
  ],
  [
    'another program in its place',
    "process.execve(process.execPath, [process.execPath, 'b.mjs'], {})\n",
    6,
    "    1: process.execve(process.execPath, [process.execPath, 'b.mjs'], {})\n",
  ],
  [
    'what another program in its place was not',
    'try {\n  process.execve()\n} catch {\n  process.exitCode = 8\n}\n',
    8,
    '    1:   process.exitCode = 8\n',
  ],
  [
    'a promise that is never kept',
    'await new Promise(() => {})\n',
    13,
    '    1: await new Promise(() => {})\n',
  ],
])('a program that ends with %s', async (_what, program, status, line) => {
  const folder = folderWith({ 'a.mjs': program, 'b.mjs': 'process.exitCode = 6\n' })
  const ended = await tstrace(folder, ['-cm', '-C', 'out', 'a.mjs'])
  const alone = await run(folder, ['--enable-source-maps', 'a.mjs'])
  expect(plain(ended)).toEqual(plain(alone))
  expect(ended.status).toBe(status)
  expect(readFileSync(join(folder, 'out/a.cover'), 'utf8')).toContain(line)
  expect(existsSync(join(folder, 'out/b.cover'))).toBe(status === 6)
})

const WAITING = "console.log('ready')\nsetInterval(() => {}, 1000)\n"

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a waiting program, and the report is there',
  async (signal) => {
    const folder = folderWith({ 'a.cjs': WAITING })
    const options = { interrupt: { signal, after: 'ready' } }
    const ended = await tstrace(folder, ['-cs', '-C', 'out', 'a.cjs'], options)
    expect(ended).toEqual({
      status: null,
      signal,
      stdout: 'ready\nlines   cov%   module   (path)\n    2   100%   a   (a.cjs)\n',
      stderr: '',
    })
    expect(existsSync(join(folder, 'out/a.cover'))).toBe(true)
  },
)

test.each([false, true])(
  'a program that handles a signal goes on, hears it once, and sees no listener but its own (sent to the group: %s)',
  async (group) => {
    const folder = folderWith({
      'a.cjs': `process.on('SIGINT', () => {
  console.log('heard', process.listenerCount('SIGINT'))
  setTimeout(() => process.exit(4), 1500)
})
${WAITING}`,
    })
    const options = { interrupt: { signal: 'SIGINT' as const, after: 'ready', group } }
    const ended = await tstrace(folder, ['-cm', '-C', 'out', 'a.cjs'], options)
    expect(ended).toEqual({ status: 4, signal: null, stdout: 'ready\nheard 1\n', stderr: '' })
    expect(readFileSync(join(folder, 'out/a.cover'), 'utf8')).toContain('    1:   setTimeout(')
  },
)

const BUSY = "let n = 0\nconsole.log('ready')\nfor (;;) {\n  n += 1\n}\n"

test.each(SOME_NODES)(
  'a program that computes and never looks up, in Node.js $major',
  async ({ major, node }) => {
    const folder = folderWith({ 'a.cjs': BUSY })
    const options = { node, interrupt: { signal: 'SIGINT' as const, after: 'ready' } }
    const { stderr, ...ended } = await tstrace(folder, ['-c', '-C', 'out', 'a.cjs'], options)
    expect(ended).toEqual({ status: null, signal: 'SIGINT', stdout: 'ready\n' })
    // The oldest cannot speak to the inspector of a Node that does not listen.
    if (major === '20') {
      expect(stderr).toMatch(
        /^tstrace: Process \d+ was stopped: what it ran last is missing from the counts\.\n$/,
      )
    } else {
      expect(stderr).toBe('Debugger attached.\n')
      expect(readFileSync(join(folder, 'out/a.cover'), 'utf8')).toMatch(/^ *(\d{6,}): {3}n \+= 1$/m)
    }
  },
)

test.each(NODES_BY_HOOKS)(
  'a reader that goes away changes neither status nor listing, in Node.js $major',
  async ({ node }) => {
    const folder = folderWith({
      'a.cjs': "for (let i = 0; i < 20000; i++) console.log('y')\nprocess.exitCode = 5\n",
    })
    const ended = await tstrace(folder, ['-cs', '-C', 'out', 'a.cjs'], { node, closeAfter: 10 })
    expect(ended).toMatchObject({ status: 5, stderr: '' })
    expect(readFileSync(join(folder, 'out/a.cover'), 'utf8')).toContain('20001: for (')
  },
)
