import { describe, expect, test } from 'vitest'
import { inTurn, rowsOf } from '../matrix.ts'
import { SEVERAL, writeSeveral } from '../several-workers.ts'
import { ANY_MAJOR, MAJORS, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

function calls(project: VitestProject): Record<string, number> {
  const { sources } = JSON.parse(project.read('coverage/tstrace/results.json')) as {
    sources: { path: string; functions: { name: string; calls: number }[] }[]
  }
  return Object.fromEntries(
    sources.map(({ functions }) => [functions[1]?.name, functions[1]?.calls]),
  ) as Record<string, number>
}

describe.each(MAJORS)('Vitest %i', (major) => {
  const test = inTurn(MAJORS, major)
  test('import failure, timeout, process.exit, late timers and dynamic imports lose nothing', async () => {
    const project = vitestProject(major, FIXTURE)
    const { status, stderr } = await project.vitest(['--reporter=tstrace', '--dir=test'])
    expect(status).toBe(1)
    expect(stderr).not.toContain('tstrace:')
    expect(calls(project)).toEqual({ broken: 1, dynamic: 1, exit: 1, late: 2, slow: 1 })
  })

  test('bail keeps what ran before', async () => {
    const project = vitestProject(major, FIXTURE)
    const { status } = await project.vitest(['--reporter=tstrace', '--dir=bail', '--bail=1'])
    expect(status).toBe(1)
    expect(calls(project)).toEqual({ bail: 2 })
  })

  test('test files that have not been started are not missed: those of another shard, and those behind the end', async () => {
    const project = vitestProject(major, FIXTURE)
    for (const name of ['a', 'b', 'c', 'd'])
      project.write(
        `many/${name}.test.ts`,
        `import { expect, test } from 'vitest'\ntest('${name}', () => expect(process.env.FAILS).toBeUndefined())\n`,
      )
    const args = ['--reporter=tstrace', '--dir=many', '--no-file-parallelism']
    const shard = await project.vitest([...args, '--shard=1/2'])
    expect(shard).toMatchObject({ status: 0, stderr: '' })
    const bail = await project.vitest([...args, '--bail=1'], { env: { FAILS: 'yes' } })
    expect(bail.status).toBe(1)
    expect(bail.stderr).not.toContain('tstrace:')
  })

  test('a killed worker keeps its finished tests, and the report names the test file', async () => {
    const project = vitestProject(major, FIXTURE)
    const { status, stderr } = await project.vitest(['--reporter=tstrace', '--dir=killed', '--pool=forks'])
    expect(status).not.toBe(0)
    expect(calls(project)).toEqual({ killed: 2 })
    expect(stderr).toMatch(
      /tstrace: The worker of killed\/killed\.test\.ts \(process \d+\) was stopped from outside, .* is missing/,
    )
  })
})

test.each(rowsOf({ pool: ['forks', 'threads'], major: MAJORS }, 1))(
  'Vitest $major, $pool: files of workers that are done are taken before the end',
  async ({ major, pool }) => {
    const project = vitestProject(major, FIXTURE)
    const env = writeSeveral(project, 'vitest')
    const args = ['--reporter=tstrace', '--dir=several', '--no-file-parallelism', `--pool=${pool}`]
    expect(await project.vitest(args, { env })).toMatchObject({ status: 0, stderr: '' })
    expect(calls(project)).toEqual({ slow: SEVERAL })
  },
)

test.each(ANY_MAJOR)(
  'Vitest %i: what it takes to leave counts is no hook that takes too long',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    const functions = Array.from({ length: 2000 }, (_, i) => `export const f${i} = () => ${i}\n`)
    project.write('wide/many.ts', functions.join(''))
    project.write(
      'wide/wide.test.ts',
      "import { test } from 'vitest'\nimport * as many from './many.ts'\ntest('all', () => { for (const f of Object.values(many)) f() })\n",
    )
    project.write('vitest.config.mjs', 'export default { test: { hookTimeout: 1 } }\n')
    const args = ['--reporter=tstrace', '--dir=wide']
    const ended = await project.vitest(args, { env: { TSTRACE: '--trackcalls' } })
    expect(ended).toMatchObject({ status: 0, stderr: '' })
    expect(calls(project)).toEqual({ f0: 1 })
  },
)

test.each(rowsOf({ signal: ['SIGINT', 'SIGTERM'], major: MAJORS }, 1))(
  'Vitest $major: $signal writes the report of what ran so far',
  async ({ major, signal }) => {
    const project = vitestProject(major, FIXTURE)
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace', '--dir=endless'], {
      interrupt: { signal, after: 'now' },
    })
    expect(status).not.toBe(0)
    expect(calls(project)).toEqual({ slow: 2 })
    expect(stdout).toContain('    2   100%   src.slow   (src/slow.ts)')
    expect(stderr).toContain('tstrace: The run was interrupted while 1 worker was still at it')
  },
)
