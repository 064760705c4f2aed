import { type PlatformPath, posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { instrument } from '../../../instrument/src/instrument/instrument.ts'
import { pathFromRoot } from '../../../instrument/src/source-file/path-from-root.ts'
import type { CountsInput } from '../../src/counts-file/counts-input.ts'
import { mergedResults } from '../../src/counts-file/merge-outputs.ts'
import { sumLabelled } from '../../src/counts-file/sum-labelled.ts'
import { counts, input, run } from './counts-files.ts'

interface Machine {
  readonly number: number
  readonly root: string
  readonly style: PlatformPath
}

const LINUX: Machine = { number: 1, root: '/home/ann/proj', style: posix }
const WINDOWS: Machine = { number: 2, root: 'C:\\proj', style: win32 }

/** The counts file of a run on a machine in which every counter of a file has one number. */
function countedOn(
  { number, root, style }: Machine,
  file: { path: string; text: string; count: number },
): CountsInput {
  const path = pathFromRoot(root, style.join(root, file.path), style)
  const made = instrument(file.text, { file: path, calls: true })
  if (!made) throw new Error('nothing counts')
  const { hash, sites } = made
  const caller = { path, hash, name: '<module>' }
  const callee = { path, hash, name: 'double' }
  return input(
    `${number}.counts`,
    counts({
      runs: [run(number, { shard: `${number}/2` })],
      data: {
        sources: [{ path, hash, sites, counts: new Float64Array(sites.counters).fill(file.count) }],
        edges: [{ caller, callee, calls: file.count, resumptions: 0 }],
      },
    }),
  )
}

const TEXT = 'export function double(n: number): number {\n  return 2 * n\n}\n\ndouble(1)\n'

async function merged(...inputs: CountsInput[]) {
  const { counted, problems } = await mergedResults(inputs, { project: '' })
  return { problems, results: sumLabelled(counted) }
}

test('counts of one text from Windows and from Linux add up under one name', async () => {
  const { problems, results } = await merged(
    countedOn(LINUX, { path: 'src/math/double.ts', text: TEXT, count: 3 }),
    countedOn(WINDOWS, { path: 'src\\math\\double.ts', text: TEXT, count: 4 }),
  )
  expect(problems).toEqual([])
  expect(results.sources().map(({ path }) => path)).toEqual(['src/math/double.ts'])
  expect([...results.lineCounts('src/math/double.ts')]).toEqual([
    [1, 7],
    [2, 7],
    [5, 7],
  ])
  expect(results.edges().map(({ calls, callee }) => [callee.path, calls])).toEqual([
    ['src/math/double.ts', 7],
  ])
})

test('a checkout with other line ends is another text: it is kept apart, and that is said', async () => {
  const { problems, results } = await merged(
    countedOn(LINUX, { path: 'double.ts', text: TEXT, count: 3 }),
    countedOn(WINDOWS, { path: 'double.ts', text: TEXT.replaceAll('\n', '\r\n'), count: 4 }),
  )
  expect(problems.join()).toContain('double.ts is not the same text')
  expect(results.sources().map(({ path }) => path)).toEqual(['double.ts', 'double.ts'])
  expect(new Set(results.sources().map(({ counts }) => counts[0]))).toEqual(new Set([3, 4]))
})
