import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { startBrowser } from '../page/browser.ts'
import { openPage } from '../page/opened-page.ts'
import { NEWEST, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../questions/fixtures/', import.meta.url)
const ASKED = '--contexts test --branches --format lcov --format istanbul --format cobertura'

type Project = Pick<VitestProject, 'folder' | 'read'>

const RUN: readonly [runner: string, run: () => Promise<[Project, string]>][] = [
  [
    'Vitest',
    async () => {
      const project = vitestProject(NEWEST, FIXTURE)
      const { stdout } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: ASKED } })
      return [project, stdout]
    },
  ],
  [
    'Jest',
    async () => {
      const reporters = ['default', ['tstrace/jest', { html: true }]]
      const project = jestProject(30, FIXTURE, { transform: TRANSFORMS['@swc/jest'], reporters })
      const { stderr } = await project.jest([], { env: { TSTRACE: ASKED } })
      return [project, stderr]
    },
  ],
]

/** The numbers of a listing: line → count. */
function listed(cover: string): [number, number][] {
  return cover.split('\n').flatMap((line, i) => {
    const [, count] = /^ *(\d+)[:!] /.exec(line) ?? (line.startsWith('>>>>>> ') ? ['', '0'] : [])
    return count === undefined ? [] : [[i + 1, Number(count)] as [number, number]]
  })
}

/** What the page of a run says of `src/cart.ts`: how often each line ran. */
async function shownOnPage(folder: string): Promise<[number, number][]> {
  const browser = await startBrowser()
  try {
    const { complaints, go, page } = await openPage(browser, join(folder, 'coverage/tstrace/index.html'))
    await go('/source/src/cart.ts')
    const counts = await page.$$eval('.lines [role=row]', (all) =>
      all.map((row) => row.querySelector('.count')?.textContent ?? ''),
    )
    expect(complaints).toEqual([])
    return listed(counts.map((count) => `${count} `).join('\n'))
  } finally {
    await browser.close()
  }
}

describe.each(RUN)('%s', (runner, run) => {
  test('formats stand beside the listings, with the same numbers, and of a recording there are more', async () => {
    const [{ folder, read }, output] = await run()
    expect(output).toMatch(
      /Written to coverage\/tstrace\/: .*lcov\.info, coverage-final\.json, cobertura-coverage\.xml/,
    )
    const lcov = read('coverage/tstrace/lcov.info')
    for (const path of ['src/cart.ts', 'src/price.ts']) {
      const [, record = ''] = lcov.split(`SF:${path}\n`)
      const numbers = [...(record.split('end_of_record')[0] ?? '').matchAll(/^DA:(\d+),(\d+)$/gm)]
      const cover = read(`coverage/tstrace/${path.replace('.ts', '.cover')}`)
      expect(numbers.map(([, line, count]) => [Number(line), Number(count)])).toEqual(listed(cover))
    }
    if (runner === 'Jest')
      expect(await shownOnPage(folder)).toEqual(listed(read('coverage/tstrace/src/cart.cover')))
    expect(Object.keys(JSON.parse(read('coverage/tstrace/coverage-final.json')))).toHaveLength(2)
    expect(read('coverage/tstrace/src/price.cover')).toMatch(/^ *\d+! /m)
    expect(lcov).toMatch(/^BRDA:\d+,\d+,\d+,0$/m)

    const again = await tstrace(folder, [
      'export',
      '--format',
      'lcov',
      '--format',
      'sonar',
      '--format',
      'lcov-tests',
    ])
    expect(again).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Written to coverage/tstrace/: lcov.info, sonar-coverage.xml, lcov-tests.info\n',
    })
    expect(read('coverage/tstrace/lcov.info')).toBe(lcov)
    expect(read('coverage/tstrace/lcov-tests.info')).toMatch(
      /^TN:test\/cart\.test\.ts > .*\nSF:src\/cart\.ts$/m,
    )
  })
})

test('of one test into a file of its own; and what cannot be is said', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '--contexts test' } })
  const words = ['export', 'coverage/tstrace', '--format', 'lcov']
  const one = await tstrace(project.folder, [...words, '--test', 'test/price.test.ts', '-o', 'out/one.info'])
  expect(one).toMatchObject({ status: 0, stdout: 'Written to out/one.info\n', stderr: '' })
  expect(project.read('out/one.info')).toMatch(/^TN:test\/price\.test\.ts\nSF:src\/price\.ts\n/)
  const folder = await tstrace(project.folder, [...words, '-o', 'new/'])
  expect(folder).toMatchObject({ status: 0, stdout: 'Written to new/lcov.info\n', stderr: '' })
  const there = await tstrace(project.folder, [
    'export',
    '-f',
    'coverage/tstrace',
    '--format',
    'sonar',
    '-o',
    'new',
  ])
  expect(there).toMatchObject({ status: 0, stdout: 'Written to new/sonar-coverage.xml\n', stderr: '' })
  const several = await tstrace(project.folder, [...words, '--format', 'dot', '-o', 'two'])
  expect(several).toMatchObject({ status: 1, stdout: 'Written to two/lcov.info\n' })
  const sum = await tstrace(project.folder, [...words, '-f', 'coverage/tstrace/recording.counts'])
  expect(sum).toMatchObject({ status: 2, stderr: expect.stringContaining('of several recordings') })
  project.write('coverage/tstrace/lcov.info', 'of somebody else')
  const others = await tstrace(project.folder, words)
  expect(others).toMatchObject({ status: 1, stdout: '' })
  expect(others.stderr).toContain('lcov.info is not written: there is one already')
  expect(project.read('coverage/tstrace/lcov.info')).toBe('of somebody else')
  rmSync(join(project.folder, 'coverage/tstrace/lcov.info'))
  const standard = await tstrace(project.folder, [...words, '--format', 'sonar', '-o', '-'])
  expect(standard).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('argument -o/--output: - is standard output, which takes one format'),
  })
  expect(await tstrace(project.folder, [...words, '--format', 'lcow'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('argument --format: "lcow" is not known. Did you mean "lcov"?'),
  })
  project.write('src/price.ts', 'export {}\n')
  expect(await tstrace(project.folder, words)).toMatchObject({
    status: 0,
    stderr:
      'tstrace: src/price.ts is not on disk as it was when it ran: the numbers are of the text that ran.\n',
  })
  const wrong = await project.vitest(['--reporter=tstrace'], {
    env: { TSTRACE: '--format lcow --fail-under 1' },
  })
  expect(wrong.status).toBe(1)
  expect(wrong.stdout + wrong.stderr).toContain(
    'Option --format in TSTRACE does not know "lcow". Did you mean "lcov"?',
  )
  const noFolder = await tstrace(project.folder, ['-c', '--format', 'lcov', 'src/cart.ts'])
  expect(noFolder).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--format requires -C/--coverdir'),
  })
})
