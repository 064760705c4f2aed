import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { startBrowser } from '../page/browser.ts'
import { HOSTILE_FILES, HOSTILE_SOURCE, HOSTILE_TITLE } from '../page/hostile-files.ts'
import { shownOn } from '../questions/guide.ts'
import { NEWEST, type VitestProject, vitestProject } from '../vitest-project.ts'
import { type ComparedOnPage, comparedOnPage, nameIn } from './page-of.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
/** Windows has no files of such names. */
const HAS_HOSTILE = process.platform !== 'win32'
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
let vitest: VitestProject['vitest']

beforeAll(async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  ;({ folder, vitest } = project)
  const shorter = project.read('src/unique.ts')
  // What runs as often in both is in no answer, but on the page.
  if (HAS_HOSTILE) for (const [path, text] of Object.entries(HOSTILE_FILES)) project.write(path, text)
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

test('a quadratic loop is found by counts that are the same in ten tests, in every run and in both runners', async () => {
  const jest = jestProject(30, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', 'tstrace/jest'],
  })
  for (let run = 0; run < 2; run++) {
    const { status, stderr } = await jest.jest(['unique', 'counted'], { env: BY_TEST })
    // As the tracer in the run of Vitest.
    expect(status).toBe(1)
    expect(stderr).toContain('    Expected: <= 101\n    Received:    2601\n')
    await expectQuadratic(jest.folder)
  }
  await expectQuadratic(folder)
  const again = { TSTRACE: `${BY_TEST.TSTRACE} --coverdir again` }
  expect(await vitest(['--reporter=tstrace', 'unique', 'counted'], { env: again })).toMatchObject({
    status: 1,
  })
  await expectQuadratic(folder, ['-f', 'again'])
  expect((await tstrace(folder, ['diff', '-f', 'before.counts', ...SLOW])).status).toBe(0)
})

async function expectQuadratic(where: string, words: readonly string[] = []): Promise<void> {
  const { gates } = await diffJson(where, [...SLOW, ...words])
  const [gate] = (gates as { rows: { failed: boolean; tests: { after: number }[] }[] }).rows
  expect(gate?.failed).toBe(true)
  expect(gate?.tests.map(({ after }) => after)).toEqual([...Array.from({ length: 10 }, () => 2618), 2601])
}

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
  expect(stdout).toContain('| 0 | 14105 |  | `src/unique.ts:7  isSame` |')
})

interface Range {
  readonly from: number
  readonly to: number
  readonly path: string
}

interface DiffRow {
  readonly before?: Range
  readonly after?: Range
  readonly counts: readonly [number, number]
}

/** The parts that are compared with the page. */
interface WholeAnswer {
  readonly total: Readonly<Record<'onlyBefore' | 'onlyAfter' | 'changed' | 'edges' | 'newMissing', number>>
  readonly first: { readonly path: string; readonly function: string }
  readonly rows: readonly DiffRow[]
  readonly changed: { readonly rows: readonly DiffRow[] }
  readonly edges: {
    readonly rows: readonly {
      readonly calls: readonly [number, number]
      readonly caller: { readonly name: string }
      readonly callee: { readonly name: string }
    }[]
  }
}

