import { Damage, shown } from '../results/damage.ts'
import { pathProblem } from '../results/source-path.ts'

const TAB = 9

/** Some fields of a line, as they stand there. */
export interface Fields {
  readonly length: number
  /** Undefined for one that is not there. */
  at(field: number): Buffer | undefined
  /** Whether a field that is there is these bytes. */
  is(field: number, bytes: Uint8Array): boolean
  /** The same, of bytes that nobody else has. */
  copy(): Fields
}

/** The fields of a line, each made when it is asked for: of a recording most are not. */
export class LineFields {
  readonly #line: Buffer
  /** Behind each field, where its tab is or the line ends. */
  readonly #ends: number[] = []

  constructor(line: Buffer) {
    this.#line = line
    for (let end = endOf(line, 0); end < line.length; end = endOf(line, end + 1)) this.#ends.push(end)
    this.#ends.push(line.length)
  }

  get length(): number {
    return this.#ends.length
  }

  /** One that is there. */
  at(field: number): Buffer {
    return this.#line.subarray(this.#startOf(field), this.#ends[field])
  }

  from(first: number): Buffer[] {
    const fields: Buffer[] = []
    for (let field = first; field < this.length; field++) fields.push(this.at(field))
    return fields
  }

  is(field: number, bytes: Uint8Array): boolean {
    const start = this.#startOf(field)
    const end = this.#ends[field] as number
    if (end - start !== bytes.length) return false
    if (bytes.length > FEW) return this.#line.compare(bytes, 0, bytes.length, start, end) === 0
    let at = 0
    while (at < bytes.length && this.#line[start + at] === bytes[at]) at++
    return at === bytes.length
  }

  copy(): LineFields {
    return new LineFields(Buffer.from(this.#line))
  }

  #startOf(field: number): number {
    return field === 0 ? 0 : (this.#ends[field - 1] as number) + 1
  }
}

/** The fields of a line behind the first ones. */
export class FieldsBehind implements Fields {
  readonly #all: LineFields
  readonly #first: number

  /** @param first how many are in front of them */
  constructor(all: LineFields, first: number) {
    this.#all = all
    this.#first = first
  }

  get length(): number {
    return this.#all.length - this.#first
  }

  at(field: number): Buffer | undefined {
    return field < this.length ? this.#all.at(this.#first + field) : undefined
  }

  is(field: number, bytes: Uint8Array): boolean {
    return this.#all.is(this.#first + field, bytes)
  }

  copy(): FieldsBehind {
    return new FieldsBehind(this.#all.copy(), this.#first)
  }
}

/** So many bytes are gone through before a call of the engine has begun. */
const FEW = 64

/** Where the field that starts here ends: at its tab, or with the line. */
function endOf(line: Buffer, start: number): number {
  const near = Math.min(start + FEW, line.length)
  let end = start
  while (end < near && line[end] !== TAB) end++
  if (end < near || near === line.length) return end
  const tab = line.indexOf(TAB, near)
  return tab < 0 ? line.length : tab
}

/** The fields of a line. */
export function fieldsOf(line: Buffer): Buffer[] {
  return new LineFields(line).from(0)
}

export function textOf(field: Buffer): string {
  return field.toString('utf8')
}

/** @throws Damage */
export function stringOf(field: Buffer, where: string): string {
  const value = jsonOf(field, where)
  if (typeof value !== 'string') throw new Damage(where, 'has no path or no label')
  return value
}

/** @throws Damage */
export function jsonOf(field: Buffer, where: string): unknown {
  try {
    return JSON.parse(textOf(field))
  } catch {
    throw new Damage(where, 'has a field that is not JSON')
  }
}

/**
 * The path of a source, checked: relative, and `..` nowhere but at its start.
 *
 * @throws Damage
 */
export function pathOf(path: string, where: string): string {
  const problem = pathProblem(path, true)
  if (problem !== undefined) throw new Damage(where, `names the path ${shown(path)}, which ${problem}`)
  return path
}

/** Reads the paths of records: most are those of the record before, in the same file or in the one beside it. */
export class PathReader {
  #latest: { readonly bytes: Buffer; readonly path: string } | undefined

  /** @throws Damage */
  read(fields: LineFields, where: string): string {
    if (this.#latest && fields.is(1, this.#latest.bytes)) return this.#latest.path
    const bytes = Buffer.from(fields.at(1))
    const path = pathOf(stringOf(bytes, where), where)
    this.#latest = { bytes, path }
    return path
  }
}
