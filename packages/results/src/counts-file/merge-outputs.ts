import { statSync } from 'node:fs'
import { TstraceError } from '../errors.ts'
import { cannotWrite } from '../files/file-errors.ts'
import { FileReplacement } from '../files/file-replacement.ts'
import { withLock } from '../files/lock-file.ts'
import { obstacleTo } from '../files/obstacle-to.ts'
import { resolveTarget } from '../files/resolve-target.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import { CoverageResults } from '../results/coverage-results.ts'
import type { SourceVersion } from '../results/results-data.ts'
import { compressorOf } from './compression.ts'
import { noteContexts } from './counts-contexts.ts'
import type { CountsInput } from './counts-input.ts'
import { CountsLines, type TextOf } from './counts-lines.ts'
import type { CountsHead } from './counts-parser.ts'
import type { LabelledResults } from './labelled-results.ts'
import { type MergeOptions, type MergeOutput, mergeCounts } from './merge-counts.ts'
import type { CountsData } from './read-counts-file.ts'
import { TextsByPath } from './recorded-texts.ts'

/** Keeps the sum of a merge in memory. */
class MergedResults implements MergeOutput {
  readonly counted = new Map<string, CoverageResults>()
  readonly texts = new TextsByPath()
  readonly leftOut = []
  head: CountsHead = { project: '', base: '', runs: [], contexts: [] }

  start(head: CountsHead): void {
    this.head = head
  }

  path(_path: string, counted: LabelledResults, textOf: TextOf): void {
    for (const [label, part] of counted) {
      const results = this.counted.get(label) ?? new CoverageResults()
      results.update(part)
      for (const version of part.versions()) this.#keep(version, textOf(version))
      this.counted.set(label, results)
    }
  }

  #keep({ hash, path }: SourceVersion, packed: string | undefined): void {
    if (packed !== undefined) this.texts.add(path, [hash, packed])
  }

  async finish(): Promise<void> {
    noteContexts(this.head.contexts, this.counted)
  }

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
): Promise<CountsData & { readonly problems: readonly string[] }> {
  let merged = new MergedResults()
  const output = (): MergeOutput => {
    merged = new MergedResults()
    return merged
  }
  const problems = await mergeCounts(inputs, { ...options, output })
  const { counted, head, texts } = merged
  return { counted, head, textOf: (version) => texts.of(version), problems }
}

/**
 * Writes the sum of a merge into a counts file as it comes, and puts it in its place when it is whole. Runs may add to
 * the file meanwhile: what they have added is not replaced.
 */
export class MergedFile implements MergeOutput {
  readonly #file: string
  readonly #before: string
  readonly #replacement: FileReplacement
  readonly #lines = new CountsLines()

  /** @throws TstraceError `TST_COUNTS_COMPRESSION`, `TST_CANNOT_WRITE` */
  constructor(file: string) {
    const compressor = compressorOf(file)
    this.#file = resolveTarget(file)
    const obstacle = obstacleTo(this.#file, 'file')
    if (obstacle) throw obstacle
    this.#before = stateOf(this.#file)
    this.#replacement = new FileReplacement(this.#file, compressor)
  }

  start(head: CountsHead): Promise<void> {
    return this.#write(this.#lines.head(head, head.contexts))
  }

  async path(path: string, counted: LabelledResults, textOf: TextOf): Promise<void> {
    const labels = [...counted.keys()].sort(codePointOrder)
    const versions = [...counted.values()].flatMap((results) => results.versions())
    const hashes = new Set(versions.map(({ hash }) => hash))
    await this.#write(this.#lines.texts(path, hashes, textOf))
    for (const label of labels) {
      const results = counted.get(label) as CoverageResults
      const sources = [...results.added()]
      const { recorded } = results
      await this.#write(this.#lines.records({ path, label, sources, edges: results.edges(), recorded }))
    }
  }

  /** @throws TstraceError `TST_CANNOT_WRITE`, `TST_LOCKED`, `TST_COUNTS_CHANGED` */
  async finish(): Promise<void> {
    await this.#write([this.#lines.end()])
    try {
      await this.#replacement.end()
      withLock(this.#file, () => this.#replace())
    } catch (error) {
      throw cannotWrite(this.#file, error)
    }
  }

  #replace(): void {
    if (stateOf(this.#file) === this.#before) return this.#replacement.replace()
    const message = `${this.#file} was changed by a run while the sum was made, and was left as it is.`
    throw new TstraceError('TST_COUNTS_CHANGED', `${message} Merge again, or into another file.`)
  }

  abandon(): Promise<void> {
    return this.#replacement.abandon()
  }

  get leftOut(): readonly string[] {
    return this.#lines.leftOut
  }

  async #write(pieces: Iterable<string>): Promise<void> {
    try {
      for (const piece of pieces) await this.#replacement.write(piece)
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
