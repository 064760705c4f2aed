import { createHash } from 'node:crypto'
import { countsText } from '../../src/counts-file/accumulate.ts'
import type { CountsInput } from '../../src/counts-file/counts-input.ts'
import type { CountsData } from '../../src/counts-file/read-counts-file.ts'
import type { CountsHeader, RunRecord } from '../../src/counts-file/run-record.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import type { ResultsData } from '../../src/results/results-data.ts'

/** A run whose id is made of a number; its other fields can be given. */
export function run(number: number, given: Partial<RunRecord> = {}): RunRecord {
  return {
    id: `run-${String(number).padStart(16, '0')}`,
    run: 'ci 7',
    shard: '',
    commit: '',
    runner: 'vitest 5.1.1',
    tstrace: '0.1.0',
    rules: 'abc',
    node: '24.0.0',
    started: `2026-11-21T18:00:00.${String(number).padStart(3, '0')}Z`,
    base: '',
    label: '',
    losses: '',
    ...given,
  }
}

export interface CountsGiven extends Partial<CountsHeader> {
  readonly runs: readonly RunRecord[]
  readonly data?: ResultsData
}

/** Counts of some runs, all under the label of the first. */
export function counts({ base = '', data = {}, project = 'demo', runs }: CountsGiven): CountsData {
  const label = runs[0]?.label ?? ''
  return { head: { base, project, runs }, counted: new Map([[label, new CoverageResults(data)]]) }
}

/** The bytes of a counts file. */
export function bytesOf(data: CountsData): Buffer {
  return Buffer.from([...countsText(data)].join(''))
}

/** A counts file for a merge, handed over in pieces. */
export function input(name: string, data: CountsData, piece: number = 2 ** 18): CountsInput {
  return inputOf(name, bytesOf(data), piece)
}

/** The same, of any bytes. No piece holds longer than it has to. */
export function inputOf(name: string, bytes: Uint8Array, piece: number = 2 ** 18): CountsInput {
  return {
    name,
    async *pieces() {
      for (let start = 0; start < bytes.length; start += piece) {
        const room = Uint8Array.from(bytes.subarray(start, start + piece))
        yield room
        room.fill(0)
      }
    },
  }
}

/** The bytes of a counts file that has these lines, and the trailer that belongs to them. */
export function withTrailer(lines: readonly string[]): Buffer {
  const text = lines.map((line) => `${line}\n`).join('')
  const hash = createHash('sha256').update(text).digest('hex')
  return Buffer.from(`${text}end\t${lines.length}\t${hash}\n`)
}
