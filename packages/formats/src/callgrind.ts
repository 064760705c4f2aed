import { type CallEdge, eventLoop, type SiteTable } from '@tstrace/results'
import { functionsOfLines } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { FormatInput, MakeFormat } from './format.ts'
import { reportedCalls } from './reported-calls.ts'
import { type ReportedSource, reportedSources } from './reported-sources.ts'

/**
 * A profile as Callgrind writes it, for KCachegrind and callgrind_annotate: the cost of a line is its number, and each call
 * costs 1, since nobody has recorded what ran below a single call.
 */
export const callgrind: MakeFormat = (input) => {
  const { problems, sources } = reportedSources(input, { name: 'Callgrind', refuses: () => undefined })
  const text = { [Symbol.iterator]: () => profile(input, sources) }
  return { files: [{ path: 'callgrind.out.tstrace', text }], problems }
}

const HEAD = `# callgrind format
version: 1
creator: tstrace
positions: line
events: Count
`

function* profile(input: FormatInput, sources: readonly ReportedSource[]): Generator<string, void> {
  const calls = callsByCaller(reportedCalls(input))
  const tables = tablesByText(input)
  const names = new Names(sources)
  yield HEAD
  for (const source of sources) {
    const lines = linesByFunction(source, tables.get(keyOf(source.path, source.hash)) ?? [])
    for (const { name } of [MODULE, ...source.functions]) {
      const own = [...(lines.get(name) ?? [])].map(([line, count]) => `${line} ${count}\n`).join('')
      const edges = taken(calls, keyOf(source.path, name))
      if (own !== '' || edges.length > 0)
        yield `${names.opened(source.path, name)}${own}${edges.map((edge) => names.call(edge)).join('')}`
    }
  }
  // What is a caller only: tests, the event loop.
  for (const edges of calls.values()) {
    const [{ caller }] = edges as [CallEdge]
    yield `${names.opened(caller.path, caller.name)}${edges.map((edge) => names.call(edge)).join('')}`
  }
}

const MODULE = { name: '<module>' } as const

function callsByCaller(edges: readonly CallEdge[]): Map<string, CallEdge[]> {
  const byCaller = new Map<string, CallEdge[]>()
  for (const edge of edges) {
    const key = keyOf(edge.caller.path, edge.caller.name)
    const known = byCaller.get(key)
    if (known) known.push(edge)
    else byCaller.set(key, [edge])
  }
  return byCaller
}

function taken(calls: Map<string, CallEdge[]>, key: string): readonly CallEdge[] {
  const edges = calls.get(key) ?? []
  calls.delete(key)
  return edges
}

function keyOf(path: string, name: string): string {
  return `${path}\0${name}`
}

/** A text may have been counted with several. */
function tablesByText({ results }: FormatInput): Map<string, SiteTable[]> {
  const tables = new Map<string, SiteTable[]>()
  for (const { hash, path, sites } of results.sources()) {
    const key = keyOf(path, hash)
    tables.set(key, [...(tables.get(key) ?? []), sites])
  }
  return tables
}

/** The lines of a source that ran, with their numbers, by the function that they are in. */
function linesByFunction(
  { lines }: ReportedSource,
  tables: readonly SiteTable[],
): Map<string, [line: number, count: number][]> {
  const functions = new Map(tables.flatMap((sites) => [...functionsOfLines(sites)]))
  const found = new Map<string, [line: number, count: number][]>()
  for (const [line, count] of lines) {
    if (count === 0) continue
    const name = functions.get(line)?.name ?? MODULE.name
    const own = found.get(name)
    if (own) own.push([line, count])
    else found.set(name, [[line, count]])
  }
  return found
}

/** Files and functions have numbers, and are written in full where they come first. */
class Names {
  readonly #files = new Map<string, number>()
  readonly #functions = new Map<string, number>()
  /** On which line each function starts; 0 where that is not known. */
  readonly #lines = new Map<string, number>()

  constructor(sources: readonly ReportedSource[]) {
    for (const { functions, path } of sources) {
      this.#lines.set(keyOf(path, MODULE.name), 1)
      for (const { line, name } of functions) this.#lines.set(keyOf(path, name), line)
    }
  }

  /** The lines that begin a function. */
  opened(path: string, name: string): string {
    return `\nfl=${this.#file(path)}\nfn=${this.#function(path, name)}\n`
  }

  /** From where in the caller is not recorded: it stands where that starts. */
  call({ callee, caller, calls }: CallEdge): string {
    const [from, to] = [caller, callee].map(({ name, path }) => this.#lines.get(keyOf(path, name)) ?? 0)
    const file = `cfl=${this.#file(callee.path)}\ncfn=${this.#function(callee.path, callee.name)}\n`
    return `${file}calls=${calls} ${to}\n${from} ${calls}\n`
  }

  #file(path: string): string {
    return numbered(this.#files, path, path === eventLoop.path ? '???' : path)
  }

  #function(path: string, name: string): string {
    return numbered(this.#functions, keyOf(path, name), name)
  }
}

function numbered(numbers: Map<string, number>, key: string, name: string): string {
  const known = numbers.get(key)
  if (known !== undefined) return `(${known})`
  numbers.set(key, numbers.size + 1)
  return `(${numbers.size}) ${printable(name)}`
}
