/*
 * `npm run beside-istanbul -- FOLDER…`: runs the tests of projects in which Vitest, `@vitest/coverage-istanbul` and tstrace are
 * installed, and compares what tstrace exports as Istanbul's coverage with what Istanbul counts: each in a run of its own, and
 * both in one run. Prints how many items there are, the rules that differences follow, and each that has none; exits with 1 then.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { compareExports } from './compare-exports.ts'

interface Counting {
  readonly ours?: string
  readonly theirs?: string
}

/** Runs the tests of a project, and has what was counted written into folders. */
function run(folder: string, { ours, theirs }: Counting): void {
  const vitest = dirname(createRequire(join(folder, 'x')).resolve('vitest/package.json'))
  const coverage = [
    'enabled',
    'provider=istanbul',
    'reporter=json',
    'reportOnFailure',
    `reportsDirectory=${theirs}`,
  ]
  const words = [join(vitest, 'vitest.mjs'), 'run', '--reporter=default']
  if (theirs !== undefined) words.push(...coverage.map((option) => `--coverage.${option}`))
  if (ours !== undefined) words.push('--reporter=tstrace')
  const env = { ...process.env, TSTRACE: `--branches --format istanbul -C ${JSON.stringify(ours)}` }
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) console.log(`Vitest ended with ${status}: ${stderr}`)
}

const folders = process.argv.slice(2)
if (folders.length === 0) throw new Error('Which projects? npm run beside-istanbul -- FOLDER…')
const places = mkdtempSync(join(tmpdir(), 'beside-istanbul-'))
try {
  for (const folder of folders.map((given) => resolve(given))) {
    const [ours = '', theirs = '', oursBeside = '', theirsBeside = ''] = [0, 1, 2, 3].map((number) =>
      join(places, basename(folder), String(number)),
    )
    run(folder, { ours })
    run(folder, { theirs })
    run(folder, { ours: oursBeside, theirs: theirsBeside })
    for (const [how, ...pair] of [
      ['each in a run of its own', ours, theirs],
      ['both in one run', oursBeside, theirsBeside],
    ] as const) {
      const [our = '', their = ''] = pair.map((place) => join(place, 'coverage-final.json'))
      const { unexplained, ...figures } = compareExports(our, their)
      console.log(`${basename(folder)}, ${how}:`, { ...figures, unexplained: unexplained.length })
      for (const difference of unexplained) console.log(difference)
      if (unexplained.length > 0) process.exitCode = 1
    }
  }
} finally {
  rmSync(places, { recursive: true, force: true })
}
