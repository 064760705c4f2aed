import { Damage, shown } from '../results/damage.ts'
import { pathProblem } from '../results/source-path.ts'

const TAB = 9

/** The fields of a line, each made when it is asked for: of a recording most are not. */
export class LineFields {
  readonly #line: Buffer
  /** Behind each field, where its tab is or the line ends. */
  readonly #ends: number[] = []

  constructor(line: Buffer) {
    this.#line = line
    for (let tab = line.indexOf(TAB); tab >= 0; tab = line.indexOf(TAB, tab + 1)) this.#ends.push(tab)
    this.#ends.push(line.length)
  }

  get length(): number {
    return this.#ends.length
  }

  /** One that is there. */
  at(field: number): Buffer {
    return this.#line.subarray(field === 0 ? 0 : (this.#ends[field - 1] as number) + 1, this.#ends[field])
  }

  from(first: number): Buffer[] {
    const fields: Buffer[] = []
    for (let field = first; field < this.length; field++) fields.push(this.at(field))
    return fields
  }
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
