import { readFileSync } from 'node:fs'
import type { Coverage } from './istanbul-coverage-items.ts'
import { type Difference, differences } from './istanbul-differences.ts'

/** What came of a comparison. */
export interface Compared {
  readonly files: number
  /** Of ours. */
  readonly statements: number
  readonly functions: number
  readonly arms: number
  /** How many differences follow a rule, by its name. */
  readonly rules: Readonly<Record<string, number>>
  /** Each difference that follows none. */
  readonly unexplained: readonly string[]
}

/**
 * Compares what was exported with what Istanbul counted behind a compiler, both as `coverage-final.json`. Items are the same
 * where they start at the same place: where they end, Istanbul only knows through the compiler's map.
 */
export function compareExports(ourFile: string, theirFile: string): Compared {
  const [ours = {}, theirs = {}] = [ourFile, theirFile].map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Coverage>,
  )
  const figures = { files: 0, statements: 0, functions: 0, arms: 0 }
  const rules: Record<string, number> = {}
  const unexplained: string[] = []
  // Istanbul leaves out files in which nothing counts for it, such as those that only export from others.
  for (const [path, own] of Object.entries(ours))
    if (!theirs[path] && startsOf(own).size > 0) unexplained.push(`${path}: ours only`)
  for (const [path, their] of Object.entries(theirs)) {
    const own = ours[path]
    if (!own) {
      unexplained.push(`${path}: Istanbul's only`)
      continue
    }
    const [ourItems, theirItems] = [startsOf(own), startsOf(their)]
    figures.files += 1
    for (const item of ourItems.keys()) {
      if (item.startsWith('statement')) figures.statements += 1
      else if (item.startsWith('function')) figures.functions += 1
      else figures.arms += 1
    }
    const found = differences(readFileSync(path, 'utf8'), ourItems, theirItems)
    const moved = movedAmong(found)
    for (const difference of found) {
      const { item, ours: our, theirs: other } = difference
      const rule = ruleOf(difference) ?? (moved.has(difference) ? 'place through a map' : undefined)
      if (rule === undefined) unexplained.push(`${path} ${item}: ${our} ours, ${other} Istanbul's`)
      else rules[rule] = (rules[rule] ?? 0) + 1
    }
  }
  return { ...figures, rules, unexplained }
}

/** A map leads from what is there, and an `else` that is not written is nowhere. */
function ruleOf({ item, rule, theirs }: Difference): string | undefined {
  return / no place /.test(item) && theirs === undefined ? 'else through a map' : rule
}

/** Numbers by where something starts; of several that start there all. */
function startsOf({ b, branchMap, f, fnMap, s, statementMap }: Coverage): Map<string, string> {
  const found = new Map<string, number[]>()
  const add = (key: string, count: number | undefined): void => {
    found.set(
      key,
      [...(found.get(key) ?? []), count ?? 0].sort((a, b) => a - b),
    )
  }
  type Start = { readonly line?: number | undefined; readonly column?: number | null | undefined }
  const at = ({ column, line }: Start): string => `${line}:${column}-`
  for (const [id, { start }] of Object.entries(statementMap)) add(`statement ${at(start)}`, s[id])
  for (const [id, { loc }] of Object.entries(fnMap)) add(`function ${at(loc.start)}`, f[id])
  for (const [id, { loc, locations, type }] of Object.entries(branchMap))
    for (const [arm, { start }] of locations.entries())
      add(
        `${type} ${start.line === undefined ? 'no place ' : ''}${at(start.line === undefined ? loc.start : start)}`,
        b[id]?.[arm],
      )
  return new Map([...found].map(([key, counts]) => [key, String(counts)]))
}

/** Those that have a twin of the other side, of the same kind and number, at most two lines apart. */
function movedAmong(found: readonly Difference[]): ReadonlySet<Difference> {
  const moved = new Set<Difference>()
  const placeOf = ({ item }: Difference): [kind: string, line: number] => {
    const [, kind = '', line = ''] = /^(\S+) (?:no place )?(\d+):/.exec(item) ?? []
    return [kind, Number(line)]
  }
  for (const one of found) {
    if (one.ours === undefined || one.theirs !== undefined) continue
    const [kind, line] = placeOf(one)
    const twin = found.find((other) => {
      const [otherKind, otherLine] = placeOf(other)
      const isLike = other.ours === undefined && other.theirs === one.ours && otherKind === kind
      return isLike && !moved.has(other) && Math.abs(otherLine - line) <= 2
    })
    if (twin) moved.add(one).add(twin)
  }
  return moved
}
