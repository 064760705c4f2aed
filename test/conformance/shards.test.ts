import type { CoverageResults } from '@tstrace/results'
import { type CountsInput, countsText, mergedResults, sumLabelled } from '@tstrace/results/counts-file'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IS_WHOLE } from '../e2e/matrix.ts'
import { callPrograms } from './call-programs.ts'
import { runTogether } from './program.ts'

Object.assign(globalThis, { note: () => {} })

/** A set of test files, some of them the same again, divided into shards, and the order in which those are merged. */
const testSets = fc
  .record({
    programs: fc.array(callPrograms, { minLength: 1, maxLength: 3 }),
    files: fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }),
    shards: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ files, programs, shards }) =>
    fc.record({
      tests: fc.constant(files.map((file) => programs[file % programs.length] as string)),
      shardOf: fc.array(fc.nat(shards - 1), { minLength: files.length, maxLength: files.length }),
      order: fc.shuffledSubarray([...Array(shards).keys()], { minLength: shards }),
      piece: fc.integer({ min: 10, max: 10_000 }),
    }),
  )

function shard(index: number, all: number, results: CoverageResults): Uint8Array {
  const run = {
    ...{ id: `0123456789abcdef-${index}`, run: 'ci', shard: `${index + 1}/${all}`, commit: '' },
    ...{ runner: 'none', tstrace: '0', rules: '0', node: '0', started: '' },
    ...{ base: '', label: '', losses: '' },
  }
  const head = { project: 'demo', base: '', runs: [run] }
  return Buffer.from([...countsText({ head, counted: new Map([['', results]]) })].join(''))
}

function inPieces(name: string, bytes: Uint8Array, piece: number): CountsInput {
  return {
    name,
    async *pieces() {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
}

test('n shards merged are one run, count for count and edge for edge', async () => {
  await fc.assert(
    fc.asyncProperty(testSets, async ({ order, piece, shardOf, tests }) => {
      const whole = await runTogether(tests)
      const inputs: CountsInput[] = []
      for (const index of order) {
        const results = await runTogether(tests.filter((_, i) => shardOf[i] === index))
        inputs.push(inPieces(`shard ${index}`, shard(index, order.length, results), piece))
      }
      const { counted, problems } = await mergedResults(inputs, { project: 'demo' })
      expect(problems.filter((problem) => !problem.startsWith('case.js is not the same text'))).toEqual([])
      expect(JSON.stringify(sumLabelled(counted))).toBe(JSON.stringify(whole))
    }),
    { numRuns: IS_WHOLE ? 40 : 15 },
  )
})
