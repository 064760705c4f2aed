import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NODES_BY_HOOKS } from '../cli-command/nodes.ts'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { PROCESSES } from './where.ts'

const SHARED = 'exports.work = (n) => {\n  for (let i = 0; i < n; i++);\n  return n\n}\n'

test.runIf(PROCESSES.command).each([
  ['worker threads that end', 'parentPort.postMessage(work(3))\n', ''],
  [
    'worker threads that are ended when they have answered',
    'parentPort.postMessage(work(3))\nsetInterval(() => {}, 1000)\n',
    'tstrace: 2 worker threads were ended by the program: what ran there after the last answer may be missing from the counts.\n',
  ],
])('counts of %s', async (_what, end, stderr) => {
  const folder = folderWith({
    'shared.cjs': SHARED,
    'worker.cjs': `const { parentPort } = require('node:worker_threads')\nconst { work } = require('./shared.cjs')\n${end}`,
    'main.cjs': `const { Worker } = require('node:worker_threads')
for (let i = 0; i < 2; i++) {
  const worker = new Worker('./worker.cjs')
  worker.on('message', () => ${end.includes('setInterval') ? 'worker.terminate()' : '{}'})
}
require('./shared.cjs').work(1)
`,
  })
  expect(await tstrace(folder, ['-c', '-C', 'out', 'main.cjs'])).toEqual({
    status: 0,
    signal: null,
    stdout: '',
    stderr,
  })
  expect(readFileSync(join(folder, 'out/shared.cover'), 'utf8')).toBe(
    '    3: exports.work = (n) => {\n   10:   for (let i = 0; i < n; i++);\n    3:   return n\n       }\n',
  )
})

test('counts of child processes, whichever way they are started', async () => {
  const folder = folderWith({
    'shared.cjs': SHARED,
    'child.cjs': "require('./shared.cjs').work(3)\nprocess.exit(0)\n",
    'main.mjs': `import { execFileSync, execSync, fork, spawnSync } from 'node:child_process'
fork('child.cjs')
spawnSync(process.execPath, ['child.cjs'])
execFileSync(process.execPath, ['child.cjs'])
execSync('node child.cjs', { env: { ...process.env, PATH: process.execPath.replace(/node$/, '') + ':' + process.env.PATH } })
`,
  })
  expect(await tstrace(folder, ['-c', '-C', 'out', 'main.mjs'])).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(folder, 'out/shared.cover'), 'utf8')).toContain('   16:   for (')
  expect(readFileSync(join(folder, 'out/child.cover'), 'utf8')).toContain('    4: process.exit(0)')
})

test('a worker thread that answers goes on in the function that it was in', async () => {
  const folder = folderWith({
    'worker.cjs': `const { parentPort } = require('node:worker_threads')
function later() {}
function answer() {
  parentPort.postMessage(1)
  later()
}
answer()
`,
    'main.cjs': "new (require('node:worker_threads').Worker)('./worker.cjs')\n",
  })
  const { stdout } = await tstrace(folder, ['-T', 'main.cjs'])
  expect(stdout).toContain('    worker.<module> -> worker.answer\n    worker.answer -> worker.later\n')
})

test.each(NODES_BY_HOOKS)(
  'a worker thread that runs nothing of the program has nothing to lose, in Node.js $major',
  async ({ node }) => {
    const folder = folderWith({
      'node_modules/dep/index.mjs': `import { Worker } from 'node:worker_threads'
export const ask = () => new Promise((done) => {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url))
  worker.on('message', () => worker.terminate().then(done))
})
`,
      'node_modules/dep/worker.mjs': `import { parentPort } from 'node:worker_threads'
parentPort.postMessage(1)
setInterval(() => {}, 1000)
`,
      'node_modules/dep/package.json': '{ "name": "dep", "exports": "./index.mjs" }',
      'main.mjs': "import { ask } from 'dep'\nawait ask()\n",
    })
    expect(await tstrace(folder, ['-c', '-C', 'out', 'main.mjs'], { node })).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(readFileSync(join(folder, 'out/main.cover'), 'utf8')).toContain('    1: await ask()')
  },
)

test('a process in which tracing cannot begin runs as always, and its loss is said', async () => {
  const folder = folderWith({
    'broken.cjs':
      "if (process.env.TSTRACE_FOLDER) JSON.parse = () => { throw new Error('broken on purpose') }\n",
    'main.cjs': "console.log('ran')\n",
  })
  const env = { NODE_OPTIONS: `--require ${JSON.stringify(join(folder, 'broken.cjs'))}` }
  const { stderr, ...ended } = await tstrace(folder, ['-c', '-C', 'out', '-f', 'a.counts', 'main.cjs'], {
    env,
  })
  expect(ended).toEqual({ status: 0, signal: null, stdout: 'ran\n' })
  expect(stderr).toMatch(
    /^tstrace: One process or thread ran without being traced.*: broken on purpose\. .*leave it out\.\n$/,
  )
  const { status, stderr: refused } = await tstrace(folder, ['-r', '--strict', '-f', 'a.counts'])
  expect(status).toBe(1)
  expect(refused).toContain('ran without being traced')
})
