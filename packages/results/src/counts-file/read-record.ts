import { checkSiteTable } from '../results/check-site-table.ts'
import { ContextCounts } from '../results/context-counts.ts'
import { Damage, isWhole, listOf, shown } from '../results/damage.ts'
import { KeptCounts } from '../results/kept-counts.ts'
import { takenSiteTable } from '../results/own-site-table.ts'
import { unpackSiteTable } from '../results/packed-site-table.ts'
import { type CallEdge, eventLoop, type SourceCounts } from '../results/results-data.ts'
import type { SiteTable } from '../results/site-table.ts'
import { isHash } from '../results/sound-counts.ts'
import { type Fields, jsonOf, pathOf } from './counts-fields.ts'
import { MOST_MERGED_VERSIONS } from './counts-limits.ts'
import { type CallRow, compareRows } from './counts-lines.ts'
import { type Guard, lazySiteTable, ownWrittenTable } from './lazy-site-table.ts'
import type { RawRecord } from './raw-record.ts'
import { isInRows, readContextCounts } from './read-context-counts.ts'
import { readCounts } from './read-numbers.ts'
import { isKnownEncoding, type TextRoom, unpackedText } from './recorded-texts.ts'
import { isWrittenSiteTable } from './written-site-table.ts'

interface KnownTable {
  readonly bytes: Buffer
  readonly table: SiteTable
  /** Of the texts that have it. */
  readonly hashes: Set<string>
}

interface Reading {
  readonly guarded: Guard | undefined
  readonly where: string
}

/**
 * Reads records of one path. The same bytes give the same site table, which is read and checked once. Nothing that it gives needs
 * the record afterwards, but for what is read later.
 */
export class RecordReader {
  readonly #tables: KnownTable[] = []
  #latestHash: { readonly bytes: Buffer; readonly text: string } | undefined
  #versions = 0
  #texts = 0

  /**
   * In which contexts the counts of a record came about; undefined where that is not known. What is given reads it, and throws
   * `Damage` then.
   *
   * @param sums the counts of all contexts
   * @param keys those of the contexts, by their numbers in the file
   */
  contexts(
    { fields, kind, line }: RawRecord,
    sums: ArrayLike<number>,
    keys: readonly string[],
  ): (() => ContextCounts) | undefined {
    const field = fields.at(kind === 'source' ? 3 : 1)
    if (!field) return undefined
    return () => {
      const where = `line ${line}, contexts`
      const packed = readContextCounts(field, { sums, contexts: keys.length }, where)
      return new ContextCounts(new KeptCounts(packed, keys))
    }
  }

  /**
   * Whether anything of a record was counted in one of some contexts.
   *
   * @param numbers of the contexts in the file
   */
  isIn({ fields, kind }: RawRecord, numbers: ReadonlySet<number>): boolean {
    const field = fields.at(kind === 'source' ? 3 : 1)
    return field !== undefined && isInRows(field, numbers)
  }

