import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CoverageResults } from 'tstrace'
import { expect, test } from 'vitest'
import { folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'
import { countedContexts } from './counted-contexts.ts'

const TSTRACE = fileURLToPath(import.meta.resolve('tstrace'))

const FILES = {
  'package.json': '{"name":"demo","type":"module"}',
  'src/work.js': 'export function work(times) {\n  return times > 1 ? work(times - 1) + 1 : 1\n}\n',
  'scenario.js': `import { work } from './src/work.js'

export async function scenario(tracer) {
  const said = []
  work(1)
  said.push(tracer.context('sync', () => work(2)))
  tracer.context('outer', () => {
    work(10)
    tracer.context('inner', () => work(100))
    work(1000)
  })
  try {
    tracer.context('throws', () => {
      work(3)
      throw new Error('on purpose')
    })
  } catch ({ message }) {
    said.push(message)
  }
  said.push(await tracer.context('later', async () => {
    work(4)
    await null
    await tracer.context('within', async () => {
      await null
      work(400)
    })
    return work(40)
  }))
  said.push(await tracer.context('rejects', async () => {
    await null
    work(5)
    throw new Error('in vain')
  }).catch(({ message }) => message))
  let [openA, openB] = []
  const a = tracer.context('A', async () => {
    work(6)
    await new Promise((resolve) => { openA = resolve })
    work(60)
  })
  const b = tracer.context('B', async () => {
    work(7)
    await new Promise((resolve) => { openB = resolve })
    work(70)
  })
  openA()
  await a
  openB()
  await b
  await Promise.all([8, 80].map((times) => tracer.context('same', async () => {
    work(times)
    await null
    work(times * 10)
  })))
  work(2000)
  return said
}
`,
  'main.js': `import { Worker } from 'node:worker_threads'
import { Trace } from '${TSTRACE}'
import { scenario } from './scenario.js'
console.log(JSON.stringify(await scenario(new Trace())))
if (process.argv[2] === 'thread') new Worker(new URL('thread.js', import.meta.url))
`,
  'thread.js': `import { Trace } from '${TSTRACE}'
import { work } from './src/work.js'
new Trace().context('sync', () => work(200))
`,
}

const SAID = JSON.stringify([2, 'on purpose', 40, 'in vain'])

const CALLED = {
  '': { work: 2001 },
  A: { work: 6 },
  B: { work: 70 },
  'A or B': { work: 67 },
  inner: { work: 100 },
  later: { work: 44 },
  outer: { work: 1010 },
  rejects: { work: 5 },
  same: { work: 968 },
  sync: { work: 2 },
  throws: { work: 3 },
  within: { work: 400 },
}

test('a program names its contexts, and so does a thread of it', async () => {
  const folder = folderWith(FILES)
  const words = ['--count', '--trackcalls', '-R', '-f', 'all.counts', 'main.js', 'thread']
  expect(await tstrace(folder, words)).toMatchObject({
    status: 0,
    stdout: `${SAID}\n`,
    stderr: expect.not.stringContaining('Error'),
  })
  expect(countedContexts(folder, 'all.counts')).toEqual({ ...CALLED, sync: { work: 202 } })
})

test('without anybody who counts, a context is a call', async () => {
  const folder = folderWith(FILES)
  expect(await run(folder, ['main.js'])).toMatchObject({ status: 0, stderr: '', stdout: `${SAID}\n` })
})

test('a program that names no context has none', async () => {
  const folder = folderWith({ ...FILES, 'plain.js': "import { work } from './src/work.js'\nwork(3)\n" })
  await tstrace(folder, ['--count', '-R', '-f', 'all.counts', 'plain.js'])
  expect(new CoverageResults(join(folder, 'all.counts'), { root: folder }).contexts()).toEqual([])
})

test('a rejection that nobody handles ends the program, as it would without', async () => {
  const folder = folderWith({
    ...FILES,
    'fails.js': `import { Trace } from '${TSTRACE}'
import { work } from './src/work.js'
new Trace().context('fails', async () => { await null; work(3); throw new Error('nobody caught') })
`,
  })
  const ended = await tstrace(folder, ['--count', '--trackcalls', '-R', '-f', 'all.counts', 'fails.js'])
  expect(ended).toMatchObject({ status: 1, stderr: expect.stringContaining('nobody caught') })
  expect(countedContexts(folder, 'all.counts')).toEqual({ fails: { work: 3 } })
})

const BY_TRACER = `import { Trace } from '${TSTRACE}'
const options = JSON.parse(process.argv[2])
const tracer = new Trace({ trace: false, outfile: 'all.counts', ...options })
const { scenario } = await tracer.import('./scenario.js', import.meta.url)
console.log(JSON.stringify(await tracer.runfunc(scenario, tracer)))
tracer.results().writeResults({ coverdir: 'out' })
`

test('a tracer keeps the same contexts', async () => {
  const folder = folderWith({ ...FILES, 'traced.js': BY_TRACER })
  const options = JSON.stringify({ trackcalls: true, count: true })
  expect(await run(folder, ['traced.js', options])).toMatchObject({ status: 0, stderr: '' })
  expect(countedContexts(folder, 'all.counts')).toEqual(CALLED)
})

test('a tracer that leaves calls and sources out leaves them out of contexts', async () => {
  const folder = folderWith({ ...FILES, 'traced.js': BY_TRACER })
  const options = JSON.stringify({ exclude: 'scenario.js' })
  expect(await run(folder, ['traced.js', options])).toMatchObject({ status: 0, stderr: '' })
  expect(countedContexts(folder, 'all.counts')).toEqual(CALLED)
  const results = new CoverageResults(join(folder, 'all.counts'), { root: folder })
  expect(results.contexts()).toContainEqual({ kind: 'named', name: '' })
  const paths = results.contexts().flatMap((context) => [...results.of(context).paths()])
  expect(new Set(paths)).toEqual(new Set(['src/work.js']))
})

test('what ran before a tracer under the command belongs to the command', async () => {
  const folder = folderWith({
    ...FILES,
    'both.js': `import { Trace } from '${TSTRACE}'
import { work } from './src/work.js'
work(5)
const tracer = new Trace({ trace: false })
tracer.context('named', () => tracer.runfunc(work, 70))
work(900)
console.log(tracer.results().contexts().length, tracer.results().lineCounts('src/work.js').get(2))
`,
  })
  const words = ['--count', '--trackcalls', '-R', '-f', 'all.counts', 'both.js']
  expect(await tstrace(folder, words)).toMatchObject({ status: 0, stdout: '1 70\n' })
  const results = new CoverageResults(join(folder, 'all.counts'), { root: folder })
  expect(results.lineCounts('src/work.js').get(2)).toBe(905)
})
