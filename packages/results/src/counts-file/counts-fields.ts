import { Damage, shown } from '../results/damage.ts'
import { pathProblem } from '../results/source-path.ts'

const TAB = 9

/** The fields of a line. */
export function fieldsOf(line: Buffer): Buffer[] {
  const fields: Buffer[] = []
  let start = 0
  for (let end = line.indexOf(TAB); end >= 0; end = line.indexOf(TAB, start)) {
    fields.push(line.subarray(start, end))
    start = end + 1
  }
  fields.push(line.subarray(start))
  return fields
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
