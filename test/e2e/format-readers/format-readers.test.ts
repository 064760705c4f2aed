import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type CallEdge, CoverageResults } from '@tstrace/results'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../page/browser.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'
import { runProgram } from './machine-program.ts'

/*
 * Files of other tools, each opened by the tool that it is for. One run makes all of them.
 */

const FIXTURE = new URL('../page/fixtures/', import.meta.url)
const FORMATS = ['lcov', 'callgrind', 'mermaid', 'speedscope']
const require = createRequire(import.meta.url)

let browser: Browser
let results: CoverageResults
let folder = ''

beforeAll(async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  const formats = FORMATS.map((name) => `--format ${name}`).join(' ')
  const env = { TSTRACE: `--branches --trackcalls ${formats}` }
  expect(await project.vitest(['--reporter=tstrace'], { env })).toMatchObject({ status: 0 })
  folder = project.folder
  results = CoverageResults.fromJSON(project.read('coverage/tstrace/results.json'))
  browser = await startBrowser()
})

afterAll(() => browser?.close())

function made(file: string): string {
  return join(folder, 'coverage/tstrace', file)
}

/** Into functions of sources; those of tests are in no such file. */
function callsOfSources(): readonly CallEdge[] {
  return results.edges().filter(({ callee, calls }) => calls > 0 && callee.path.startsWith('src/'))
}

/** Path → line → count, without lines that count 0 unless they are asked for. */
function numbers(withZeros: boolean): Record<string, Record<string, number>> {
  const of = (path: string): [string, number][] =>
    [...results.lineCounts(path)].flatMap(([line, count]) =>
      count > 0 || withZeros ? [[String(line), count] as [string, number]] : [],
    )
  return Object.fromEntries(results.versions().map(({ path }) => [path, Object.fromEntries(of(path))]))
}

/** Elsewhere they are not to be had. */
const onLinux = test.runIf(process.platform === 'linux')

onLinux('genhtml makes pages of LCOV, with the numbers of the listing', () => {
  const said = runProgram(
    { name: 'genhtml', from: 'lcov' },
    ['--branch-coverage', '--output-directory', 'html', made('lcov.info')],
    folder,
  )
  const versions = results.versions()
  const lines = versions.flatMap(({ path }) => [...results.lineCounts(path).values()])
  const ran = lines.filter((count) => count > 0).length
  expect(said).toContain(`(${ran} of ${lines.length} lines)`)
  const shown = versions.map(({ path }) => {
    const page = readFileSync(join(folder, 'html', `${path}.gcov.html`), 'utf8')
    const rows = page.matchAll(/class="lineNum"> *(\d+) <\/span>.*?class="line(?:No)?Cov"> *(\d+) :/g)
    return [path, Object.fromEntries([...rows].map(([, line = '', count]) => [line, Number(count)]))]
  })
  expect(Object.fromEntries(shown)).toEqual(numbers(true))
})

onLinux('callgrind_annotate shows lines with their numbers, and calls', () => {
  const annotated = runProgram(
    { name: 'callgrind_annotate', from: 'valgrind' },
    ['--threshold=100', '--auto=yes', '--show-percs=no', '--tree=calling', made('callgrind.out.tstrace')],
    folder,
  )
  const [functions = '', ...sources] = annotated.split('-- Auto-annotated source: ')
  let caller = ''
  const edges = functions.split('\n').flatMap((row) => {
    const [, kind, name = '', count = ''] =
      /^ *[\d,.]+ {2}([*>]) {2,3}(.+?)(?: \(([\d,]+)x\))?(?: \[\])?$/.exec(row) ?? []
    if (kind === '*') caller = name
    return kind === '>' ? [`${caller} > ${name}: ${count.replaceAll(',', '')}`] : []
  })
  const place = ({ name, path }: { readonly name: string; readonly path: string }): string =>
    `${path || '???'}:${name}`
  expect(edges.sort()).toEqual(
    callsOfSources()
      .map(({ callee, caller, calls }) => `${place(caller)} > ${place(callee)}: ${calls}`)
      .sort(),
  )
  const shown = sources.flatMap((text) => {
    const [path = '', , , , ...rows] = text.split('\n')
    const end = rows.findIndex((row) => row.startsWith('---'))
    const own = rows.slice(0, end).filter((row) => !/^ *[\d,]+ {2}=> /.test(row))
    const counts = own.flatMap((row, at): [number, number][] => {
      const [, count] = /^ *([\d,]+) {2}/.exec(row) ?? []
      return count === undefined ? [] : [[at + 1, Number(count.replaceAll(',', ''))]]
    })
    return path.startsWith('src/') ? [[path, Object.fromEntries(counts)]] : []
  })
  expect(Object.fromEntries(shown)).toEqual(numbers(false))
})

