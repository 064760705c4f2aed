import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SOME_NODES } from '../cli-command/nodes.ts'
import { folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'

const CHILD = 'globalThis.x = 1\n'

/** Ways to start `child.cjs` with an environment in which nothing is left of what a traced process needs. */
const WAYS = {
  'spawn, an empty one': 'spawn(process.execPath, [child], { env: {} })',
  'spawn, its own NODE_OPTIONS':
    "spawn(process.execPath, [child], { env: { ...process.env, NODE_OPTIONS: '--no-warnings' } })",
  'execFile, without arguments': 'execFile(process.execPath, { env: {} }, () => {}).stdin.end(source)',
  'exec, through a shell': "exec(node + ' ' + child, { env: { A: 'b=c' } })",
  'fork, with its own options': "fork(child, [], { env: {}, execArgv: ['--no-warnings'] })",
  spawnSync: 'spawnSync(process.execPath, [child], { env: {} })',
  'spawnSync, without arguments': 'spawnSync(process.execPath, { env: {}, input: source })',
  'spawnSync, no arguments but a place for them':
    'spawnSync(process.execPath, null, { env: {}, input: source })',
  execFileSync: 'execFileSync(process.execPath, [child], { env: {} })',
  execSync: "execSync(node + ' ' + child, { env: {} })",
  'a thread, an empty one': 'new Worker(child, { env: {} })',
  'a thread, its own NODE_OPTIONS': "new Worker(child, { env: { NODE_OPTIONS: '--no-warnings' } })",
  'a thread, its own options': 'new Worker(child, { execArgv: [], env: {} })',
  'a thread of a class of its own': 'new (class Mine extends Worker {})(child, { env: {} })',
  'a thread, a shared one': 'new Worker(child, { env: SHARE_ENV })',
  'a process of a process':
    "const inner = \"require('child_process').execFileSync(process.execPath, ['\" + child + \"'], { env: {} })\"; spawnSync(process.execPath, ['-e', inner], { env: {} })",
  'a changed process.env': 'delete process.env.NODE_OPTIONS; spawn(process.execPath, [child])',
  'a changed process.env, synchronously': "process.env = {}; execSync(node + ' ' + child)",
}

const HEAD = `import { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } from 'node:child_process'
import { SHARE_ENV, Worker } from 'node:worker_threads'
const node = JSON.stringify(process.execPath)
`

describe.each(SOME_NODES)('in Node.js $major', ({ node }) => {
  test('processes and threads with an environment of their own are counted', async () => {
    const ways = Object.entries(WAYS)
    const starts = ways.map(([, start], index) => {
      return `{ const child = './child${index}.cjs', source = 'require("' + child + '")'; ${start} }\n`
    })
    const children = ways.map((_, index) => [`child${index}.cjs`, CHILD])
    const folder = folderWith({ ...Object.fromEntries(children), 'main.mjs': `${HEAD}${starts.join('')}` })
    const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', 'main.mjs'], { node })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const listings = readdirSync(join(folder, 'out'))
    const missing = ways.filter((_, index) => !listings.includes(`child${index}.cover`)).map(([way]) => way)
    expect(missing).toEqual([])
    for (const index of ways.keys())
      expect(readFileSync(join(folder, `out/child${index}.cover`), 'utf8')).toBe(`    1: ${CHILD}`)
  })

  test('what is asked of them is as without us', async () => {
    const folder = folderWith({
      'main.mjs': `import * as all from 'node:child_process'
import { Worker } from 'node:worker_threads'
const { spawnSync, ChildProcess } = all
console.log(spawnSync.name, spawnSync.length, all.execSync === all.default.execSync, Worker.name, Worker.length)
console.log(ChildProcess.prototype.spawn.name, Object.keys(ChildProcess.prototype).join())
const worker = new Worker('', { eval: true, env: { A: '1' } })
console.log(worker instanceof Worker, Object.getPrototypeOf(worker) === Worker.prototype)
for (const wrong of [() => spawnSync('x', [], 1), () => spawnSync('x', [], { env: 1 }), () => new Worker('', 1), () => Worker('')])
  try { console.log(wrong().error?.code) } catch ({ code, message }) { console.log(code, message) }
console.log(String(spawnSync(process.execPath, ['-p', 'process.env.A + process.env.B'], { env: { A: '1', B: '2=3' } }).stdout))
`,
    })
    const plain = await run(folder, ['main.mjs'], { node })
    const traced = await tstrace(folder, ['-c', '-C', 'out', 'main.mjs'], { node })
    expect(traced).toEqual(plain)
    expect(plain.stdout).toContain('12=3')
  })
})
