import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { countsText } from '../../src/counts-file/accumulate.ts'
import { piecesOf, sizeOf } from '../../src/counts-file/compression.ts'
import { mergeCounts } from '../../src/counts-file/merge-counts.ts'
import { MergedFile, mergedResults } from '../../src/counts-file/merge-outputs.ts'
import { type CountsData, readCounts, readCountsFile } from '../../src/counts-file/read-counts-file.ts'
import { packText, TextsByPath, unpackText } from '../../src/counts-file/recorded-texts.ts'
import { recordingFile } from '../../src/counts-file/recording-file.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { textHash } from '../../src/text-hash.ts'
import { joined } from '../joined.ts'
import { tableNumber } from '../results/arbitrary-results.ts'
import { inputOf, run, withTrailer } from './counts-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'recorded-texts-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A source by path and text; whether its text is to be had. */
interface Source {
  readonly path: string
  readonly text: string
  readonly isThere: boolean
}

const sources = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom('a.ts', 'b.ts', '__proto__', 'src/\u{1f600}.ts'),
    text: fc.oneof(fc.constantFrom('', 'a\n', 'a\r\n\t"\\'), fc.string({ unit: 'grapheme' })),
    isThere: fc.boolean(),
  }),
  { maxLength: 6, selector: ({ path, text }) => `${path} ${text}` },
)

/** A recording of some sources, each of which was counted under a label. */
function recordingOf(all: readonly Source[], number = 1, label = ''): Buffer {
  const results = new CoverageResults()
  for (const { path, text } of all)
    results.addSource({ path, hash: textHash(text), sites: tableNumber(0), counts: Float64Array.of(1, 2, 3) })
  const data = {
    head: { project: 'demo', base: '', runs: [run(number, { label })] },
    counted: new Map([[label, results]]),
  }
  const { files, problems } = recordingFile(data, (path, hash) => {
    return all.find((source) => source.isThere && source.path === path && textHash(source.text) === hash)
      ?.text
  })
  expect(problems).toEqual([])
  return Buffer.from(joined((files[0] as { text: Iterable<string> }).text))
}

function textIn(data: CountsData, { path, text }: Source): string | undefined {
  const hash = textHash(text)
  const packed = data.textOf?.({ path, hash })
  return packed === undefined ? undefined : unpackText(packed, hash, 'here')
}

test('texts are read as they were written, and are no matter to the counts', () => {
  const same = fc.property(sources, (all) => {
    const bytes = recordingOf(all)
    const data = readCounts([bytes], 'a.counts')
    for (const source of all) expect(textIn(data, source)).toBe(source.isThere ? source.text : undefined)
    expect(joined(countsText(data))).toBe(bytes.toString())
    const { textOf: _, ...bare } = data
    expect(joined(countsText(bare)).match(/^(source|calls)/gm)).toEqual(
      bytes.toString().match(/^(source|calls)/gm),
    )
  })
  fc.assert(same, { numRuns: 100 })
})

test('a merge has every text that one of the files has, in any order and in several steps', async () => {
  const shards = fc.array(fc.tuple(sources, fc.constantFrom('', 'os=linux')), { minLength: 1, maxLength: 4 })
  const same = fc.asyncProperty(shards, async (parts) => {
    const inputs = parts.map(([all, label], i) => inputOf(`${i}`, recordingOf(all, i, label)))
    const merged = async (given: typeof inputs): Promise<Buffer> => {
      const file = join(folder, 'sum.counts')
      await mergeCounts(given, { project: '', output: () => new MergedFile(file) })
      return readFileSync(file)
    }
    const bytes = await merged(inputs)
    const first = inputOf('first', await merged(inputs.slice(0, 1)))
    expect((await merged([...inputs.slice(1).reverse(), first])).equals(bytes)).toBe(true)
    const inMemory = await mergedResults(inputs, { project: '' })
    for (const data of [readCounts([bytes], 'sum'), inMemory])
      for (const [all] of parts)
        for (const source of all) {
          const isThere = parts.some(([others]) =>
            others.some(({ isThere, path, text }) => isThere && path === source.path && text === source.text),
          )
          expect(textIn(data, source)).toBe(isThere ? source.text : undefined)
        }
  })
  await fc.assert(same, { numRuns: 60 })
})

