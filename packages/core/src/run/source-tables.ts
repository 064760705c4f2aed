import { existsSync } from 'node:fs'
import {
  type Compiler,
  componentTable,
  type Instrumented,
  type InstrumentedCompiled,
  type InstrumentOptions,
  instrument,
  instrumentCompiled,
  siteTableOf,
  sourceId,
} from '@tstrace/instrument'
import { absolutePath, componentKind, withoutMark } from '@tstrace/instrument/source-file'
import type { KnownTable, SourceVersion } from '@tstrace/results'
import { siteTableFrom } from '@tstrace/results/counts-file'
import { readSource, reasonOf } from '@tstrace/results/files'
import { codePointOrder, siteTableText } from '@tstrace/results/internal'
import type { TableFor } from '../collect/fitting-table.ts'
import { lostSentence, unshownSentence } from './behind-compiler.ts'
import type { TableCache } from './table-cache.ts'
import { type Untouched, untouchedBecause, untouchedSentence } from './untouched.ts'

export interface SourceTablesOptions extends Pick<InstrumentOptions, 'unmappedCalls'> {
  /** Absolute path of the project root. */
  readonly root: string
  /** Record who calls whom. */
  readonly calls: boolean
  /** Count the arms of branches. Default: false. */
  readonly branches?: boolean
  /** Show lines while they run. Default: false. */
  readonly live?: boolean
  /** Keep the names that V8 gives functions: not what Istanbul's coverage wants, which numbers those that have none. Default: false. */
  readonly keepNames?: boolean | undefined
  /** Keeps tables from run to run. Default: nobody does. */
  readonly cache?: TableCache | undefined
  /** Told each text that runs and is not the one on disk. Default: nobody needs them. */
  readonly keepText?: (version: SourceVersion, text: string) => void
}

/** What a runner is given of a source: of what instrumenting has made, that which takes little memory. */
export type TracedCode = Pick<Instrumented, 'code' | 'map' | 'id'>

/** How many characters of source the latest results may belong to; each takes some five times as much memory. */
const REMEMBERED = 500_000

/** A text to instrument. */
export interface SourceCode {
  /** Absolute. */
  readonly path: string
  /** Relative to the root, with `/`. */
  readonly file: string
  readonly code: string
  /** What makes JavaScript of it once it is instrumented. Default: oxc. */
  readonly compiler?: Compiler | undefined
}

/** What became of a source whose compiler reads the file itself. */
export interface CompiledCode {
  /** JavaScript. */
  readonly code: string
  /** From there to the source; undefined where the compiler gave none. */
  readonly map: CompilerMap | undefined
}

export interface CompilerMap {
  readonly mappings: string
  readonly sources: readonly (string | null)[]
  readonly sourcesContent?: readonly (string | null)[]
}

/** Instruments sources and remembers their tables, or makes those again from the sources on disk. */
export class SourceTables {
  readonly #options: SourceTablesOptions
  /** Packed: an object for each line of a large project takes more memory than the rest of a run. */
  readonly #tables = new Map<string, Buffer>()
  readonly #latest = new Map<string, Latest>()
  /** Characters of source in `#latest`. */
  #remembered = 0
  /** Ids of what this run has made of the texts on disk, by their absolute paths. */
  readonly #made = new Map<string, string>()
  readonly #untouched = new Map<string, Untouched>()
  /** Those of which the text on disk has no table: they need not have run. */
  readonly #unlisted = new Map<string, Untouched>()
  /** Those of which another text runs than the one on disk. */
  readonly #elsewhere = new Set<string>()
  /** What is said of files that are counted behind their compilers, by path. */
  readonly #behind = new Map<string, readonly string[]>()

  constructor(options: SourceTablesOptions) {
    this.#options = options
  }

