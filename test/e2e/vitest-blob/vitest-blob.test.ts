import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ANY_MAJOR, MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../shards/fixtures/', import.meta.url)

/** A reporter that prints what tasks carry when a run ends, and once its blob has been written. */
const REVEALING = `export default class {
  async onTestRunEnd(modules) {
    const reveal = () => { for (const { task } of modules) console.log('carried: ' + JSON.stringify(task.meta)) }
    reveal()
    if (!process.argv.includes('--reporter=blob')) return
    await new Promise((resolve) => setTimeout(resolve, 1000))
    reveal()
  }
}
`

/** All runs have a name in common, and no commit: that of this repository may change meanwhile. */
const RUN = { TSTRACE_RUN: 'r', GIT_DIR: 'none' }

/** Runs a shard whose blob is `made/NAME.json`. */
async function shard(project: VitestProject, name: string, args: readonly string[]): Promise<string> {
  const all = [...args, '--reporter=blob', `--outputFile.blob=made/${name}.json`]
  const { status, stderr, stdout } = await project.vitest(all, {
    env: { TSTRACE: '-l -T', ...RUN },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

interface Made {
  readonly project: VitestProject
  /** What the first shard printed, and what an unsharded run did. */
  readonly first: string
  readonly whole: string
}

/** All runs of a version: three shards and one without shards. */
async function made(major: Major): Promise<Made> {
  const project = vitestProject(major, FIXTURE)
  project.write('revealing.mjs', REVEALING)
  const [first] = await Promise.all([
    shard(project, '1', ['--shard=1/3', '--reporter=tstrace', '--reporter=./revealing.mjs']),
    shard(project, '2', ['--shard=2/3', '--reporter=tstrace']),
  ])
  await shard(project, '3', ['--shard=3/3', '--reporter=tstrace'])
  const ended = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '-l -T -C whole' } })
  return { project, first, whole: ended.stdout }
}

/** What else can go wrong with a shard. */
async function madeAgain(project: VitestProject): Promise<void> {
  await shard(project, '2-untraced', ['--shard=2/3'])
  await shard(project, 'empty', ['--shard=2/2', 'weather', '--passWithNoTests', '--reporter=tstrace'])
  await shard(project, '2-again', ['--shard=2/3', '--reporter=tstrace'])
  const source = project.read('src/price.ts')
  project.write('src/price.ts', `// Dearer now.\n${source}`)
  await shard(project, '2-changed', ['--shard=2/3', '--reporter=tstrace'])
  project.write('src/price.ts', source)
}

/** Merges some of the blobs. */
function merge(project: VitestProject, names: readonly string[], asked = '') {
  const folder = `merged-${names.join('-')}`
  mkdirSync(join(project.folder, folder))
  names.forEach((name, i) => {
    copyFileSync(join(project.folder, `made/${name}.json`), join(project.folder, folder, `${i}-${name}.json`))
  })
  const args = [
    `--merge-reports=${folder}`,
    '--reporter=default',
    '--reporter=tstrace',
    '--reporter=./revealing.mjs',
  ]
  return project.vitest(args, { env: { TSTRACE: `-l -T -C ${folder}-cover ${asked}` } })
}

describe.each(MAJORS)('Vitest %i', (major) => {
  let runs: Made
  beforeAll(async () => {
    runs = await made(major)
    if (ANY_MAJOR.includes(major)) await madeAgain(runs.project)
  })

  test('shards whose counts ride in blobs give the report of one run', async () => {
    const { first, project, whole } = runs
    const { status, stderr, stdout } = await merge(project, ['1', '2', '3'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const report = whole.slice(whole.indexOf('\nlines   cov%'), whole.indexOf('\nWritten to '))
    expect(report).toContain('src.stall.Stall.price -> src.price.discount\n')
    expect(stdout).toContain(report)
    for (const file of ['results.json', 'src/price.cover', 'src/stall.cover', 'src/weather.cover'])
      expect(project.read(`merged-1-2-3-cover/${file}`)).toBe(project.read(`whole/${file}`))
    // Nobody but the blob reporter has seen the counts.
    for (const text of [first, stdout]) {
      expect(text).toContain('carried: {')
      expect(text).not.toContain('tstrace-counts')
    }
  })

  // What a merge makes of the texts in the blobs does not depend on the version.
  if (!ANY_MAJOR.includes(major)) return

  test('a shard without tests, and one that ran without tstrace, are named', async () => {
    const { project } = runs
    const { status, stderr } = await merge(project, ['1', '2-untraced', '3', 'empty'])
    expect(status).toBe(0)
    const folder = 'merged-1-2-untraced-3-empty'
    expect(stderr.split('\n')).toEqual([
      `tstrace: ${folder}/1-2-untraced.json carries no counts: its run was without \`--reporter=tstrace\`, or it broke off.`,
      `tstrace: ${folder}/3-empty.json carries no counts: its run had no test file.`,
      expect.stringMatching(/^tstrace: Shard 2\/3 of the vitest run r( in \S+)? is missing\.$/),
      '',
    ])
  })

  test('a blob that is there twice, and a shard that ran twice, are named and counted once', async () => {
    const { project } = runs
    const { stderr } = await merge(project, ['1', '1', '2', '2-again', '3'])
    const folder = 'merged-1-1-2-2-again-3'
    expect(stderr.split('\n').sort()).toEqual([
      '',
      expect.stringMatching(
        `/1-1.json has shard 1/3 of the vitest run r( in \\S+)?, which ${folder}/0-1.json has as well`,
      ),
      expect.stringMatching(
        `/2-2.json has shard 2/3 of the vitest run r( in \\S+)? once more than ${folder}/3-2-again.json`,
      ),
    ])
    expect(project.read(`${folder}-cover/results.json`)).toBe(project.read('whole/results.json'))
  })

  test('a source that changed between shards is named, and its texts are kept apart', async () => {
    const { project } = runs
    const { stderr, stdout } = await merge(project, ['1', '2-changed', '3'])
    expect(stderr).toContain('tstrace: src/price.ts is not the same text everywhere: ')
    expect(stdout.match(/src\.price /g)).toHaveLength(1)
    expect(stdout).toMatch(/src\.price@\w{8} /)
  })

  test('without counts nothing is reported; the label of a merge means nothing; `file` is left alone', async () => {
    const { project } = runs
    const untraced = await merge(project, ['2-untraced'])
    expect(untraced.stderr).toContain('carries no counts')
    expect(untraced.stdout).not.toContain('cov%')
    const labelled = await merge(project, ['2', '1', '3'], '--label os=mac --file counts')
    expect(labelled.stdout).toContain('src.price ')
    expect(labelled.stderr).toContain('tstrace: Option "file" is not used while reports are merged')
    expect(() => project.read('counts')).toThrow('ENOENT')
  })
})
