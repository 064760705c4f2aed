import type { SourceCounts, SourceVersion } from '@tstrace/results'
import type { KeptCounts, RowCounts } from '@tstrace/results/internal'
import { textHash } from '@tstrace/results/text-hash'
import type { Change } from './change.ts'
import { ALL_CHANGED, type ChangedParts, changedParts } from './changed-parts.ts'
import type { EvidencePart } from './evidence.ts'
import { type TestFile, testFileKey, testFilesByContext } from './test-file.ts'

/** What a test file ran of a function that is another now. */
export interface RanFunction {
  readonly path: string
  readonly name: string
  /** 1-based, in the text that ran. */
  readonly line: number
  readonly calls: number
}

/** What a test file ran of texts that are others now. */
export interface RanChanged {
  /** Whether they are gone, by path: sources of which something outside of functions is another. */
  readonly modules: Map<string, boolean>
  readonly functions: Map<string, RanFunction>
}

/**
 * What each test file of a recording ran of sources that are not what they were, by its key.
 *
 * @param noted is told the path of every source that is in question, whoever ran it
 */
export function ranOfChanged(
  { recording, testFiles }: EvidencePart,
  change: Change,
  noted: (path: string) => void,
): Map<string, RanChanged> {
  const suspects = recording.versions().filter((version) => !isSame(version, change))
  const paths = new Set(suspects.map(({ path }) => path))
  const before = change.before?.([...paths].filter((path) => change.paths.has(path)))
  const results = recording.results({ calls: false, path: (path) => paths.has(path) })
  const filesOf = testFilesByContext(recording.contexts())
  const keys = new Set(suspects.map(keyOf))
  const ran = new Map<string, RanChanged>()
  for (const source of results.sources()) {
    if (!keys.has(keyOf(source))) continue
    const now = change.now(source.path)
    const others = before && change.paths.has(source.path) ? [now, before.get(source.path)] : [now]
    const text = recording.text(source) ?? (isText(now, source) ? now : undefined)
    const { functions } = source.sites
    const changed =
      text === undefined ? ALL_CHANGED : changedParts({ path: source.path, text, functions }, others)
    if (!changed.module && changed.functions.size === 0) continue
    noted(source.path)
    const kept = results.recorded.ofSource(source)?.kept()
    if (kept)
      addRan(new RanOfSource({ ...source, isGone: now === undefined }, changed), {
        filesOf,
        kept,
        ran,
        testFiles,
      })
  }
  return ran
}

function keyOf({ hash, path }: SourceVersion): string {
  return `${hash} ${path}`
}

function isSame(version: SourceVersion, change: Change): boolean {
  return !change.paths.has(version.path) && isText(change.now(version.path), version)
}

function isText(text: string | undefined, { hash }: SourceVersion): boolean {
  return text !== undefined && textHash(text) === hash
}

interface Counted {
  readonly kept: KeptCounts
  readonly filesOf: ReadonlyMap<string, readonly TestFile[]>
  /** Of which more is wanted, by key. */
  readonly testFiles: EvidencePart['testFiles']
  /** What is known already, to which more is added. */
  readonly ran: Map<string, RanChanged>
}

/** Adds what test files ran of a source. */
function addRan(source: RanOfSource, { filesOf, kept, ran, testFiles }: Counted): void {
  for (let row = 0; row < kept.rows; row++) {
    if (!source.read(kept.countsOf(row))) continue
    kept.visitContexts(row, (context) => {
      for (const testFile of filesOf.get(kept.keys[context] as string) ?? []) {
        const key = testFileKey(testFile)
        if (!testFiles.has(key)) continue
        const known = ran.get(key) ?? { modules: new Map(), functions: new Map() }
        source.addTo(known)
        ran.set(key, known)
      }
    })
  }
}

interface Changed extends Pick<SourceCounts, 'path' | 'sites'> {
  readonly isGone: boolean
}

/** What ran of a source, time after time. */
class RanOfSource {
  readonly #source: Changed
  readonly #changed: ChangedParts
  /** Functions that changed, as places in the list, by their counters. */
  readonly #places = new Map<number, number>()
  readonly #calls = new Map<number, number>()

  constructor(source: Changed, changed: ChangedParts) {
    this.#source = source
    this.#changed = changed
    for (const place of changed.functions) {
      const site = source.sites.functions[place]
      if (site) this.#places.set(site.counter, place)
    }
  }

  /** @returns whether anything ran that is another now */
  read({ counts, length, places }: RowCounts): boolean {
    this.#calls.clear()
    for (let at = 0; at < length; at++) {
      const place = this.#places.get(places[at] as number)
      if (place !== undefined) this.#calls.set(place, counts[at] as number)
    }
    return this.#calls.size > 0 || (this.#changed.module && length > 0)
  }

  /** Adds what was read last. */
  addTo({ functions, modules }: RanChanged): void {
    const { isGone, path, sites } = this.#source
    if (this.#changed.module) modules.set(path, isGone)
    for (const [place, calls] of this.#calls) {
      const { line, name } = sites.functions[place] as (typeof sites.functions)[number]
      const key = `${path}\0${name}`
      const known = functions.get(key)
      functions.set(key, { path, name, line, calls: calls + (known?.calls ?? 0) })
    }
  }
}
