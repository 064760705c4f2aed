import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { TstraceError } from '../errors.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import { CoverageResults } from '../results/coverage-results.ts'
import { cannotWrite } from './cannot-write.ts'
import { compressorOf } from './compression.ts'
import { CountsLines, type LabelledResults } from './counts-lines.ts'
import type { CountsHead } from './counts-parser.ts'
import { withLock } from './lock-file.ts'
import { type CountsInput, type MergeOptions, type MergeOutput, mergeCounts } from './merge-counts.ts'
import { placeOf } from './place-of.ts'

/** Keeps the sum of a merge in memory. */
class MergedResults implements MergeOutput {
  readonly counted = new Map<string, CoverageResults>()

  start(): void {}

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
}

/**
 * Adds up counts files in memory.
 *
 * @throws TstraceError what `mergeCounts` throws
 */
export async function mergedResults(
  inputs: readonly CountsInput[],
  options: Omit<MergeOptions, 'output'>,
): Promise<{ readonly counted: LabelledResults; readonly problems: readonly string[] }> {
  let merged = new MergedResults()
  const output = (): MergeOutput => {
    merged = new MergedResults()
    return merged
  }
  const problems = await mergeCounts(inputs, { ...options, output })
  return { counted: merged.counted, problems }
}

/** Text is handed on in pieces of this many characters. */
const PIECE = 2 ** 18

/**
 * Writes the sum of a merge into a counts file as it comes, and puts it in its place when it is whole. Runs may add to
 * the file meanwhile: what they have added is not replaced.
 */
export class MergedFile implements MergeOutput {
  readonly #file: string
  readonly #before: string
  readonly #temporary: string
  readonly #lines = new CountsLines()
  readonly #into: Writable
  readonly #stream: WriteStream
  readonly #done: Promise<unknown>
  #text = ''

  /** @throws TstraceError `TST_COUNTS_COMPRESSION`, `TST_CANNOT_WRITE` */
  constructor(file: string) {
    const compressor = compressorOf(file)
    this.#file = placeOf(file)
    this.#before = stateOf(this.#file)
    this.#temporary = join(dirname(this.#file), `.tstrace-${randomUUID()}.tmp`)
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
    const labels = [...counted.keys()].sort(codePointOrder)
    for (const label of labels) {
      const results = counted.get(label) as CoverageResults
      const text = this.#lines.records({ path, label, sources: results.sources(), edges: results.edges() })
      await this.#write(text)
    }
  }

  /** @throws TstraceError `TST_CANNOT_WRITE`, `TST_LOCKED`, `TST_COUNTS_CHANGED` */
  async finish(): Promise<void> {
    try {
      this.#text += this.#lines.end()
      this.#into.end(this.#text)
      await this.#done
      withLock(this.#file, () => this.#replace())
    } catch (error) {
      throw error instanceof TstraceError ? error : cannotWrite(this.#file, error)
    }
  }

  #replace(): void {
    if (stateOf(this.#file) === this.#before) return renameSync(this.#temporary, this.#file)
    const message = `${this.#file} was changed by a run while the sum was made, and was left as it is.`
    throw new TstraceError('TST_COUNTS_CHANGED', `${message} Merge again, or into another file.`)
  }

  async abandon(): Promise<void> {
    this.#into.destroy()
    this.#stream.destroy()
    await this.#done.catch(() => {})
    await rm(this.#temporary, { force: true })
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

/** Another text after every replacement. */
function stateOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs}` : ''
}