  /** Of files that ran untouched although they should have been traced, or not all of which is counted, in the order of their paths. */
  get problems(): readonly string[] {
    const untouched = new Map([...this.#unlisted, ...this.#untouched])
    const said = new Map([...untouched].map(([file, one]) => [file, [untouchedSentence(one)]] as const))
    const all = [...said, ...this.#behind].sort(([a], [b]) => codePointOrder(a, b))
    return all.flatMap(([, sentences]) => sentences)
  }

  /**
   * Whether what there is to say of a file, in `problems` or by `keepText`, is known only where it has been given to `instrument` or
   * `instrumentCompiled`.
   */
  hasToComeAgain(file: string): boolean {
    const isNoted = this.#untouched.has(file) || (this.#behind.get(file) ?? []).length > 0
    return isNoted || this.#elsewhere.has(file)
  }

  /**
   * Undefined where nothing in the text runs, where it asks to be left alone, or where it cannot be parsed; and for components,
   * of which only their compiler makes something that can be counted.
   */
  instrument(source: SourceCode): TracedCode | undefined {
    if (componentKind(source.path)) return undefined
    const latest = this.#latest.get(source.file)
    if (latest?.code === source.code && latest.compiler === source.compiler) return latest.result
    const carryTable = textOnDisk(source.path) !== withoutMark(source.code)
    const make: Make<Instrumented> = (code, options) => instrument(code, { ...options, carryTable })
    const made = this.#attempt(source, make, this.#untouched)
    if (made && carryTable) this.#keepText(source, made.hash)
    if (carryTable) this.#elsewhere.add(source.file)
    else this.#elsewhere.delete(source.file)
    const result = made && { code: made.code, map: made.map, id: made.id }
    this.#remember(source, result)
    if (made) this.#tables.set(made.id, packed(made))
    if (made && !carryTable) this.#made.set(source.path, made.id)
    return result
  }

  /** The table of a source that nobody has loaded. Undefined as for `instrument`, and for one that ran untouched. */
  tableOf(source: SourceCode): KnownTable | undefined {
    if (this.#untouched.has(source.file)) return undefined
    if (componentKind(source.path))
      return this.#attempt(source, (code) => componentTable(code, source.file), this.#unlisted)
    return this.#tableOnDisk(source, sourceId(source.code, { ...this.#options, file: source.file }))
  }

  /**
   * Counters behind a compiler that reads the file itself, and so leaves out those in the text that it was given. Undefined
   * where its map does not lead to the file, or where nothing runs.
   */
  instrumentCompiled(
    { path, file }: Pick<SourceCode, 'path' | 'file'>,
    { code, map }: CompiledCode,
  ): InstrumentedCompiled | undefined {
    const { calls, live } = this.#options
    const source = textOnDisk(path)
    const isComponent = componentKind(path) !== undefined
    const problem = mapProblem({ map, source, isComponent })
    this.#untouched.delete(file)
    this.#behind.delete(file)
    try {
      if (problem !== undefined) throw new Error(problem)
      const compiled = { file, source: source ?? '', compiled: code, map: map as CompilerMap, calls }
      const made = instrumentCompiled(compiled)
      const lost = made && made.lost.length > 0 ? [lostSentence(file, made.lost, made.lines)] : []
      this.#behind.set(file, [...lost, ...(made && live ? [unshownSentence(file)] : [])])
      return made
    } catch (error) {
      this.#untouched.set(file, untouchedBecause(file, error))
      return undefined
    }
  }

  /**
   * Forgets the tables of all other sources, and what was said of files that are there no more.
   *
   * @param ids those that are still reported
   */
  keepOnly(ids: Pick<ReadonlySet<string>, 'has'>): void {
    for (const id of this.#tables.keys()) if (!ids.has(id)) this.#tables.delete(id)
    for (const untouched of [this.#untouched, this.#unlisted])
      for (const file of untouched.keys())
        if (!existsSync(absolutePath(this.#options.root, file))) untouched.delete(file)
  }

  /** The table of counts that came from a worker, or undefined when the source has changed since. */
  tableFor({ id, path }: Parameters<TableFor>[0]): ReturnType<TableFor> {
    const known = this.#tables.get(id)
    if (known !== undefined) return unpacked(known)
    const place = absolutePath(this.#options.root, path)
    let code: string
    try {
      code = withoutMark(readSource(place))
    } catch (error) {
      return existsSync(place) ? { unreadable: reasonOf(error) } : 'deleted'
    }
    if (sourceId(code, { ...this.#options, file: path }) !== id) return undefined
    return this.#tableOnDisk({ path: place, file: path, code }, id)
  }

  /** Keeps for later runs what this one has made. */
  keep(): void {
    const made = Array.from(this.#made, ([path, id]) => ({ path, id, table: this.#tables.get(id) as Buffer }))
    this.#options.cache?.write(made)
    this.#made.clear()
  }

  /** @param id that of the source */
  #tableOnDisk(source: SourceCode, id: string): KnownTable | undefined {
    const { cache } = this.#options
    const kept = cache?.read(source.path, id)
    if (kept !== undefined) {
      this.#unlisted.delete(source.file)
      return unpacked(kept)
    }
    const made = this.#attempt(source, siteTableOf, this.#unlisted)
    if (!made) return undefined
    const table = packed(made)
    if (cache) {
      this.#tables.set(id, table)
      this.#made.set(source.path, id)
    }
    return unpacked(table)
  }

  /** The environments of a run ask for the same file one soon after the other, so a few are enough. */
  #remember({ file, code, compiler }: SourceCode, result: TracedCode | undefined): void {
    this.#forget(file)
    this.#latest.set(file, { code, compiler, result })
    this.#remembered += code.length
    for (const oldest of this.#latest.keys()) {
      if (this.#remembered <= REMEMBERED || oldest === file) return
      this.#forget(oldest)
    }
  }

  #forget(file: string): void {
    this.#remembered -= this.#latest.get(file)?.code.length ?? 0
    this.#latest.delete(file)
  }

  #keepText({ file, code }: SourceCode, hash: string): void {
    this.#options.keepText?.({ path: file, hash }, withoutMark(code))
  }

  #attempt<Made>(
    { file, code, compiler }: SourceCode,
    make: Make<Made>,
    failed: Map<string, Untouched>,
  ): Made | undefined {
    this.#unlisted.delete(file)
    failed.delete(file)
    const { branches = false, calls, keepNames = false, live = false, unmappedCalls } = this.#options
    try {
      return make(code, {
        file,
        branches,
        calls,
        live,
        ...(compiler && { compiler }),
        keepNames,
        unmappedCalls,
      })
    } catch (error) {
      failed.set(file, untouchedBecause(file, error))
      return undefined
    }
  }
}

/** What was made of a source last. */
interface Latest extends Pick<SourceCode, 'code' | 'compiler'> {
  readonly result: TracedCode | undefined
}

/** `instrument`, or that of it which is asked for. */
type Make<Made> = (code: string, options: InstrumentOptions) => Made | undefined

/** The hash and the number of counters, then the sites as files have them. */
function packed({ hash, sites }: KnownTable): Buffer {
  return Buffer.from(`${hash} ${sites.counters} ${siteTableText(sites)}`)
}

function unpacked(bytes: Buffer): KnownTable {
  const start = bytes.indexOf('{')
  const [hash = '', counters] = bytes.toString('latin1', 0, start).split(' ')
  return { sites: siteTableFrom(bytes.subarray(start), Number(counters)), hash }
}

const READS_ITSELF = 'its compiler reads the file itself and ignores the text with counters'

interface CompilersMap {
  readonly map: CompilerMap | undefined
  /** The text on disk. */
  readonly source: string | undefined
  readonly isComponent: boolean
}

/** Why nothing follows from a map; undefined where it leads to the file. Of a component it may lead to others as well. */
function mapProblem({ isComponent, map, source }: CompilersMap): string | undefined {
  const why = isComponent ? 'it is counted behind its compiler' : READS_ITSELF
  const other = isComponent ? 'whose source map' : 'and its source map'
  if (!map?.mappings)
    return isComponent ? `${why}, which gives no source map.` : `${why}, and gives no source map.`
  const [content] = map.sourcesContent ?? []
  const isOfFile = map.sources.length === 1 && (content == null || withoutMark(content) === source)
  return isOfFile || (isComponent && map.sources.length > 1)
    ? undefined
    : `${why}, ${other} leads to another text.`
}

/** Without its byte order mark: behind one, a `#!` line would be none. */
function textOnDisk(path: string): string | undefined {
  try {
    return withoutMark(readSource(path))
  } catch {
    return undefined
  }
}
