import type { BranchSite, CoverageResults, FunctionCalls, SourceCounts } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { FormatInput } from './format.ts'

/** A source as formats have it: one text for each path. */
export interface ReportedSource {
  readonly path: string
  readonly hash: string
  /** Executable lines (1-based, ascending) → their numbers, as in the listing: without those that a pragma leaves out. */
  readonly lines: ReadonlyMap<number, number>
  /** Without the module itself. */
  readonly functions: readonly FunctionCalls[]
  /** What was counted, once for each table that the text was counted with. */
  readonly tables: readonly SourceCounts[]
  /** In source order; none where branches were not recorded. */
  readonly branches: readonly ReportedBranch[]
}

/** A branch and how often each of its arms was taken. */
export interface ReportedBranch {
  readonly site: BranchSite
  readonly counts: readonly number[]
}

export interface ReportedSources {
  readonly sources: readonly ReportedSource[]
  /** What is left out, one sentence each. */
  readonly problems: readonly string[]
}

/** How a format names what it is about. */
export interface FormatLimits {
  /** What it is called in sentences: `LCOV`. */
  readonly name: string
  /** Why it cannot hold a path, as the end of a sentence; undefined where it can. */
  readonly refuses: (path: string) => string | undefined
}

/** Everything that is to be reported, sorted by path, without what a format cannot hold. */
export function reportedSources(input: FormatInput, { name, refuses }: FormatLimits): ReportedSources {
  const { keep, results } = input
  const sources: ReportedSource[] = []
  const problems: string[] = []
  for (const [path, versions] of textsByPath(results)) {
    if (!keep(path) || results.isIgnoredFilename(path)) continue
    const reason = refuses(path)
    if (reason !== undefined) {
      problems.push(printable(`${name} cannot hold ${path}: ${reason}.`))
      continue
    }
    const [only, ...others] = versions
    if (only === undefined) continue
    const there = others.length > 0 ? versions.find((version) => input.source(version) !== undefined) : only
    if (others.length > 0) problems.push(printable(ofSeveral(path, others.length, name)))
    sources.push(reported(results, there ?? only))
  }
  return { sources, problems }
}

interface Text extends Pick<SourceCounts, 'path' | 'hash'> {
  readonly tables: readonly SourceCounts[]
}

function textsByPath(results: CoverageResults): Map<string, Text[]> {
  const texts = new Map<string, Text[]>()
  for (const source of results.sources()) {
    const known = texts.get(source.path) ?? []
    texts.set(source.path, known)
    const last = known.at(-1)
    if (last?.hash === source.hash) known[known.length - 1] = { ...last, tables: [...last.tables, source] }
    else known.push({ path: source.path, hash: source.hash, tables: [source] })
  }
  return texts
}

function ofSeveral(path: string, others: number, name: string): string {
  const them =
    others === 1 ? 'another text of it ran, too, and is' : `${others} other texts of it ran, too, and are`
  return `${name} has one text of ${path}: ${them} left out.`
}

function reported(results: CoverageResults, { hash, path, tables }: Text): ReportedSource {
  const missing = new Set(results.missingLines(path, hash))
  const counts = [...results.lineCounts(path, hash)]
  return {
    path,
    hash,
    lines: new Map(counts.filter(([line, count]) => count > 0 || missing.has(line))),
    functions: results.functions(path, hash).filter(({ name }) => name !== '<module>'),
    tables,
    branches: branchesOf(tables),
  }
}

/** A text can have been counted with two tables, of which one may have no branches. */
function branchesOf(tables: readonly SourceCounts[]): ReportedBranch[] {
  const found = new Map<string, { site: BranchSite; counts: number[] }>()
  for (const { counts, sites } of tables)
    for (const site of sites.branches) {
      const key = `${site.line}:${site.column}:${site.end.line}:${site.end.column}:${site.kind}`
      const known = found.get(key) ?? { site, counts: site.arms.map(() => 0) }
      found.set(key, known)
      for (const [i, { counter }] of site.arms.entries())
        known.counts[i] = (known.counts[i] ?? 0) + (counts[counter] ?? 0)
    }
  return [...found.values()].sort((a, b) => a.site.line - b.site.line || a.site.column - b.site.column)
}
