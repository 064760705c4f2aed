import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { makeFolders } from '../report/write-files.ts'
import { CoverageResults } from '../results/coverage-results.ts'
import { cannotWrite } from './cannot-write.ts'
import { compressorOf } from './compression.ts'
import { CountsLines, type LabelledResults } from './counts-lines.ts'
import type { CountsHead } from './counts-parser.ts'
import { hasLabels } from './label-text.ts'
import type { MergeOutput } from './merge-counts.ts'

/** Keeps the sum of a merge in memory. */
export class MergedResults implements MergeOutput {
  /** What was counted under each label. */
  readonly counted: Map<string, CoverageResults> = new Map()
  head: CountsHead | undefined

  start(head: CountsHead): void {
    this.head = head
  }

  path(_path: string, counted: LabelledResults): void {
    for (const [label, part] of counted) {
      const results = this.counted.get(label) ?? new CoverageResults()
      results.update(part)
      this.counted.set(label, results)
    }
  }

  async finish(): Promise<void> {}

  async abandon(): Promise<void> {
    this.counted.clear()
  }

  /** The sum over all runs whose label has all of these. */
  sum(labels: readonly string[]): CoverageResults {
    const sum = new CoverageResults()
    for (const [label, results] of this.counted) if (hasLabels(label, labels)) sum.update(results)
    return sum
  }
}

/** Text is handed on in pieces of this many characters. */
const PIECE = 2 ** 18

/** Writes the sum of a merge into a counts file as it comes, and puts it in its place when it is whole. */
export class MergedFile implements MergeOutput {
  readonly #file: string
  readonly #temporary: string
  readonly #lines = new CountsLines()
  readonly #into: Writable
  readonly #stream: WriteStream
  readonly #done: Promise<unknown>
  #text = ''

  /** @throws TstraceError `TST_COUNTS_COMPRESSION`, `TST_CANNOT_WRITE` */
  constructor(file: string) {
    this.#file = file
    this.#temporary = join(dirname(file), `.tstrace-${randomUUID()}.tmp`)
    const compressor = compressorOf(file)
    this.#makeFolder()
    this.#stream = createWriteStream(this.#temporary, { flags: 'wx' })
    this.#done = compressor ? pipeline(compressor, this.#stream) : finished(this.#stream)
    // Whoever waits for it is told; until somebody does, it is no unhandled rejection.
    this.#done.catch(() => {})
    this.#into = compressor ?? this.#stream
  }

  start(head: CountsHead): Promise<void> {
    return this.#write(this.#lines.head(head, head.runs))
  }

  async path(path: string, counted: LabelledResults): Promise<void> {
    const labels = [...counted.keys()].sort()
    for (const label of labels) {
      const results = counted.get(label) as CoverageResults
      const text = this.#lines.records({ path, label, sources: results.sources(), edges: results.edges() })
      await this.#write(text)
    }
  }

  /** @throws TstraceError `TST_CANNOT_WRITE` */
  async finish(): Promise<void> {
    try {
      this.#text += this.#lines.end()
      this.#into.end(this.#text)
      await this.#done
      await rename(this.#temporary, this.#file)
    } catch (error) {
      throw cannotWrite(this.#file, error)
    }
  }

  async abandon(): Promise<void> {
    this.#into.destroy()
    this.#stream.destroy()
    await this.#done.catch(() => {})
    await rm(this.#temporary, { force: true })
  }

  #makeFolder(): void {
    try {
      makeFolders(dirname(this.#file))
    } catch (error) {
      throw cannotWrite(this.#file, error)
    }
  }

  async #write(text: string): Promise<void> {
    this.#text += text
    if (this.#text.length < PIECE) return
    const piece = this.#text
    this.#text = ''
    try {
      if (!this.#into.write(piece)) await Promise.race([once(this.#into, 'drain'), this.#done])
    } catch (error) {
      throw cannotWrite(this.#file, error)
    }
  }
}
