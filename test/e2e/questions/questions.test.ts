import { beforeAll, describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'
import { type Shown, shownOn, steady } from './guide.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const BY_TEST = { TSTRACE: '--contexts test --trackcalls' }

/** Folders in which a runner has recorded. */
const RECORDED: readonly [runner: string, record: () => Promise<string>][] = [
  [
    'Vitest',
    async () => {
      const project = vitestProject(NEWEST, FIXTURE)
      expect(await project.vitest(['--reporter=tstrace'], { env: BY_TEST })).toMatchObject({ status: 0 })
      return project.folder
    },
  ],
  [
    'Jest',
    async () => {
      const reporters = ['default', 'tstrace/jest']
      const project = jestProject(30, FIXTURE, { transform: TRANSFORMS['@swc/jest'], reporters })
      expect(await project.jest([], { env: BY_TEST })).toMatchObject({ status: 0 })
      return project.folder
    },
  ],
]

describe.each(RECORDED)('%s', (_runner, record) => {
  let folder = ''
  beforeAll(async () => {
    folder = await record()
  })

  test.each(
    [...shownOn('guides/questions.md'), ...shownOn('reference/answers.md')].map((shown): [string, Shown] => [
      shown.words.join(' '),
      shown,
    ]),
  )('%s', async (_line, { printed, words }) => {
    const { status, stderr, stdout } = await tstrace(folder, words)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(steady(stdout)).toBe(steady(printed))
  })
})