test('of one text packed in two ways always the same one is kept', async () => {
  const source = { path: 'a.ts', text: 'const a = 1\n'.repeat(20), isThere: true }
  const other = deflateSync(source.text, { level: 0 }).toString('base64')
  const lines = recordingOf([source], 2).toString().split('\n').slice(0, -2)
  const otherwise = withTrailer(
    lines.map((line) => (line.startsWith('text') ? line.replace(packText(source.text), other) : line)),
  )
  const inputs = [inputOf('one', recordingOf([source], 1)), inputOf('other', otherwise)]
  const [there, back] = await Promise.all(
    [inputs, [...inputs].reverse()].map((given) => mergedResults(given, { project: '' })),
  )
  const [packed, again] = [there, back].map((data) =>
    data?.textOf?.({ path: source.path, hash: textHash(source.text) }),
  )
  expect(packed).toBe(again)
  expect([other, packText(source.text)]).toContain(packed)
})

test('a recording of a run that no file can name is none, and says so', () => {
  const data = { head: { project: 'a\nb', base: '', runs: [run(1)] }, counted: new Map() }
  expect(recordingFile(data, () => undefined)).toEqual({
    files: [],
    problems: [expect.stringMatching(/^No counts file can name this run.*\[TST_COUNTS_RUN\]$/)],
  })
})

test('a text is unpacked to 200 times its size at most, and every text is packed so', () => {
  for (const text of ['\n'.repeat(10_000_000), 'const a = 1\n'.repeat(1_000_000), '\n'.repeat(1000)]) {
    expect(unpackText(packText(text), textHash(text), 'here')).toBe(text)
    expect(text.length).toBeLessThan(Math.max(2 ** 16, packText(text).length * 200))
  }
  const text = '\n'.repeat(10_000_000)
  const packed = deflateSync(text).toString('base64')
  expect(() => unpackText(packed, textHash(text), 'line 4')).toThrow(
    'line 4 has a text that cannot be unpacked',
  )
})

test('texts that grow to more together than their file is allowed are damage, however it is read', async () => {
  const unit = Array.from({ length: 500 }, (_, i) => textHash(`${i}`).slice(0, 4)).join('')
  const text = unit.repeat(1000)
  const all = Array.from({ length: 50 }, (_, i) => ({ path: `a${i}.ts`, text, isThere: true }))
  const file = join(folder, 'bomb.counts.gz')
  const bytes = recordingOf(all)
  writeFileSync(file, gzipSync(bytes))
  expect(text.length * all.length).toBeGreaterThan(2 ** 26 + 200 * statSync(file).size)
  const said = /line \d+ has a text with which those of the file grow to more than \d+ bytes/
  expect(() => readCountsFile(file)).toThrow(said)
  const input = { name: file, size: () => sizeOf(file), pieces: () => piecesOf(file) }
  await expect(mergedResults([input], { project: '' })).rejects.toThrow(said)
  // The same as a plain file, which is as large as they are.
  writeFileSync(join(folder, 'plain.counts'), bytes)
  expect(readCountsFile(join(folder, 'plain.counts')).counted.get('')?.sources()).toHaveLength(all.length)
})

test('texts that nobody will ask for again are forgotten', () => {
  const texts = new TextsByPath()
  for (const path of ['a.js', 'b.js'])
    for (const hash of ['one', 'two']) texts.add(path, [hash, `${path} ${hash}`])
  texts.keepOnly([{ path: 'a.js', hash: 'two' }])
  expect(texts.of({ path: 'a.js', hash: 'two' })).toBe('a.js two')
  expect(texts.of({ path: 'a.js', hash: 'one' })).toBeUndefined()
  expect(texts.of({ path: 'b.js', hash: 'two' })).toBeUndefined()
})
