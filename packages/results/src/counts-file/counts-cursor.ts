import { TstraceError } from '../errors.ts'
import { printable } from '../printable.ts'
import { movedContext } from '../results/context.ts'
import { pathProblem } from '../results/source-path.ts'
import { keysOf, type LabelledContext } from './counts-contexts.ts'
import type { PathReader } from './counts-fields.ts'
import { badInput, type OpenedInput } from './counts-input.ts'
import { type CountsHead, CountsParser } from './counts-parser.ts'
import { compareRecords, type RawRecord } from './raw-record.ts'
import { addRecord, type RecordDestination } from './read-counts-file.ts'
import { CallsReader } from './read-record.ts'
import { rebasePath } from './rebase-path.ts'
import { TextRoom } from './recorded-texts.ts'

/** What of where records go is of their path. */
type OfPath = 'counted' | 'reader' | 'texts'

/** Goes through the records of one file. */
export class CountsCursor {
  readonly name: string
  /** Those of the file, by their numbers in it, with their paths as in the sum. */
  readonly contexts: readonly LabelledContext[]
  /** Read so far. */
  bytes = 0
  readonly #parser: CountsParser
  readonly #pieces: AsyncIterator<Uint8Array>
  readonly #rebase: ((path: string) => string | undefined) | undefined
  /** What of where its records go is of this file. */
  readonly #own: Omit<RecordDestination, OfPath>
  readonly #leftOut = new Set<string>()
  /** What stood before the records when the file was opened. */
  readonly #head: CountsHead
  #records: Iterator<RawRecord, void> = [].values()
  #record: RawRecord | undefined
  #isSame = false

  /** @param paths that of all cursors */
  constructor({ head, name, pieces, size }: OpenedInput, base: string, paths: PathReader) {
    this.name = name
    this.#head = head
    this.#parser = new CountsParser(name, paths)
    this.#pieces = pieces()[Symbol.asyncIterator]()
    const rebased = (path: string): string => rebasePath(path, head.base, base)
    if (head.base !== base) this.#rebase = (path) => this.#named(path, rebased(path))
    this.contexts = head.contexts.map(({ context, label }) => ({
      label,
      context: movedContext(context, rebased),
    }))
    this.#own = {
      calls: new CallsReader(),
      room: size && new TextRoom(size()),
      file: name,
      keys: keysOf(this.contexts),
      ...(this.#rebase && { rebase: this.#rebase }),
    }
  }

  /** One sentence for each source that cannot be named from where the paths of the sum start. */
  get leftOut(): Iterable<string> {
    return this.#leftOut
  }

  /** The record that comes next; undefined at the end of the file, and where `fill` has to read on. */
  get record(): RawRecord | undefined {
    return this.#record
  }

  /** @returns whether the next record is there; if not, it may come by `fill` */
  advance(): boolean {
    this.#guarded(() => {
      this.#record = this.#records.next().value ?? undefined
      if (this.#record) this.#refuseOther(this.#parser.head)
    })
    return this.#record !== undefined
  }

  /** Reads until there is a record, or the end. */
  async fill(): Promise<void> {
    if (this.#rebase) return this.#fillRebased(this.#rebase)
    do {
      const records = await this.#read()
      if (!records) return
      this.#records = records
    } while (!this.advance())
  }

  addTo(destination: Pick<RecordDestination, OfPath>): void {
    this.#guarded(() => addRecord(this.#record as RawRecord, { ...this.#own, ...destination }))
  }

  async close(): Promise<void> {
    await this.#pieces.return?.()
  }

  /** Paths from another folder may come in another order, so all of them are needed. */
  async #fillRebased(rebase: (path: string) => string | undefined): Promise<void> {
    const all: RawRecord[] = []
    for (let records = await this.#read(); records; records = await this.#read())
      this.#guarded(() => {
        for (const record of records ?? []) {
          const path = rebase(record.path)
          if (path !== undefined) all.push({ ...record, path, fields: record.fields.copy() })
        }
      })
    this.#records = all.sort(compareRecords).values()
    this.advance()
  }

  /** A folder of one system may have a name that is a drive on another. */
  #named(path: string, rebased: string): string | undefined {
    const problem = pathProblem(rebased, true)
    if (problem === undefined) return rebased
    const place = `from the folder of the sum, ${JSON.stringify(rebased)}, ${problem}`
    this.#leftOut.add(printable(`${path} in ${this.name} is left out: its path ${place}.`))
    return undefined
  }

  async #read(): Promise<Generator<RawRecord, void> | undefined> {
    try {
      const { done, value } = await this.#pieces.next()
      if (!done) {
        this.bytes += value.length
        return this.#parser.records(value)
      }
      this.#refuseOther(this.#parser.end())
      return undefined
    } catch (error) {
      throw badInput(this.name, error)
    }
  }

  /** A run may have been added to the file since. */
  #refuseOther(head: CountsHead | undefined): void {
    if (this.#isSame) return
    this.#isSame = JSON.stringify(head) === JSON.stringify(this.#head)
    if (this.#isSame) return
    const message = `${this.name} was changed while it was read. Merge again when no run adds to it.`
    throw new TstraceError('TST_COUNTS_CHANGED', message)
  }

  #guarded(action: () => void): void {
    try {
      action()
    } catch (error) {
      throw badInput(this.name, error)
    }
  }
}
