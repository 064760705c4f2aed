import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeReports } from '@tstrace/core/adapter'
import { pageFile } from '@tstrace/page'
import type { CoverageResults } from '@tstrace/results'
import {
  type CountsInput,
  MergedFile,
  type MergeOptions,
  mergeCounts,
  mergedResults,
  piecesOf,
  readCountsFile,
  writeCountsFile,
} from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import { writeFilesSync } from '@tstrace/results/writing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { IS_WHOLE } from '../matrix.ts'
import { resultsOf, run, withoutTrailer, withTrailer } from './base-files.ts'
import { type Mutation, mutations } from './mutations.ts'

const ENDINGS = process.versions.node.startsWith('20.') ? ['', '.gz'] : ['', '.gz', '.zst']

/** Numbers of the runs in the files that are changed, and in the one that is merged with them. */
const NUMBERS = [1, 2] as const
const SOUND = 3

/** A folder three levels below that of the test, so that what leaves it is seen. */
function placeWithFiles(): { top: string; folder: string; sound: string } {
  const top = folderWith({})
  const folder = join(top, 'a', 'b')
  for (const part of ['base', 'work', 'out']) mkdirSync(join(folder, part), { recursive: true })
  for (const number of [...NUMBERS, SOUND]) {
    const label = 'os=linux'
    const data = {
      head: { project: 'demo', base: '', runs: [run(number), run(number + 10, { label })] },
      counted: new Map([
        ['', resultsOf(number)],
        [label, resultsOf(number + 10)],
      ]),
    }
    for (const ending of ENDINGS) writeCountsFile(join(folder, 'base', `${number}.counts${ending}`), data)
  }
  return { top, folder, sound: join(folder, 'base', `${SOUND}.counts`) }
}

function expectNothingOutside(top: string): void {
  expect(readdirSync(top)).toEqual(['a'])
  expect(readdirSync(join(top, 'a'))).toEqual(['b'])
  expect(readdirSync(join(top, 'a', 'b')).sort()).toEqual(['base', 'out', 'work'])
}

/** The file with these changes. */
function mutant(
  folder: string,
  ending: string,
  change: (bytes: (number: number) => Buffer) => Uint8Array,
): string {
  const file = join(folder, 'work', `mutant.counts${ending}`)
  writeFileSync(
    file,
    change((number) => readFileSync(join(folder, 'base', `${number}.counts${ending}`))),
  )
  return file
}

function tell(counted: ReadonlyMap<string, CoverageResults>): string {
  const labels = [...counted.keys()].sort()
  return JSON.stringify(labels.map((label) => [label, counted.get(label)]))
}

/** What is in a file, or undefined where it is refused as it must be: by name, with one of the codes for that. */
function readOrRefused(file: string): ReadonlyMap<string, CoverageResults> | undefined {
  try {
    return readCountsFile(file).counted
  } catch (error) {
    expect(error).toBeInstanceOf(TstraceError)
    const { code, message } = error as TstraceError
    expect(code).toMatch(/^TST_(COUNTS_(DAMAGED|FOREIGN|NEWER|TOO_LARGE)|CANNOT_READ)$/)
    expect(message).toContain(file)
    return undefined
  }
}

function inputsOf(files: readonly string[]): CountsInput[] {
  return files.map((file) => ({ name: file, pieces: () => piecesOf(file) }))
}

function merge(files: readonly string[], output: MergeOptions['output']): Promise<string[]> {
  return mergeCounts(inputsOf(files), { project: '', output })
}

async function addedUp(
  files: readonly string[],
): Promise<[ReadonlyMap<string, CoverageResults>, readonly string[]]> {
  const { counted, problems } = await mergedResults(inputsOf(files), { project: '' })
  return [counted, problems]
}

const which = fc.constantFrom(...NUMBERS)
const other = (number: number): number => NUMBERS[0] + NUMBERS[1] - number

/** How many files are damaged by chance: enough for each kind of damage many times, or far more. */
const FILES = IS_WHOLE ? 10_000 : 400

