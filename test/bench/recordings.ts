import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measuredCommand } from './measured-command.ts'
import { printTable } from './print-table.ts'
import { type RecordingSize, writeRecording } from './recording-data.ts'
import { selecting } from './selecting.ts'
import { minimum } from './series.ts'

const CHILD = fileURLToPath(import.meta.resolve('./recordings-child.ts'))

const SIZES: Readonly<Record<'full' | 'quick', RecordingSize & { readonly rounds: number }>> = {
  full: { tests: 5000, sources: 1000, each: 30, rounds: 10 },
  quick: { tests: 50, sources: 20, each: 5, rounds: 1 },
}

/** What of a recording is read; `start` is Node alone. */
const PARTS = ['start', 'a source', 'a test', 'calls', 'everything'] as const

/** Measures and prints how long it takes to have what questions need of a recording, from the start of a process. */
export async function recordings({ quick }: { quick: boolean }): Promise<void> {
  const { rounds, ...size } = SIZES[quick ? 'quick' : 'full']
  const folder = mkdtempSync(join(tmpdir(), 'tstrace-bench-'))
  try {
    const file = join(folder, 'recording.counts')
    writeRecording(file, size)
    const times = PARTS.map((part) => fastest(Array.from({ length: rounds }, () => timed(part, file))))
    const { size: bytes } = statSync(file)
    console.log(
      `Reading a recording: ${size.tests} tests × ${size.sources} sources, each test ${size.each} of them, ${(bytes / 1e6).toFixed(1)} MB\n`,
    )
    printTable(
      ['', 'ms', 'beyond start', 'processor, ms', 'beyond start'],
      PARTS.map((part, at) => [
        part,
        ...(['wall', 'processor'] as const).flatMap((which) => {
          const [start, own] = [times[0]![which], times[at]![which]]
          return [own.toFixed(0), (own - start).toFixed(0)]
        }),
      ]),
    )
    console.log(`  Best of ${rounds}, from the start of Node to its end.\n`)
    comparing(folder, { ...size, rounds })
    selecting(folder, { ...size, rounds })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `tstrace diff` on that recording and another one, of a twentieth of whose sources the text has changed, or of all. */
function comparing(folder: string, { rounds, ...size }: RecordingSize & { readonly rounds: number }): void {
  const rows = [0, size.sources / 20, size.sources].map((changed) => {
    writeRecording(join(folder, 'after.counts'), { ...size, changed })
    const words = ['diff', 'recording.counts', 'after.counts']
    return [`${changed} changed`, ...measuredCommand(words, { cwd: folder, rounds })]
  })
  console.log('Comparing two such recordings: tstrace diff\n')
  printTable(['sources', 'ms', 'processor, ms', 'memory, MB'], rows)
  console.log(`  Best of ${rounds}, from the start of Node to its end.\n`)
}

/** In milliseconds. */
interface Times {
  readonly wall: number
  /** Of all threads. */
  readonly processor: number
}

function fastest(all: readonly Times[]): Times {
  return {
    wall: minimum(all.map(({ wall }) => wall)),
    processor: minimum(all.map(({ processor }) => processor)),
  }
}

function timed(part: string, file: string): Times {
  const start = performance.now()
  const { status, stderr, stdout } = spawnSync(process.execPath, [CHILD, part, file], { encoding: 'utf8' })
  const wall = performance.now() - start
  if (status !== 0) throw new Error(`${part}: Node ended with ${status}:\n${stderr}`)
  return { wall, processor: Number(stdout) }
}
