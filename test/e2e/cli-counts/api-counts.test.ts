import { lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRecording } from '@tstrace/results/recording'
import { expect, test } from 'vitest'
import { folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'

const FILES = {
  'package.json': '{"name":"demo","type":"module"}',
  'twice.js': 'export function twice(n) {\n  return n * 2\n}\n',
  'run.js': `import { Trace } from '${fileURLToPath(import.meta.resolve('tstrace'))}'

const [infile, outfile] = process.argv.slice(2)
const tracer = new Trace({ trace: false, outfile, ...(infile && { infile }) })
const { twice } = await tracer.import('./twice.js', import.meta.url)
tracer.runfunc(twice, 1)
tracer.results().writeResults({ coverdir: 'out' })
`,
}

test('writeResults leaves the results file and the recording in the folder that it is given, as the command does', async () => {
  const folder = folderWith(FILES)
  expect(await run(folder, ['run.js', '', 'one.counts'])).toMatchObject({ status: 0, stderr: '' })
  const written = readFileSync(join(folder, 'out/results.json'), 'utf8')
  expect(JSON.parse(written).sources).toMatchObject([{ path: 'twice.js', lines: { 1: 1, 2: 1 } }])
  const recording = readRecording(join(folder, 'out/recording.counts'), { root: folder })
  expect(recording.versions().map((version) => recording.text(version))).toEqual([FILES['twice.js']])
  expect(recording.results().lineCounts('twice.js').get(2)).toBe(1)
  expect(await tstrace(folder, ['-r', '-f', 'one.counts', '-C', 'reported'])).toMatchObject({ status: 0 })
  expect(readFileSync(join(folder, 'reported/results.json'), 'utf8')).toBe(written)
})

function runsIn(path: string): number {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('run\t')).length
}

test('the runs of infile go on into outfile, so that nothing is added twice', async () => {
  const folder = folderWith(FILES)
  for (const words of [
    ['', 'one.counts'],
    ['one.counts', 'both.counts'],
  ])
    expect(await run(folder, ['run.js', ...words])).toMatchObject({ status: 0, stderr: '' })
  expect(runsIn(join(folder, 'one.counts'))).toBe(1)
  expect(runsIn(join(folder, 'both.counts'))).toBe(2)
  expect(readFileSync(join(folder, 'out/twice.cover'), 'utf8')).toContain('    2:   return')
  const merged = await tstrace(folder, ['merge', '*.counts', '-o', 'all'])
  expect(merged).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(
      /^tstrace: one\.counts has run [\w-]+ of the node run, which both\.counts has as well: one\.counts is left out\.\n$/,
    ),
  })
  expect(await tstrace(folder, ['-r', '-f', 'all', '-C', 'out'])).toMatchObject({ status: 0, stderr: '' })
  expect(readFileSync(join(folder, 'out/twice.cover'), 'utf8')).toContain('    2:   return')
})

test('an outfile that is a link stays one, and what it leads to is replaced, in a folder that is made', async () => {
  const folder = folderWith(FILES)
  symlinkSync('new/all.counts', join(folder, 'link'))
  for (let times = 0; times < 2; times++)
    expect(await run(folder, ['run.js', '', 'link'])).toMatchObject({ status: 0, stderr: '' })
  expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
  expect(runsIn(join(folder, 'new/all.counts'))).toBe(1)
})