test('of many files damaged by chance, none is read but as what it was', async () => {
  const { folder, sound, top } = placeWithFiles()
  const sums = new Map<string | undefined, string>([[undefined, tell(readCountsFile(sound).counted)]])
  for (const number of NUMBERS) {
    const file = join(folder, 'base', `${number}.counts`)
    sums.set(tell(readCountsFile(file).counted), tell((await addedUp([file, sound]))[0]))
  }
  let accepted = 0
  const check = async (ending: string, number: number, mutate: Mutation): Promise<void> => {
    const file = mutant(folder, ending, (bytes) => mutate(bytes(number), bytes(other(number))))
    const counted = readOrRefused(file)
    if (counted) accepted++
    const [sum, problems] = await addedUp([file, sound])
    expect(tell(sum)).toBe(sums.get(counted && tell(counted)))
    expect(problems).toEqual(counted ? [] : [expect.stringContaining(file)])
  }
  const property = fc.asyncProperty(fc.constantFrom(...ENDINGS, ''), which, mutations, check)
  await fc.assert(property, { numRuns: 0.7 * FILES, seed: 5 })
  // Some changes change nothing, as of the time in the head of a gzip file.
  expect(accepted).toBeLessThan(0.2 * FILES)
  expectNothingOutside(top)
})

test('of many files changed by chance with a last line that fits, none does harm', async () => {
  const { folder, sound, top } = placeWithFiles()
  const out = join(folder, 'out', 'sum.counts')
  let reports = 0
  const check = async (number: number, mutate: Mutation): Promise<void> => {
    const file = mutant(folder, '', (bytes) =>
      withTrailer(mutate(withoutTrailer(bytes(number)), withoutTrailer(bytes(other(number))))),
    )
    const counted = readOrRefused(file)
    const [sum, problems] = await addedUp([file, sound])
    expect(await merge([file, sound], () => new MergedFile(out))).toEqual(problems)
    if (!counted) expect(problems.join()).toContain(file)
    expect(tell(readCountsFile(out).counted)).toBe(tell(sum))
    for (const [label, results] of sum) {
      for (const { counts } of results.sources())
        expect(counts.every((count) => Number.isSafeInteger(count))).toBe(true)
      if (label === '' && reports++ % 4 === 0) report(results, join(folder, 'out', 'listings'))
    }
  }
  await fc.assert(fc.asyncProperty(which, mutations, check), { numRuns: 0.3 * FILES, seed: 5 })
  expect(Object.keys(Object.prototype)).toEqual([])
  expectNothingOutside(top)
})

/** Writes every kind of report; what the file system refuses is said. */
function report(results: CoverageResults, folder: string): void {
  const text = 'one\n'.repeat(9)
  const reports = composeReports(results, {
    asked: {
      count: true,
      missing: true,
      summary: true,
      listfuncs: true,
      trackcalls: true,
      html: true,
      total: true,
      ranges: true,
      folder: true,
    },
    page: (material) => pageFile({ ...material, runs: [] }),
    keep: () => true,
    source: () => ({ text }),
  })
  for (const { lines } of reports) expect([...lines].join('')).not.toMatch(/[^\P{Cc}\n]/u)
  try {
    writeFilesSync(
      folder,
      reports.flatMap(({ files }) => files),
    )
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^TST_(CANNOT_WRITE|OUTSIDE_FOLDER)$/) })
  }
}

test('the command merges without what is damaged, or refuses it where nothing else is there', async () => {
  const { folder, sound, top } = placeWithFiles()
  for (const [i, mutate] of fc.sample(mutations, { numRuns: IS_WHOLE ? 12 : 6, seed: 5 }).entries()) {
    const ending = ENDINGS[i % ENDINGS.length] as string
    const file = mutant(folder, ending, (bytes) => mutate(bytes(1), bytes(2)))
    if (readOrRefused(file)) continue
    const alone = await tstrace(folder, ['-r', '-m', '-s', '-f', file, '-C', 'out'])
    expect(alone).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(`mutant.counts${ending} `),
    })
    const both = await tstrace(folder, ['merge', file, sound, '-o', 'out/sum.counts'])
    expect(both).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/mutant\.counts.* It is left out\. \[TST_\w+\]\n$/s),
    })
    const strict = await tstrace(folder, ['merge', '--strict', file, sound, '-o', 'out/strict.counts'])
    expect(strict).toMatchObject({ status: 1, stderr: expect.stringContaining('Nothing was written') })
    expect(readdirSync(join(folder, 'out'))).toEqual(['sum.counts'])
  }
  expectNothingOutside(top)
})
