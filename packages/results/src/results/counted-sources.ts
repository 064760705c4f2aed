import { TstraceError } from '../errors.ts'
import { codePointOrder } from './code-point-order.ts'
import { ownSiteTable } from './own-site-table.ts'
import type { SourceCounts } from './results-data.ts'
import { isSameValue } from './same-value.ts'
import { refuseInexact, refuseUnsoundName } from './sound-counts.ts'
import { compareSources } from './source-order.ts'

/** An entry grows where the same sites have more counters, as a compiler leaves ones that are on no line. */
type Entry = { -readonly [Key in keyof SourceCounts]: SourceCounts[Key] }

/**
 * The counts of sources: one entry for each text of a path, and for each site table of a text. Tables that say the same of each
 * line, function and branch are one, however many counters there are.
 */
export class CountedSources {
  readonly #versions = new Map<string, Entry[]>()

  paths(): Iterable<string> {
    return this.#versions.keys()
  }

  /** Path by path in the order in which they were added. */
  *[Symbol.iterator](): Generator<SourceCounts, void> {
    for (const versions of this.#versions.values()) yield* versions
  }

  /**
   * Adds counts to those of the same text and site table.
   *
   * @returns their sum, as it is kept
   * @throws TstraceError what `CoverageResults.addSource` throws
   */
  add({ path, hash, sites, counts }: SourceCounts): SourceCounts {
    if (counts.length !== sites.counters) {
      const message = `${path} has ${counts.length} counts, its site table has ${sites.counters} counters.`
      throw new TstraceError(
        'TST_COUNTS_LENGTH',
        `${message} Count and table must come from one instrumenting.`,
      )
    }
    const table = ownSiteTable(sites)
    const versions = this.#versions.get(path) ?? []
    const same = versions.filter((version) => version.hash === hash)
    const known = same.find((version) => sameTable(version.sites, table))
    if (!known) refuseUnsoundName({ path, hash })
    const others = same.filter((version) => version !== known)
    refuseInexact({ path, hash, sites: table, counts }, known?.counts, others)
    if (known) {
      if (counts.length > known.counts.length) grow(known, table)
      addCounts(known.counts, counts)
      return known
    }
    const own: Entry = { path, hash, sites: table, counts: new Float64Array(counts) }
    versions.push(own)
    this.#versions.set(path, versions)
    return own
  }

  /**
   * The entries of one text of a file; several only where it was counted with different site tables.
   *
   * @throws TstraceError what `CoverageResults.lineCounts` throws
   */
  textOf(path: string, hash: string | undefined): SourceCounts[] {
    const versions = this.#versions.get(path) ?? []
    const asked = hash === undefined ? versions : versions.filter((version) => version.hash === hash)
    if (asked.length === 0) throw notCounted(path, hash)
    if (hash !== undefined) return asked.sort(compareSources)
    const hashes = new Set(versions.map((version) => version.hash))
    if (hashes.size > 1) {
      const known = [...hashes].sort(codePointOrder).join(', ')
      const message = `${path} was counted in ${hashes.size} versions. Say which, by its hash: ${known}.`
      throw new TstraceError('TST_SEVERAL_VERSIONS', message)
    }
    return [...versions].sort(compareSources)
  }
}

function grow(entry: Entry, table: SourceCounts['sites']): void {
  const counts = new Float64Array(table.counters)
  counts.set(entry.counts)
  entry.counts = counts
  entry.sites = table
}

function addCounts(sums: Float64Array, counts: Float64Array): void {
  for (let i = 0; i < counts.length; i++) sums[i] = (sums[i] as number) + (counts[i] as number)
}

function notCounted(path: string, hash: string | undefined): TstraceError {
  const what = hash === undefined ? path : `The text ${hash} of ${path}`
  const message = `${what} is not in the results. versions() has what was counted: paths start at the root, with "/".`
  return new TstraceError('TST_NOT_COUNTED', message)
}

function sameTable(a: SourceCounts['sites'], b: SourceCounts['sites']): boolean {
  if (a === b) return true
  return (
    isSameValue(a.lines, b.lines) &&
    isSameValue(a.functions, b.functions) &&
    isSameValue(a.branches, b.branches)
  )
}
