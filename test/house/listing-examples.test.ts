import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { Collector } from '@tstrace/core'
import { drain } from '@tstrace/core/worker'
import { instrument } from '@tstrace/instrument'
import { expect, test } from 'vitest'
import { root } from './workspace.ts'

const page = readFileSync(join(root, 'docs/reference/listing.md'), 'utf8')
const examples = page.split(/^## /m).flatMap((section) => {
  const [title = ''] = section.split('\n')
  return [...section.matchAll(/^```cover( branches)?\n(.*?)^```$/gms)].map((match) => ({
    title,
    branches: match[1] !== undefined,
    listing: match[2] ?? '',
  }))
})

const sourceOf = (listing: string): string => listing.replaceAll(/^.{7}/gm, '')

interface How {
  readonly branches?: boolean
  /** The arguments of each run. */
  readonly runs?: readonly string[][]
}

/** Runs the program that a listing shows, once with each of some arguments, and returns the listing of it all. */
async function listingOf(listing: string, { branches = false, runs = [[]] }: How = {}): Promise<string> {
  const source = sourceOf(listing)
  const instrumented = instrument(source, { file: 'example.ts', branches })
  if (!instrumented) throw new Error(`Nothing in the example runs:\n${source}`)
  const code = stripTypeScriptTypes(instrumented.code, { mode: 'transform' })
  const collector = new Collector()
  for (const args of runs) {
    process.argv.splice(2, Number.POSITIVE_INFINITY, ...args)
    await import(`data:text/javascript,${encodeURIComponent(`${code}\n//${Math.random()}`)}`)
    const counted = drain({ testFile: '', project: '' })
    if (counted) collector.add(counted, 'the example')
  }
  const { results, problems } = collector.finish(() => instrumented)
  expect(problems).toEqual([])
  const counts = results.lineCounts('example.ts')
  const missing = new Set(results.missingLines('example.ts'))
  const partial = new Set(results.partialLines('example.ts'))
  const prefix = (line: number): string => {
    const count = counts.get(line) ?? 0
    if (partial.has(line)) return `${(count > 0 ? String(count) : '').padStart(5)}! `
    if (count > 0) return `${String(count).padStart(5)}: `
    return missing.has(line) ? '>>>>>> ' : ' '.repeat(7)
  }
  let line = 0
  return source.replaceAll(/^(?=.)/gm, () => prefix(++line))
}

test('the page has an example for each of its sections', () => {
  const sections = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)
  expect([...new Set(examples.map(({ title }) => title))]).toEqual(sections)
})

test('every rule is named in a section whose example follows it', () => {
  const named = page
    .split(/^## /m)
    .map((section) => [...section.matchAll(/^Rule `([a-z ]+)`/gm)].map(([, rule]) => rule))
  const followed = examples.map(({ listing }) => instrument(sourceOf(listing), { file: 'example.ts' }))
  const rules = followed.flatMap((instrumented) => instrumented?.sites.lines.map(({ rule }) => rule) ?? [])
  expect([...new Set(named.flat())].sort()).toEqual([...new Set(rules)].sort())
})

test.each(examples)('$title', async ({ branches, listing }) => {
  expect(await listingOf(listing, { branches })).toBe(listing)
})

test('runs, and their sum, which is not that of their listings', async () => {
  const blocks = [...page.matchAll(/^```cover (run|sum)(.*)\n(.*\n)+?```$/gm)].map(
    ([block, kind, args = '']) => ({
      kind,
      args: args.split(' ').filter(Boolean),
      listing: block.split('\n').slice(1, -1).join('\n').concat('\n'),
    }),
  )
  expect(blocks.map(({ kind }) => kind)).toEqual(['run', 'run', 'sum'])
  const runs = blocks.slice(0, 2).map(({ args }) => args)
  for (const { args, kind, listing } of blocks)
    expect(await listingOf(listing, { runs: kind === 'sum' ? runs : [args] })).toBe(listing)
})

test('an example with a wrong number does not pass', async () => {
  expect(await listingOf('    2: let a = 1\n>>>>>> a = 2\n')).toBe('    1: let a = 1\n    1: a = 2\n')
})
