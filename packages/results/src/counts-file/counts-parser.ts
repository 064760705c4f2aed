import { createHash, type Hash } from 'node:crypto'
import { TstraceError } from '../errors.ts'
import { printable } from '../printable.ts'
import { Damage, shown } from '../results/damage.ts'
import { ContextsReader } from './context-lines.ts'
import type { LabelledContext } from './counts-contexts.ts'
import { FieldsBehind, fieldsOf, jsonOf, LineFields, PathReader, stringOf, textOf } from './counts-fields.ts'
import { LONGEST_LINE, MOST_RUNS } from './counts-limits.ts'
import { COUNTS_FORMAT, COUNTS_VERSION } from './counts-lines.ts'
import { compareRecords, type RawRecord } from './raw-record.ts'
import { type CountsHeader, checkHeader, checkRun, type RunRecord, type RunsHead } from './run-record.ts'

/** What stands before the records. */
export interface CountsHead extends RunsHead {
  /** In their order; records name them by their places. */
  readonly contexts: readonly LabelledContext[]
}

const NEWLINE = 10
/** Behind these, records of version 2 have one more where contexts are known. */
const FIELDS = { text: 5, source: 6, calls: 4 } as const

/**
 * Reads a counts file piece by piece. The form of the lines and the trailer are checked here; the fields of a record
 * are checked by whoever reads them.
 */
export class CountsParser {
  readonly #file: string
  readonly #hash: Hash = createHash('sha256')
  /** Pieces of a line whose end has not come. */
  #rest: Buffer[] = []
  #restLength = 0
  #lines = 0
  readonly #runs: RunRecord[] = []
  readonly #contexts = new ContextsReader()
  #version = COUNTS_VERSION
  #header: CountsHeader | undefined
  #head: CountsHead | undefined
  /** Of the runs. */
  readonly #labels = new Set<string>()
  #latest: RawRecord | undefined
  readonly #paths: PathReader
  #hasEnded = false

  /**
   * @param file its name, for messages
   * @param paths that of the other files that are read beside this one. Default: there are none
   */
  constructor(file: string, paths: PathReader = new PathReader()) {
    this.#file = file
    this.#paths = paths
  }

  /** Undefined until the first record or the end has come. */
  get head(): CountsHead | undefined {
    return this.#head
  }

  /**
   * Takes the next piece of the file. Records point into it: they hold for as long as it does not change.
   *
   * @returns the records that are complete now
   * @throws TstraceError `TST_COUNTS_DAMAGED`, `TST_COUNTS_FOREIGN` or `TST_COUNTS_NEWER`
   */
  push(piece: Uint8Array): RawRecord[] {
    return [...this.records(piece)]
  }

