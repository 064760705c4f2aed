import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instrument } from '@tstrace/instrument'
import { CoverageResults } from '@tstrace/results'
import { identifyProject } from '@tstrace/results/counts-file'
import { WRITTEN } from '@tstrace/results/writing'
import { expect, test } from 'vitest'
import { run } from '../../../results/test/counts-file/counts-files.ts'
import { joined } from '../../../results/test/joined.ts'
import { temporaryFolder } from '../../../results/test/temporary-folder.ts'
import { resolveOptions } from '../../src/options/resolve-options.ts'
import type { GivenOptions } from '../../src/options/tstrace-options.ts'
import { resultsFile } from '../../src/report/results-file.ts'
import { AskedFormats } from '../../src/run/asked-formats.ts'
import { type Report, writeReport } from '../../src/run/write-report.ts'

const TEXT = 'export function f() {}\n'

/** One call of `f` in `a.js`. */
function counted(): CoverageResults {
  const made = instrument(TEXT, { file: 'a.js' })
  if (!made) throw new Error('there is nothing to count')
  const f = { path: 'a.js', name: 'f' }
  return new CoverageResults({
    sources: [{ path: 'a.js', ...made, counts: new Float64Array(made.sites.counters).fill(1) }],
    edges: [{ caller: f, callee: f, calls: 1, resumptions: 0 }],
  })
}

async function reportIn(root: string, given: GivenOptions): Promise<Report> {
  const options = await resolveOptions({ given, givenWhere: 'the test', root })
  const results = counted()
  const data = { head: { ...identifyProject(root), runs: [run(1)] }, counted: new Map([['', results]]) }
  const formats = new AskedFormats(options.formats)
  await formats.loaded
  const page = () => ({ path: 'index.html', text: '' })
  return writeReport(results, { data, formats, keep: () => true, options, page, root })
}

test('listings and the results file are in the folder, and the summary is printed first', async () => {
  const root = temporaryFolder()
  writeFileSync(join(root, 'a.js'), TEXT)
  const { problems, text } = await reportIn(root, { listfuncs: true, trackcalls: true })
  expect(problems).toEqual([])
  expect([...text.matchAll(/^(lines|functions|calling) /gm)].map(([, word]) => word)).toEqual([
    'lines',
    'functions',
    'calling',
  ])
  const folder = join(root, 'coverage/tstrace')
  expect(readdirSync(folder).sort()).toEqual([
    WRITTEN,
    'a.cover',
    'calls.txt',
    'functions.txt',
    'recording.counts',
    'results.json',
    'summary.txt',
  ])
  expect(text).toMatch(
    /\n\nWritten to coverage\/tstrace\/: 1 listing, results\.json, recording\.counts, functions\.txt, calls\.txt, summary\.txt\n$/,
  )
  expect(readFileSync(join(folder, 'a.cover'), 'utf8')).toBe(`    1: ${TEXT}`)
  expect(readFileSync(join(folder, 'results.json'), 'utf8')).toBe(joined(resultsFile(counted())))
})

test('without listings there is the results file alone', async () => {
  const root = temporaryFolder()
  expect(await reportIn(root, { count: false, coverdir: 'out' })).toEqual({
    text: '\nWritten to out/: results.json, recording.counts\n',
    problems: [],
  })
  expect(readdirSync(join(root, 'out'))).toEqual([WRITTEN, 'recording.counts', 'results.json'])
})

test('a folder that cannot be written is said first, and everything is printed all the same', async () => {
  const root = temporaryFolder()
  writeFileSync(join(root, 'a.js'), `${TEXT}// changed since\n`)
  writeFileSync(join(root, 'file'), '')
  const { problems, text } = await reportIn(root, { coverdir: 'file' })
  expect(problems).toEqual([
    expect.stringContaining('Cannot write '),
    'No listing for a.js: the text that ran is not the one on disk.',
  ])
  expect(text).toMatch(/a {3}\(a\.js\)\n$/)
})