describe('the page', () => {
  let browser: Browser
  let opened: ComparedOnPage
  let answer: WholeAnswer

  beforeAll(async () => {
    const { status, stdout } = await tstrace(folder, ['diff', 'before.counts', '--html', '-C', 'pages'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/\n\nWritten to pages.diff\.html\n$/)
    answer = (await diffJson(folder, ['before.counts'])) as unknown as WholeAnswer
    browser = await startBrowser()
    opened = await comparedOnPage(browser, join(folder, 'pages'))
  })

  afterAll(() => browser?.close())

  test('says how much differs, where it parts and in which sources, as the answer does', async () => {
    const { first, total } = answer
    expect(await opened.totals()).toMatchObject({
      'ran only in the first': total.onlyBefore,
      'ran only in the second': total.onlyAfter,
      'not as often': total.changed,
      'calls that differ': total.edges,
      'newly missing': total.newMissing,
    })
    expect(await opened.texts('.parts p:first-child')).toEqual([
      `It parts in ${first.path}:3, ${first.function}, called 11 times in both:`,
    ])
    expect((await opened.cells('pairs')).map((cells) => cells.slice(0, 4))).toEqual([
      ['src/unique.ts text changed', '− 4', '+ 2', ''],
    ])
    expect(await opened.barriers()).toEqual([])
  })

  test('each line has both numbers, and those that differ are those of the answer', async () => {
    await opened.press('j')
    expect(opened.address()).toBe('#/source/src/unique.ts:-3')
    const shown = await opened.lines()
    const rows = [...answer.rows, ...answer.changed.rows]
    const placed = rows.flatMap(({ after, before }) => {
      const { from, to } = after ?? before ?? { from: 0, to: -1 }
      return Array.from({ length: to - from + 1 }, (_, at) => (after ? from + at : -from - at))
    })
    const differing = shown.filter(({ difference }) => difference !== '')
    const addressOf = ({ lines: [one, other] }: (typeof shown)[number]): number =>
      Number(other) || -Number(one)
    expect(differing.map(addressOf).sort()).toEqual(placed.sort())
    expect(differing.map(({ counts, difference }) => [...counts, difference])).toEqual([
      ['11', '', '− only'],
      ['', '14105', '+ only'],
      ['560', '', '− only'],
      ['560', '', '− only'],
      ['560', '', '− only'],
      ['', '14105', '+ only'],
    ])
    expect(shown[1]).toEqual({ lines: ['2', '2'], counts: ['2', '2'], difference: '' })
    expect(await opened.texts('.panel .said')).toEqual(['ran 11 → 0 times − onlyran only in the first'])
    expect(await opened.barriers()).toEqual([])
  })

  test('keys go to each line that differs, and the panel says who called its function in either', async () => {
    const visited = [opened.address()]
    for (let at = 0; at < 4; at++) {
      await opened.press('j')
      visited.push(opened.address())
    }
    expect(new Set(visited).size).toBe(5)
    await opened.go('/source/src/unique.ts:-8')
    expect(await opened.texts('.panel h3 bdi')).toEqual(['isNew'])
    expect(await opened.texts('.panel section:not(.tests-of-line) .pair')).toEqual(['560 → 0'])
    await opened.press('Escape')
    expect(await opened.texts('.panel')).toEqual([])
    await opened.press(']')
    expect(opened.address()).toBe('#/source/src/unique.ts:3')
  })

  test('the panel names the tests that ran the line in either recording, and the map has its colour', async () => {
    await opened.go('/source/src/unique.ts:7')
    const { stdout } = await tstrace(folder, ['tests', 'src/unique.ts:7', '--json'])
    const { rows } = JSON.parse(stdout) as { rows: { count: number; titles: string[] }[] }
    expect(rows).toHaveLength(11)
    expect(await opened.texts('.panel .tests-of-line h3')).toEqual(['Ran in 11 tests, 11 not as often'])
    expect(await opened.texts('.panel .tests-of-line .pair')).toEqual(
      rows.map(({ count }) => `0 → ${count.toLocaleString('en-US')}`),
    )
    expect(await opened.texts('.panel .tests-of-line bdi')).toContain('fifty words, run 1')
    expect(await opened.barriers()).toEqual([])
    expect(await opened.mapped('.difference.more.by-4')).toBeGreaterThan(100)
    await opened.press('Escape')
  })

  test('calls that differ are those of the answer', async () => {
    await opened.press('c')
    const { rows } = answer.edges
    const shown = await opened.cells('edges')
    expect(
      shown.map(([from, to, , caller = '', callee = '']) => [from, to, nameIn(caller), nameIn(callee)]),
    ).toEqual(
      rows.map(({ callee, caller, calls }) => [
        ...calls.map((one) => one.toLocaleString('en-US')),
        caller.name,
        callee.name,
      ]),
    )
    expect(await opened.barriers()).toEqual([])
  })

  test.runIf(HAS_HOSTILE)('nothing that was recorded acts or is lost, whatever it is called', async () => {
    await opened.page.getByRole('button', { name: 'all', exact: true }).click()
    expect((await opened.texts('.edges bdi')).join('\n')).toContain(`shop.[${JSON.stringify(HOSTILE_TITLE)}]`)
    await opened.press('o')
    await opened.page.getByRole('button', { name: 'all', exact: true }).click()
    await opened.page.locator('.pairs a', { hasText: HOSTILE_SOURCE }).click()
    await opened.page.waitForSelector('.compared .line')
    expect((await opened.texts('.compared .code')).join('\n')).toContain('document.write(')
    expect(opened.complaints).toEqual([])
    expect(
      await opened.page.evaluate('[window.owned, document.querySelectorAll("main script, main img").length]'),
    ).toEqual([undefined, 0])
  })
})