  /** As `push`, each record when it is asked for; all of them have to be before there is another piece. */
  *records(given: Uint8Array): Generator<RawRecord, void> {
    const piece = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
    const first = piece.indexOf(NEWLINE)
    const latest = this.#latest
    let start = 0
    if (first >= 0 && this.#rest.length > 0) {
      start = first + 1
      const line = Buffer.concat([...this.#rest, piece.subarray(0, start)])
      this.#rest = []
      this.#restLength = 0
      yield* this.#read(line)
    }
    const end = piece.lastIndexOf(NEWLINE) + 1
    if (end > start) yield* this.#read(piece.subarray(start, end))
    this.#guarded(() => this.#keep(Buffer.from(piece.subarray(end))))
    if (this.#latest && this.#latest !== latest)
      this.#latest = { ...this.#latest, fields: this.#latest.fields.copy() }
  }

  /**
   * Says that there are no more pieces.
   *
   * @throws TstraceError `TST_COUNTS_DAMAGED` when the trailer has not come
   */
  end(): CountsHead {
    return this.#guarded(() => {
      if (this.#lines === 0) throw this.#foreign()
      if (!this.#hasEnded || !this.#head) throw new Damage('the file', 'is cut off: its last line is missing')
      if (this.#restLength > 0) throw new Damage('the file', 'goes on behind its last line')
      return this.#head
    })
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return
    this.#rest.push(piece)
    this.#restLength += piece.length
    if (this.#lines === 0 && this.#restLength > 10_000) throw this.#foreign()
    this.#limitLine(this.#restLength)
  }

  #limitLine(length: number): void {
    if (length > LONGEST_LINE)
      throw new Damage(`line ${this.#lines + 1}`, `is longer than ${LONGEST_LINE} bytes`)
  }

  /** @param lines whole ones */
  *#read(lines: Buffer): Generator<RawRecord, void> {
    let start = 0
    let hashed = 0
    while (start < lines.length) {
      const end = lines.indexOf(NEWLINE, start)
      const line = lines.subarray(start, end)
      if (isTrailer(line)) {
        this.#hash.update(lines.subarray(hashed, start))
        hashed = lines.length
      }
      const record = this.#guarded(() => this.#line(line))
      if (record) yield record
      start = end + 1
    }
    if (hashed < lines.length) this.#hash.update(lines.subarray(hashed))
  }

  #line(line: Buffer): RawRecord | undefined {
    this.#limitLine(line.length)
    if (this.#hasEnded) throw new Damage(`line ${this.#lines + 1}`, 'stands behind the last line')
    if (isTrailer(line)) return this.#trailer(line)
    this.#lines++
    const where = `line ${this.#lines}`
    if (this.#lines === 1) {
      this.#header = this.#firstLine(line)
      return undefined
    }
    const fields = new LineFields(line)
    for (const [kind, bytes] of KINDS) if (fields.is(0, bytes)) return this.#record(kind, fields, where)
    const kind = textOf(fields.at(0))
    if (kind === 'run') {
      if (this.#head || fields.length !== 2) throw new Damage(where, 'is a run at the wrong place')
      if (this.#runs.length === MOST_RUNS) throw new Damage(where, `is one run more than ${MOST_RUNS}`)
      this.#runs.push(checkRun(jsonOf(fields.at(1), where), where))
      return undefined
    }
    if (this.#version === 1) throw unknownKind(kind, where)
    if (kind === 'contexts') {
      if (this.#head) throw new Damage(where, 'has contexts at the wrong place')
      this.#contexts.read(fields.from(1), where)
    }
    return undefined
  }

  #record(kind: RawRecord['kind'], fields: LineFields, where: string): RawRecord {
    const isText = kind === 'text'
    if (isText && this.#version === 1) throw unknownKind(kind, where)
    if (fields.length !== FIELDS[kind] && (this.#version === 1 || fields.length < FIELDS[kind]))
      throw new Damage(where, `has ${fields.length} fields, not ${FIELDS[kind]}`)
    this.#headIsComplete()
    const record: RawRecord = {
      line: this.#lines,
      kind,
      path: this.#paths.read(fields, where),
      label: isText || fields.is(2, NO_LABEL) ? '' : stringOf(fields.at(2), where),
      fields: new FieldsBehind(fields, isText ? 2 : 3),
    }
    if (!isText && !this.#labels.has(record.label))
      throw new Damage(where, `has a label that no run has: ${shown(record.label)}`)
    const order = this.#latest ? compareRecords(this.#latest, record) : -1
    // Calls may go on in another line; the order of their rows is checked by whoever reads them.
    if (order > 0 || (order === 0 && kind !== 'calls'))
      throw new Damage(where, `is not in order, or there twice: ${shown(record.path)}`)
    this.#latest = record
    return record
  }

  #firstLine(line: Buffer): CountsHeader {
    const [format, version, header, ...more] = fieldsOf(line)
    if (!format || textOf(format) !== COUNTS_FORMAT) throw this.#foreign()
    const number = version && /^[1-9]\d{0,8}$/.test(textOf(version)) ? Number(textOf(version)) : undefined
    if (number === undefined) throw new Damage('line 1', 'has no version')
    if (number > COUNTS_VERSION) {
      const message = `${this.#file} has version ${number} of the counts format; this tstrace reads up to ${COUNTS_VERSION}.`
      throw new TstraceError(
        'TST_COUNTS_NEWER',
        `${message} Read it with the tstrace that wrote it, or a later one.`,
      )
    }
    this.#version = number
    if (!header || more.length > 0) throw new Damage('line 1', 'is not a header')
    return checkHeader(jsonOf(header, 'line 1'))
  }

  #headIsComplete(): void {
    if (this.#head) return
    const ids = this.#runs.map(({ id }) => id)
    if (ids.some((id, i) => i > 0 && (ids[i - 1] as string) >= id))
      throw new Damage('the list of runs', 'is not sorted by id, or has one twice')
    for (const { label } of this.#runs) this.#labels.add(label)
    const { contexts } = this.#contexts
    const other = contexts.find(({ label }) => !this.#labels.has(label))
    if (other) throw new Damage('the list of contexts', `has a label that no run has: ${shown(other.label)}`)
    this.#head = { ...(this.#header as CountsHeader), runs: this.#runs, contexts }
  }

  #trailer(line: Buffer): undefined {
    this.#headIsComplete()
    const [, lines, hash, ...more] = fieldsOf(line).map(textOf)
    if (lines !== String(this.#lines) || hash !== this.#hash.digest('hex') || more.length > 0)
      throw new Damage('its last line', 'does not fit the lines before it')
    this.#hasEnded = true
  }

  #foreign(): TstraceError {
    const message = `${this.#file} is not a tstrace counts file: it does not start with "${COUNTS_FORMAT}".`
    return new TstraceError(
      'TST_COUNTS_FOREIGN',
      `${message} Give a file that --file or the option \`file\` has written.`,
    )
  }

  #guarded<Value>(action: () => Value): Value {
    try {
      return action()
    } catch (error) {
      throw error instanceof Damage ? damaged(this.#file, error.message, error) : error
    }
  }
}

function unknownKind(kind: string, where: string): Damage {
  return new Damage(where, `is of an unknown kind: ${shown(kind)}`)
}

/** What is thrown for a file that tstrace has written and something else has changed. */
export function damaged(file: string, problem: string, cause?: unknown): TstraceError {
  const message = `${file} is damaged: ${printable(problem)}. Nothing of it was used; delete it or make it again.`
  return new TstraceError('TST_COUNTS_DAMAGED', message, { cause })
}

/** What records begin with. */
const KINDS = (['source', 'calls', 'text'] as const).map((kind) => [kind, Buffer.from(kind)] as const)

const NO_LABEL = Buffer.from('""')
const END = Buffer.from('end\t')

function isTrailer(line: Buffer): boolean {
  return line.length > END.length && line[0] === END[0] && END.equals(line.subarray(0, END.length))
}
