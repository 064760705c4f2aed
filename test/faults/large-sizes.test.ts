import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fillOutputFolder } from '@tstrace/core/adapter'
import { expect, test } from 'vitest'
import { howMany } from './how-many.ts'
import type { Taken } from './large-work.ts'

const WORK = join(import.meta.dirname, 'large-work.ts')

/** Of a machine with little memory, Node would take less for a million sources than they need. */
const HEAP = '--max-old-space-size=8000'

/** However long the millions take. */
const TIMEOUT = 3_600_000

/** A kind, its sizes in the short form and in the whole one, and how many sentences a size of it must give. */
const KINDS: readonly (readonly [
  kind: string,
  short: number,
  whole: number,
  problems: (size: number) => number,
])[] = [
  ['sources', 4_000, 1_000_000, (size) => size],
  // No more fit into a counts file.
  ['runs', 20_000, 100_000, (size) => size + 2],
  ['edges', 40_000, 1_000_000, () => 0],
  ['functions', 40_000, 1_000_000, () => 1],
  ['tests', 4_000, 1_000_000, (size) => size / 10],
]

/** So long a text is a matter of seconds, and of half a gigabyte of disk. */
test.runIf(howMany({ short: 0, whole: 1 }) === 1)(
  'a file longer than any text is written whole, and said',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'large-'))
    try {
      const piece = 'x'.repeat(2 ** 20)
      const text = {
        *[Symbol.iterator]() {
          for (let i = 0; i < 513; i++) yield piece
        },
      }
      const { failures, remarks } = fillOutputFolder(folder, [{ path: 'results.json', text }])
      expect(failures).toEqual([])
      expect(remarks).toEqual([expect.stringMatching(/^results\.json is longer than \d+ characters/)])
      expect(statSync(join(folder, 'results.json')).size).toBe(513 * 2 ** 20)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

/** Between a size and one that is ten times as large, or eight times, work may grow so much more than the size. */
const MORE_THAN_LINEAR = 2.5

async function work(kind: string, size: number): Promise<Taken> {
  const folder = mkdtempSync(join(tmpdir(), 'large-'))
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [HEAP, WORK, kind, `${size}`, folder])
    return JSON.parse(stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From the largest size down, in powers of ten; two sizes in the short form. */
function sizesOf(short: number, whole: number): readonly number[] {
  const most = howMany({ short, whole })
  if (most === short) return [most / 8, most]
  return [10_000, 100_000, 1_000_000].filter((size) => size <= most)
}

test.each(KINDS)(
  'time and memory are linear in the number of %s',
  async (kind, short, whole, problems) => {
    const taken: (Taken & { readonly size: number })[] = []
    for (const size of sizesOf(short, whole)) {
      const one = { size, ...(await work(kind, size)) }
      expect(one.problems).toBe(problems(size))
      taken.push(one)
      const [processor, memory, written] = [one.processor, one.memory, one.written].map(Math.round)
      if (whole === howMany({ short, whole }))
        console.log(
          `${size} ${kind}: ${processor} ms of processor time, ${memory} MB of memory, ${written} MB written`,
        )
    }
    for (const [i, larger] of taken.entries()) {
      const smaller = taken[i - 1]
      if (!smaller) continue
      const most = (larger.size / smaller.size) * MORE_THAN_LINEAR
      expect(larger.processor / smaller.processor, `processor time, ${larger.size} ${kind}`).toBeLessThan(
        most,
      )
      expect(larger.memory / smaller.memory, `memory, ${larger.size} ${kind}`).toBeLessThan(most)
    }
  },
  TIMEOUT,
)
