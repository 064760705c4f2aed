import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../e2e/cli-command/tstrace-command.ts'
import { smallCounts } from './small-project.ts'

/*
 * Servers give up their rights when they have what needs them. From then on they cannot open a file in the folder of the run.
 */

const isRoot = process.getuid?.() === 0

/** What a program counts and loses, and what is printed of it. */
async function runOf(lines: readonly string[]): Promise<{ last: number; losses: string; stderr: string }> {
  const folder = folderWith({
    'package.json': '{"name":"demo"}',
    'main.js': [...lines, 'function last() {', '  globalThis.last = 1', '}', ''].join('\n'),
    'later.js': 'globalThis.later = 1\n',
    'thread.js':
      "const { parentPort } = require('worker_threads')\nparentPort.postMessage(1)\nparentPort.on('message', () => {\n  process.exit()\n})\n",
  })
  chmodSync(folder, 0o755)
  const words = ['-c', '-C', join(folder, 'out'), '-f', 'counts', 'main.js']
  const { status, stderr } = await tstrace(folder, words)
  expect(status, stderr).toBe(0)
  const { counts, losses } = smallCounts(folder)
  if (counts.has('thread.js')) expect(counts.get('thread.js')).not.toContain(0)
  return { last: counts.get('main.js')?.at(-1) ?? 0, losses: [...losses.values()].join('\n'), stderr }
}

const KEPT: Readonly<Record<string, readonly string[]>> = {
  'for good': ['process.setuid(65534)', 'last()'],
  'for good, and ends by itself': [
    'process.setgid(65534)',
    'process.setuid(65534)',
    'last()',
    'process.exit()',
  ],
  'before anything is written, and takes its time': ['process.setuid(65534)', 'setTimeout(last, 400)'],
  'for a while': ['process.seteuid(65534)', 'globalThis.x = 1', 'process.seteuid(0)', 'last()'],
  'for a while, twice': ['process.seteuid(65534)', 'process.seteuid(0)', 'process.seteuid(65534)', 'last()'],
  'while a thread counts': [
    "const thread = new (require('worker_threads').Worker)('./thread.js')",
    "thread.on('message', () => { process.setuid(65534); thread.postMessage(1) }); last()",
  ],
  'in vain': ["try { process.setuid('nobody-of-this-name') } catch { last() }"],
  'and closes all files': [
    'process.setuid(0)',
    'for (let file = 3; file < 60; file++) try { require("node:fs").fstatSync(file).isFile() && require("node:fs").closeSync(file) } catch {}',
    'last()',
  ],
}

test.skipIf(!isRoot).each(Object.entries(KEPT))(
  'a program that gives up its rights %s is counted',
  async (_, lines) => {
    expect(await runOf(lines)).toEqual({ last: 1, losses: '', stderr: '' })
  },
)

const NO_MORE: Readonly<Record<string, readonly [says: string, lines: readonly string[]]>> = {
  'a child': [
    'run later.js',
    ["process.setuid(65534); require('child_process').spawnSync(process.execPath, ['later.js'])", 'last()'],
  ],
  'a thread': [
    'run ./later.js',
    ["process.setuid(65534); new (require('worker_threads').Worker)('./later.js')", 'last()'],
  ],
  'a thread that counts later than that': [
    'run [worker eval]',
    [
      "const { Worker } = require('worker_threads')",
      'const thread = new Worker(\'const p = require("worker_threads").parentPort; p.on("message", (name) => { require(name); p.postMessage(2); p.close() }); p.postMessage(1)\', { eval: true })',
      "thread.on('message', (n) => { if (n === 2) return last(); process.setuid(65534); thread.postMessage(require('path').resolve('later.js')) })",
    ],
  ],
  'a thread of a thread': [
    'run ./later.js',
    [
      "const { Worker } = require('worker_threads')",
      'const thread = new Worker(\'const { parentPort: p, Worker } = require("worker_threads"); p.on("message", () => { new Worker("./later.js"); p.close() }); p.postMessage(1)\', { eval: true })',
      "thread.on('message', () => { process.setuid(65534); thread.postMessage(1); last() })",
    ],
  ],
  ...('execve' in process && {
    'what takes the place': [
      'run later.js',
      ["last(); process.setuid(65534); process.execve(process.execPath, ['node', 'later.js'])"],
    ] as const,
  }),
}

test.skipIf(!isRoot).each(Object.entries(NO_MORE))(
  'what cannot be kept then is a loss: %s',
  async (_, [says, lines]) => {
    const { last, losses, stderr } = await runOf(lines)
    expect(last).toBe(1)
    expect(losses).toContain(says)
    expect(losses).not.toContain('was stopped:')
    expect(stderr).toContain(`tstrace: ${losses.slice(0, 60)}`)
  },
)

const OTHERS = [
  "const fs = require('node:fs')",
  'process.setuid(65534)',
  'for (let file = 3; file < 60; file++) try { fs.fstatSync(file).isFile() && fs.closeSync(file) } catch {}',
  "const own = fs.openSync('/dev/null', 'r')",
  'last()',
]

test.skipIf(!isRoot)('a file that was closed below us is not written to, and that is said', async () => {
  const { losses } = await runOf(OTHERS)
  expect(losses).toMatch(/^Process \d+ had given up rights, and could not write any more or was stopped: /)
})