test('a machine without a program is told what to install', () => {
  const missing = { name: 'tstrace-is-no-such-program', from: 'lcov' }
  expect(() => runProgram(missing, [], folder)).toThrow('no-such-program. Debian has it in the package lcov')
  expect(() => runProgram({ name: process.execPath, from: '' }, ['-e', 'process.exit(3)'], folder)).toThrow(
    'with 3',
  )
})

test('Mermaid draws an arrow for the calls between two sources', async () => {
  const page = await browser.newPage()
  await page.addScriptTag({ path: require.resolve('@mermaid-js/tiny') })
  const drawn = await page.evaluate(
    async (text) => {
      const { mermaid } = globalThis as unknown as { readonly mermaid: Mermaid }
      document.body.innerHTML = (await mermaid.render('graph', text)).svg
      const texts = (selector: string): (string | undefined)[] =>
        [...document.querySelectorAll(selector)].map(({ textContent }) => textContent?.trim())
      const arrows = [...document.querySelectorAll<SVGPathElement>('path.flowchart-link')]
      const isDrawn = arrows.every((arrow) => arrow.getTotalLength() > 10)
      return { nodes: texts('.node'), labels: texts('.edgeLabel .label'), arrows: arrows.length, isDrawn }
    },
    readFileSync(made('calls.mmd'), 'utf8'),
  )
  const calls = callsOfSources().filter(
    ({ callee, caller }) => caller.path === 'src/cart.ts' && callee.path !== caller.path,
  )
  expect(drawn).toEqual({
    nodes: ['src/cart.ts', 'src/money/price.ts'],
    labels: [String(calls.reduce((sum, edge) => sum + edge.calls, 0))],
    arrows: 1,
    isDrawn: true,
  })
  await page.close()
})

interface Mermaid {
  render(id: string, text: string): Promise<{ readonly svg: string }>
}

test('speedscope shows of each function how often it was called', async () => {
  const file = made('calls.speedscope.json')
  // Its own command opens a file like that.
  const content = JSON.stringify(readFileSync(file).toString('base64'))
  writeFileSync(`${file}.js`, `speedscope.loadFileFromBase64("calls.speedscope.json", ${content})`)
  const page = await browser.newPage()
  const release = pathToFileURL(require.resolve('speedscope/dist/release/index.html')).href
  await page.goto(`${release}#localProfilePath=${file}.js`)
  await page.getByText('Sandwich').click()
  expect(await sandwich(page)).toEqual(
    functionsCalled()
      .map(({ calls, name }) => `${calls} ${name}`)
      .sort(),
  )
  await page.close()
})

/** Of each function that was called, by whatever name, its calls as speedscope has added them up. */
async function sandwich(page: Page): Promise<string[]> {
  await page.waitForSelector('table tr td')
  const rows = await page.$$eval('table tr', (all) =>
    all.map(({ children }) => [...children].map(({ textContent }) => textContent ?? '')),
  )
  return rows
    .flatMap(([, self = '', name]) => {
      const [, calls] = /^([\d,]+) \(/.exec(self) ?? []
      return calls && calls !== '0' ? [`${calls.replaceAll(',', '')} ${name}`] : []
    })
    .sort()
}

function functionsCalled(): { readonly name: string; readonly calls: number }[] {
  const calls = new Map<string, { name: string; calls: number }>()
  for (const { callee, calls: more } of callsOfSources()) {
    const key = `${callee.path} ${callee.name}`
    calls.set(key, { name: callee.name, calls: more + (calls.get(key)?.calls ?? 0) })
  }
  return [...calls.values()]
}
