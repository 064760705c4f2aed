import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'
import { type Shown, shownOn, steady } from './guide.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const BY_TEST = { TSTRACE: '--contexts test --trackcalls' }

/** Runs tests in a folder of their own, of which some may fail because of a mistake, and says which folder. */
type Record = (mistake?: (folder: string) => void) => Promise<string>

const RECORDED: readonly [runner: string, record: Record][] = [
  [
    'Vitest',
    async (mistake) => {
      const project = vitestProject(NEWEST, FIXTURE)
      mistake?.(project.folder)
      const status = mistake ? 1 : 0
      expect(await project.vitest(['--reporter=tstrace'], { env: BY_TEST })).toMatchObject({ status })
      return project.folder
    },
  ],
  [
    'Jest',
    async (mistake) => {
      const reporters = ['default', 'tstrace/jest']
      const project = jestProject(30, FIXTURE, { transform: TRANSFORMS['@swc/jest'], reporters })
      mistake?.(project.folder)
      const status = mistake ? 1 : 0
      expect(await project.jest([], { env: BY_TEST })).toMatchObject({ status })
      return project.folder
    },
  ],
]

/** In line 19 of `src/cart.ts`, as the guide says. */
function typeMinus(folder: string): void {
  const path = join(folder, 'src/cart.ts')
  const right = readFileSync(path, 'utf8')
  const wrong = right.replace('price + tax', 'price - tax')
  expect(wrong).not.toBe(right)
  writeFileSync(path, wrong)
}

describe.each(RECORDED)('%s', (_runner, record) => {
  let [folder, broken] = ['', '']
  beforeAll(async () => {
    folder = await record()
    broken = await record(typeMinus)
  })

  test.each(
    [...shownOn('guides/questions.md'), ...shownOn('reference/answers.md')].map((shown): [string, Shown] => [
      shown.words.join(' '),
      shown,
    ]),
  )('%s', async (_line, { printed, words }) => {
    const { status, stderr, stdout } = await tstrace(words[0] === 'suspects' ? broken : folder, words)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(steady(stdout)).toBe(steady(printed))
  })

  test('the neighbours of a function are drawn, and the calls are in the profiles', async () => {
    const formats = ['callgrind', 'speedscope', 'dot', 'mermaid'].flatMap((name) => ['--format', name])
    const { status, stdout } = await tstrace(folder, [
      'export',
      ...formats,
      '--function',
      'round',
      '-o',
      'out',
    ])
    expect([status, stdout]).toEqual([
      0,
      'Written to out/: callgrind.out.tstrace, calls.speedscope.json, calls.dot, calls.mmd\n',
    ])
    const written = (name: string): string => readFileSync(join(folder, 'out', name), 'utf8')
    // What `tstrace callers round` prints.
    expect(written('calls.mmd')).toContain('n1["src/price.ts#58; tax"]')
    expect(written('calls.mmd')).toContain('  n1 -->|6| n0\n')
    expect(written('calls.dot')).toContain('  n1 -> n0 [label="6", ')
    expect(written('callgrind.out.tstrace')).toMatch(/\ncalls=6 10\n3 6\n/)
    expect(JSON.parse(written('calls.speedscope.json'))).toMatchObject({ exporter: 'tstrace' })

    const misplaced = await tstrace(folder, ['export', '--format', 'lcov', '--function', 'round'])
    expect(misplaced.stderr).toContain('error: argument --function: only dot and mermaid draw what is around')
    expect(misplaced.status).toBe(2)
  })

  test('on a terminal a source is shown in colours, whole', async () => {
    const env = { NO_COLOR: '', FORCE_COLOR: '1' }
    const { stdout } = await tstrace(folder, ['show', 'src/price.ts'], { env })
    const red = (text: string): string => `\u001b[7m\u001b[31m${text}\u001b[39m\u001b[27m`
    expect(stdout).toContain(
      `\u001b[2m   5\u001b[22m ${red('!')} ${red('>>>>>>')}     \u001b[36mthrow\u001b[39m \u001b[36mnew\u001b[39m RangeError(`,
    )
  })
})
