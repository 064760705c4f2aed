import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { pageFile } from '@tstrace/page'
import { readRecording } from '@tstrace/results/recording'
import { writeFilesSync } from '@tstrace/results/writing'
import { type Browser, chromium, type Page } from 'playwright-core'
import { printTable } from './print-table.ts'
import { type RecordingSize, writeRecording } from './recording-data.ts'
import { maximum, median, minimum, type Series } from './series.ts'

/*
 * The page of a large project, and that which compares it with itself after a change of every source: how large the files are, and
 * how long a browser takes to show them. `npm run bench:page`; with the path of a page behind `--`, that one.
 */

const TSTRACE = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))
const LARGE: RecordingSize = { tests: 5000, sources: 1000, each: 30, functions: 15 }
const ROUNDS = 7

/** Writes the page of a generated recording, and returns its path. */
function writtenPage(folder: string): string {
  const file = join(folder, 'recording.counts')
  writeRecording(file, LARGE)
  const recording = readRecording(file, { root: process.cwd() })
  const start = performance.now()
  const page = pageFile({
    results: recording.results(),
    keep: () => true,
    source: (path, hash) => ({ text: recording.text({ path, hash }) ?? '' }),
    runs: recording.runs,
  })
  writeFilesSync(folder, [page])
  console.log(`The page was written in ${((performance.now() - start) / 1000).toFixed(1)} s.`)
  return join(folder, page.path)
}

/** Writes the page that compares the recording with one of which every source has changed, and returns its path. */
function writtenComparison(folder: string): string {
  writeRecording(join(folder, 'after.counts'), { ...LARGE, changed: LARGE.sources })
  const start = performance.now()
  const words = ['diff', 'recording.counts', 'after.counts', '--html', '-C', '.']
  const { status, stderr } = spawnSync(process.execPath, [TSTRACE, ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  console.log(
    `The comparison was answered and written in ${((performance.now() - start) / 1000).toFixed(1)} s.`,
  )
  return join(folder, 'diff.html')
}

interface Times {
  /** Until something of the page is painted, from the start of loading, in milliseconds. */
  readonly paint: number
  /** From the click on a source in the list to its lines, the mean of several, in milliseconds. */
  readonly source: number
  /** The most elements in the document meanwhile. */
  readonly elements: number
}

async function timesOf(browser: Browser, file: string): Promise<Times> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(pathToFileURL(file).href, { waitUntil: 'commit' })
  await page.waitForSelector('.sources .col-name, .pairs .col-name')
  const paint = await page.evaluate<number>(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()`,
  )
  await page.waitForLoadState('load')
  const opened = await opening(page)
  const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`)
  await page.close()
  return { paint, source: opened, elements: elements }
}

/** Opens sources one after the other, as following their links does. */
async function opening(page: Page): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const labels = [...document.querySelectorAll('.tree-map a, .pairs .col-name a')].slice(0, 8).map((link) => link.getAttribute('href'))
    const times = []
    for (const label of labels) {
      location.hash = '#/'
      await new Promise((done) => setTimeout(done, 100))
      const start = performance.now()
      location.hash = label
      while (!document.querySelector('.lines .line')) await new Promise((done) => requestAnimationFrame(done))
      times.push(performance.now() - start)
    }
    return times.reduce((sum, time) => sum + time, 0) / times.length
  })()`)
}

function rowOf(name: string, series: Series, budget: number): string[] {
  const [least, middle, most] = [minimum(series), median(series), maximum(series)].map((time) =>
    time.toFixed(0),
  )
  return [name, middle as string, `${least}–${most}`, String(budget)]
}

async function measure(browser: Browser, file: string): Promise<void> {
  const times: Times[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await timesOf(browser, file))
  const elements = Math.max(...times.map((one) => one.elements))
  console.log(
    `${(statSync(file).size / 1e6).toFixed(2)} MB, of 12; at most ${elements} elements in the document.\n`,
  )
  printTable(
    ['', 'ms, median', 'range', 'budget'],
    [
      rowOf(
        'first paint',
        times.map(({ paint }) => paint),
        1000,
      ),
      rowOf(
        'a source',
        times.map(({ source }) => source),
        150,
      ),
    ],
  )
}

const folder = mkdtempSync(join(tmpdir(), 'tstrace-bench-'))
const executablePath = '/usr/bin/chromium'
const browser = await chromium.launch({
  ...(existsSync(executablePath) ? { executablePath } : { channel: 'chrome' }),
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
try {
  const given = process.argv[2]
  if (given !== undefined) await measure(browser, given)
  else for (const write of [writtenPage, writtenComparison]) await measure(browser, write(folder))
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