  /**
   * The counts of a record. They are a view that holds until the next record is read: whoever keeps them copies them.
   *
   * @param guarded for a site table that is read, and checked, when somebody looks at it: says of which file a damage is that
   * is found then. Default: it is read at once
   * @throws Damage
   */
  source({ fields, line, path }: RawRecord, guarded?: Guard): SourceCounts {
    const where = `line ${line}`
    const hash = this.#hash(fields, where)
    const counts = readCounts(fields.at(1) as Buffer, where)
    const known = this.#table(fields, counts.length, { guarded, where })
    if (!known.hashes.has(hash) && ++this.#versions > MOST_MERGED_VERSIONS)
      throw new Damage(where, `counts one path in more than ${MOST_MERGED_VERSIONS} versions`)
    known.hashes.add(hash)
    return { path, hash, counts, sites: known.table }
  }

  /**
   * Hash and packed text of a record; undefined where its encoding is not known.
   *
   * @param room for the texts of the file. Default: there is room
   * @throws Damage
   */
  text({ fields, line }: RawRecord, room?: TextRoom): readonly [hash: string, packed: string] | undefined {
    const where = `line ${line}`
    const [hash, encoding, packed] = [this.#hash(fields, where), textAt(1, fields), textAt(2, fields)]
    if (++this.#texts > MOST_MERGED_VERSIONS)
      throw new Damage(where, `has one text of a path more than ${MOST_MERGED_VERSIONS}`)
    if (!isKnownEncoding(encoding)) return undefined
    room?.take(unpackedText(packed, hash, where).length, where)
    // What base64 leaves unread must not be handed on.
    return [hash, Buffer.from(packed, 'base64').toString('base64')]
  }

  #hash(fields: Fields, where: string): string {
    if (this.#latestHash && fields.is(0, this.#latestHash.bytes)) return this.#latestHash.text
    const text = textAt(0, fields)
    if (!isHash(text)) throw new Damage(where, `has no hash but ${shown(text)}`)
    this.#latestHash = { bytes: Buffer.from(text, 'latin1'), text }
    return text
  }

  #table(fields: Fields, counters: number, { guarded, where }: Reading): KnownTable {
    const known = this.#tables.find((seen) => seen.table.counters === counters && fields.is(2, seen.bytes))
    if (known) return known
    // What is lazy stays in the file's memory with all the rest of it.
    const there = fields.at(2) as Buffer
    const bytes = guarded ? there : Buffer.from(there)
    const lazy = guarded && lazySiteTable(bytes, { counters, where }, guarded)
    const read = { bytes, hashes: new Set<string>(), table: lazy ?? tableOf(bytes, counters, where) }
    this.#tables.push(read)
    return read
  }
}

/** One that is there, and has no character that takes more than a byte. */
function textAt(field: number, fields: Fields): string {
  return (fields.at(field) as Buffer).toString('latin1')
}

function tableOf(bytes: Buffer, counters: number, where: string): SiteTable {
  const written = isWrittenSiteTable(bytes, counters) && ownWrittenTable(bytes, counters)
  if (written) return written
  const packed = checkSiteTable(jsonOf(bytes, where), `${where}, sites`, counters)
  return takenSiteTable(unpackSiteTable(packed, counters))
}

/** Reads the calls of one file, whose rows are in order over all lines of a path and label. */
export class CallsReader {
  #latest: { readonly path: string; readonly label: string; readonly row: CallRow } | undefined

  /** @throws Damage */
  edges({ fields, label, line, path }: RawRecord): CallEdge[] {
    const where = `line ${line}`
    const rows = listOf(jsonOf(fields.at(0) as Buffer, where), `${where}, calls`)
    const before = this.#latest
    let latest = before?.path === path && before.label === label ? before.row : undefined
    const edges: CallEdge[] = []
    for (const row of rows) {
      if (!isCallRow(row)) throw new Damage(where, `has no row of calls but ${shown(row)}`)
      if (latest && compareRows(latest, row) >= 0)
        throw new Damage(where, 'has calls that are not sorted, or twice the same')
      latest = row
      edges.push(edgeOf(row, path, where))
    }
    if (latest) this.#latest = { path, label, row: latest }
    return edges
  }
}

function edgeOf(
  [name, callerPath, callerName, calls, resumptions]: CallRow,
  path: string,
  where: string,
): CallEdge {
  if (callerPath !== eventLoop.path) pathOf(callerPath, where)
  else if (callerName !== eventLoop.name) throw new Damage(where, 'has a caller without a path')
  return { caller: { path: callerPath, name: callerName }, callee: { path, name }, calls, resumptions }
}

function isCallRow(row: unknown): row is CallRow {
  if (!Array.isArray(row) || row.length !== 5) return false
  const [name, callerPath, callerName, calls, resumptions] = row as unknown[]
  return (
    [name, callerPath, callerName].every((text) => typeof text === 'string') &&
    isWhole(calls, 0) &&
    isWhole(resumptions, 0)
  )
}
