import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { shownOn } from '../questions/guide.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const BY_TEST = { TSTRACE: '--contexts test --trackcalls' }
const RECORDING = 'coverage/tstrace/recording.counts'
const PAGE = 'guides/compare.md'
const page = readFileSync(new URL(`../../../docs/${PAGE}`, import.meta.url), 'utf8')

/** As it was before somebody made it shorter. */
const LINEAR = `/** The words of a list, each once, in its order. */
export function unique(words: readonly string[]): string[] {
  const seen = new Set<string>()
  return words.filter((word) => isNew(word.toLowerCase(), seen))
}

function isNew(word: string, seen: Set<string>): boolean {
  const isKnown = seen.has(word)
  seen.add(word)
  return !isKnown
}
`

const SLOW = ['--expect', 'calls(src/unique.ts) <= 110 per test']

/** Where the runs of the guide are: one with the function as it was, the last with the short one. */
let folder = ''

beforeAll(async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  folder = project.folder
  const shorter = project.read('src/unique.ts')
  project.write('src/unique.ts', LINEAR)
  expect(await project.vitest(['--reporter=tstrace'], { env: BY_TEST })).toMatchObject({ status: 0 })
  copyFileSync(join(folder, RECORDING), join(folder, 'before.counts'))
  project.write('src/unique.ts', shorter)
  const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: BY_TEST })
  // The tracer in a test has seen it.
  expect(status).toBe(1)
  expect(stderr).toContain('expected 2601 to be less than or equal to 101')
})

/** Without what differs from run to run. */
function steady(text: string): string {
  return text.replaceAll(/^((?:From|−|\+) \S+: run of ).*\.$/gm, '$1…')
}

async function diffJson(where: string, words: readonly string[]): Promise<Record<string, unknown>> {
  const { stderr, stdout } = await tstrace(where, ['diff', ...words, '--json', '--all'])
  expect(stderr).toBe('')
  return JSON.parse(stdout) as Record<string, unknown>
}

describe('the guide', () => {
  test.each(shownOn(PAGE).map((shown) => [shown.words.join(' '), shown] as const))(
    '%s',
    async (line, { printed, words }) => {
      const { status, stderr, stdout } = await tstrace(folder, words)
      expect({ status, stderr }).toEqual({ status: line.includes('--expect') ? 3 : 0, stderr: '' })
      expect(steady(stdout)).toBe(steady(printed))
    },
  )

  test('its test is the one that was run', () => {
    const text = readFileSync(new URL('test/counted.test.ts', FIXTURE), 'utf8')
    expect(page).toContain(`\`\`\`ts\n${text}\`\`\``)
  })
})

test.each([
  ['timing', 'src/price.ts', 'if (price === undefined) {', [0, 1]],
  ['order', 'src/registry.ts', 'if (known !== undefined) {', [1, 0]],
  ['random', 'src/shuffle.ts', 'if (random() < 0.5) {', [3, 2]],
])('a flaky test (%s) parts behind its first branch', async (name, path, branch, counts) => {
  const { first } = await diffJson(folder, ['--test', name])
  const [reached, other] = (first as { lines: { text: string; counts: number[] }[] }).lines
  expect(first).toMatchObject({ path, calls: [1, 1] })
  expect(reached?.text.trim()).toBe(branch)
  expect(other?.counts).toEqual(counts)
  // Failing first, it is the opposite.
  const { first: turned } = await diffJson(folder, ['--test', name, '--attempt', 'failed,passed'])
  expect(turned).toMatchObject({ lines: [{}, { counts: counts.toReversed() }] })
})

test('a quadratic loop is found by counts that are the same in ten tests and both runners', async () => {
  const project = jestProject(30, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['tstrace/jest'],
  })
  expect(await project.jest(['unique'], { env: BY_TEST })).toMatchObject({ status: 0 })
  for (const where of [folder, project.folder]) {
    const { gates } = await diffJson(where, SLOW)
    const [gate] = (gates as { rows: { failed: boolean; tests: { after: number }[] }[] }).rows
    expect(gate?.failed).toBe(true)
    expect(gate?.tests.map(({ after }) => after)).toEqual(Array.from({ length: 10 }, () => 2618))
  }
  expect((await tstrace(folder, ['diff', '-f', 'before.counts', ...SLOW])).status).toBe(0)
})

test('conditions decide the status, and errors have another one', async () => {
  const statusOf = async (...words: string[]): Promise<[number | null, string]> => {
    const { status, stderr } = await tstrace(folder, ['diff', 'before.counts', ...words])
    return [status, stderr]
  }
  expect(await statusOf('--fail-on', 'lines')).toEqual([3, ''])
  expect(await statusOf('--fail-on', 'edges > 3', '--expect', 'lines == 6')).toEqual([0, ''])
  expect(await statusOf('--fail-on', 'calls(src/uniq.ts)>1')).toEqual([
    1,
    expect.stringContaining('GATE_UNKNOWN'),
  ])
  expect(await statusOf('--fail-on', 'lines >> 1')).toEqual([2, expect.stringContaining('\n         ^')])
  expect(await statusOf('--attempt', '1,2')).toEqual([
    2,
    expect.stringContaining('--attempt requires --test'),
  ])
})

test('the same recording gives nothing, also as runs of a side', async () => {
  mkdirSync(join(folder, 'runs'))
  for (const name of ['one', 'two', 'three'])
    copyFileSync(join(folder, RECORDING), join(folder, `runs/${name}.counts`))
  const { stdout } = await tstrace(folder, ['diff', 'runs', RECORDING, '--stable', '3'])
  expect(stdout).toMatch(/^Nothing ran differently\.\n/)
  const { status, stderr } = await tstrace(folder, ['diff', 'runs', RECORDING, '--stable', '4'])
  expect([status, stderr]).toEqual([1, expect.stringContaining('There are 3 and 1 runs')])
})

test('in a comment on a pull request it is short', async () => {
  const { stdout } = await tstrace(folder, ['diff', 'before.counts', '--markdown'])
  expect(stdout.split('\n').length).toBeLessThanOrEqual(61)
  expect(stdout).toContain('| 0 | 12830 |  | `src/unique.ts:7  isSame` |')
})
