import { describe, expect, test } from 'vitest'
import { countedContexts } from '../contexts/counted-contexts.ts'
import { jestProject } from '../jest-project.ts'
import { rowsOf } from '../matrix.ts'
import { ANY_MAJOR, majorsOf, type VitestProject, vitestProject } from '../vitest-project.ts'
import { CHILDREN } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const COUNTED = { TSTRACE: '--children --contexts test --trackcalls -f all.counts' }
const ENDED =
  'tstrace: A worker thread was ended by tests: what ran there after the last answer may be missing from the counts.'
const UNCOUNTED =
  'tstrace: 2 Node.js processes and 1 worker thread (src/cli.js, src/server.js) that tests started were not counted. The option ' +
  '`children`, in TSTRACE `--children`, counts what runs there, too.'

/** What one finds with a pencil. */
function expectCounted(project: Pick<VitestProject, 'folder' | 'read'>): void {
  expect(project.read('coverage/tstrace/src/work.cover')).toMatchInlineSnapshot(`
    "    8: export function price(grams) {
        9:   return Math.ceil(grams / 100) * 7
           }
    "
  `)
  expect(project.read('coverage/tstrace/src/cli.cover')).toMatchInlineSnapshot(`
    "    4: import { price } from './work.js'
           
        4: const [, , ...given] = process.argv
        9: for (const grams of given) console.log(price(Number(grams)))
        4: if (given.includes('environment')) console.log(JSON.stringify(process.env))
        4: if (given.includes('wrong')) throw new Error('wrong')
    "
  `)
  expect(countedContexts(project.folder, 'all.counts')).toMatchInlineSnapshot(`
    {
      "children > a program that starts another: passed": {
        "price": 2,
      },
      "children > a server that is stopped: passed": {
        "price": 1,
      },
      "children > a worker thread that is ended: passed": {
        "price": 1,
      },
      "children > in this process: passed": {
        "price": 1,
      },
      "children > waited for: passed": {
        "price": 3,
      },
      "children > with an environment of its own: passed": {
        "price": 1,
      },
    }
  `)
}

/** Of which not all can be counted. */
const LOST = `import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import { test } from 'vitest'

const started = (file) => spawn('node', [file], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })

test('a server that is killed', async () => {
  const server = started('src/server.js')
  await once(server, 'message')
  server.kill('SIGKILL')
  await once(server, 'exit')
})

test('a server that goes on for a while', async () => {
  const server = started('src/patient.js')
  await once(server, 'message')
  server.unref()
  server.channel.unref()
})

test('a thread that shares the environment', async () => {
  const thread = new Worker('./src/thread.js', { env: SHARE_ENV })
  await once(thread, 'online')
  await thread.terminate()
})
`

const COMPILER = `const { once } = require('node:events')
const { Worker } = require('node:worker_threads')

exports.compile = () => once(new Worker('0', { eval: true }), 'exit')
`

test.each(rowsOf({ major: majorsOf(CHILDREN), pool: ['forks', 'threads', 'vmForks'] }, 1))(
  'Vitest $major, $pool',
  async ({ major, pool }) => {
    const project = vitestProject(major, FIXTURE)
    const { status, stderr } = await project.vitest(['--reporter=tstrace', `--pool=${pool}`], {
      env: COUNTED,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: `${ENDED}\n` })
    expectCounted(project)
  },
)

describe.each(ANY_MAJOR)('Vitest %i', (major) => {
  test('what is not counted is said, without what dependencies start for themselves', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('node_modules/compiler/index.cjs', COMPILER)
    project.write('node_modules/compiler/package.json', '{ "name": "compiler", "main": "index.cjs" }')
    project.write(
      'test/compiler.test.js',
      "import { test } from 'vitest'\nimport { compile } from 'compiler'\ntest('compiles', () => compile())\n",
    )
    const { status, stderr } = await project.vitest(['--reporter=tstrace'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: `${UNCOUNTED}\n` })
  })

  test('what is lost is said', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('test/lost.test.js', LOST)
    project.write('src/patient.js', "import './server.js'\nsetTimeout(() => {}, 6000)\n")
    const { status, stderr } = await project.vitest(['--reporter=tstrace', 'lost'], { env: COUNTED })
    expect(status).toBe(0)
    expect(stderr.replaceAll(/\d+\)/g, 'N)')).toMatchInlineSnapshot(`
      "tstrace: A process that test/lost.test.js started (process N) was stopped from outside, or had no right to write any more: what it ran last is missing from the counts.
      tstrace: A process that test/lost.test.js started (process N) had not ended when the report was written: what it ran last may be missing from the counts.
      tstrace: One process or thread ran without being traced, and what ran there is missing from the counts: a worker thread shares the environment of the tests (SHARE_ENV). Give it one of its own, or leave out \`env\`.
      "
    `)
  })
})

/** Fails where something is left behind in Jest's own process. */
const TEARDOWN = `const { types } = require('node:util')
const { ChildProcess, execFileSync } = require('node:child_process')
const { Worker } = require('node:worker_threads')

module.exports = () => {
  const left = [ChildProcess.prototype.spawn, execFileSync, Worker].filter(types.isProxy)
  if (left.length > 0) throw new Error('left behind')
}
`

test.each(rowsOf({ major: CHILDREN.jest, workers: ['-i', '-w=2'] }, 1))(
  'Jest $major, $workers',
  async ({ major, workers }) => {
    const project = jestProject(major, FIXTURE, {
      globalTeardown: '<rootDir>/teardown.cjs',
      reporters: ['default', 'tstrace/jest'],
      transform: { '\\.[jt]s$': '<rootDir>/esbuild-transformer.cjs' },
    })
    project.write('teardown.cjs', TEARDOWN)
    const { status, stderr } = await project.jest([workers], { env: COUNTED })
    expect(status, stderr).toBe(0)
    expect(stderr.split('\n').filter((line) => line.startsWith('tstrace:'))).toEqual([ENDED])
    expectCounted(project)
  },
)
