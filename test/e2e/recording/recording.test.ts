import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { type Recording, readRecording } from '@tstrace/results/recording'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { ANY_JEST_MAJOR, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { ANY_MAJOR, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)
const PATH = 'src/recurse.ts'
const SOURCE = readFileSync(new URL(PATH, FIXTURE), 'utf8')

function recordingIn(folder: string, out = 'coverage/tstrace'): Recording {
  return readRecording(join(folder, out, 'recording.counts'), { root: realpathSync(folder) })
}

/** Texts of the sources, runner of the runs, and how often the test ran line 2. */
function told(recording: Recording): unknown {
  const results = recording.results()
  return {
    texts: recording.versions().map((version) => [version.path, recording.text(version)]),
    runners: recording.runs.map(({ runner }) => runner.split(' ')[0]),
    tests: results.testsOf(PATH, 2).map(({ context, count }) => [context.kind, count]),
  }
}

test.each(ANY_MAJOR)('Vitest %i leaves a recording that goes wherever counts files go', async (major) => {
  const project = vitestProject(major, FIXTURE)
  const { folder } = project
  const run = { env: { TSTRACE: '--contexts test' } }
  expect(await project.vitest(['--reporter=tstrace'], run)).toMatchObject({ status: 0, stderr: '' })
  const whole = { texts: [[PATH, SOURCE]], runners: ['vitest'], tests: [['test', 3]] }
  expect(told(recordingIn(folder))).toEqual(whole)

  // The text that ran is there when the source is another.
  project.write(PATH, `// one line more\n${SOURCE}`)
  const recorded = 'coverage/tstrace/recording.counts'
  expect(await tstrace(folder, ['-r', '-m', '-f', recorded, '-C', 'again'])).toMatchObject({
    status: 0,
    stderr: '',
  })
  expect(told(recordingIn(folder, 'again'))).toEqual(whole)
  expect(project.read('again/src/recurse.cover')).toContain('    3:   if (level) {')

  await project.vitest(['--reporter=tstrace'], run)
  expect(told(recordingIn(folder))).toMatchObject({ texts: [[PATH, `// one line more\n${SOURCE}`]] })
  const files = [recorded, 'again/recording.counts']
  expect(await tstrace(folder, ['merge', ...files, '-o', 'sum.counts'])).toMatchObject({ status: 0 })
  const sum = readRecording(join(folder, 'sum.counts'), { root: realpathSync(folder) })
  expect(sum.versions().map((version) => sum.text(version))).toHaveLength(2)
  expect(new Set(sum.versions().map((version) => sum.text(version)))).toEqual(
    new Set([SOURCE, `// one line more\n${SOURCE}`]),
  )
})

test.each(ANY_MAJOR)(
  'Vitest %i records what its reports are about, and nothing without reports',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    const run = (words: string) => project.vitest(['--reporter=tstrace'], { env: { TSTRACE: words } })
    await run('-R')
    expect(existsSync(join(project.folder, 'coverage'))).toBe(false)
    await run('-f all.counts')
    await run('-f all.counts')
    expect(told(recordingIn(project.folder))).toMatchObject({
      runners: ['vitest', 'vitest'],
      tests: [['file', 6]],
    })
    const { stderr } = await run('-f coverage/tstrace/recording.counts')
    expect(stderr).toContain(
      'recording.counts is what runs are added to, so that it is no recording of this run',
    )
    expect(told(recordingIn(project.folder))).toMatchObject({ runners: ['vitest', 'vitest', 'vitest'] })
  },
)

test.each(ANY_JEST_MAJOR)('Jest %i leaves a recording', async (major) => {
  const project = jestProject(major, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', ['tstrace/jest', { contexts: 'test' }]],
  })
  const own = `import { test } from '@jest/globals'
import { recurse } from '../src/recurse'

test('counts down', () => recurse(2))
`
  project.write('test/recurse.test.ts', own)
  const { status, stderr } = await project.jest([])
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('1 passed') })
  expect(told(recordingIn(project.folder))).toEqual({
    texts: [[PATH, SOURCE]],
    runners: ['jest'],
    tests: [['test', 3]],
  })
})

test('the command records into the folder that it is given, and without one nowhere', async () => {
  const folder = folderWith({
    'package.json': '{"name":"demo","type":"module"}',
    'a.js': 'export const f = () => 1\nf()\n',
  })
  expect(await tstrace(folder, ['-c', '-C', 'out', 'a.js'])).toMatchObject({ status: 0, stderr: '' })
  const recording = recordingIn(folder, 'out')
  expect(recording.runs).toMatchObject([{ runner: expect.stringMatching(/^node /) }])
  expect(recording.versions().map((version) => recording.text(version))).toEqual([
    'export const f = () => 1\nf()\n',
  ])
  await tstrace(folder, ['-c', 'a.js'])
  expect(existsSync(join(folder, 'recording.counts'))).toBe(false)
})
