import { codePointOrder } from '../results/code-point-order.ts'
import type { Fields } from './counts-fields.ts'

/** A record as it stands in a counts file, its larger fields unread. */
export interface RawRecord {
  /** 1-based. */
  readonly line: number
  readonly kind: 'text' | 'source' | 'calls'
  readonly path: string
  /** That of a text is ''. */
  readonly label: string
  /** The fields behind path and label: hash, counts and sites of a source, the rows of calls, hash, encoding and data of a text. */
  readonly fields: Fields
}

const KINDS: readonly RawRecord['kind'][] = ['text', 'source', 'calls']

/**
 * The order of records: by path, label, kind, then hash of texts and sources, and sites of sources. Field by field in code-point order, which
 * is that of the bytes.
 */
export function compareRecords(a: RawRecord, b: RawRecord): number {
  const order = codePointOrder(a.path, b.path) || codePointOrder(a.label, b.label)
  if (order !== 0) return order
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
  if (a.kind === 'calls') return 0
  return compareAt(0, a, b) || (a.kind === 'text' ? 0 : compareAt(2, a, b))
}

function compareAt(field: number, a: RawRecord, b: RawRecord): number {
  return Buffer.compare(a.fields.at(field) as Buffer, b.fields.at(field) as Buffer)
}
