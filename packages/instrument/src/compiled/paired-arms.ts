import type { BranchSite, LineSite, SiteTable } from '@tstrace/results'
import { groupedBy } from './grouped-by.ts'
import { type Origins, spotOf } from './origins.ts'

/** The arms of a compiled text, as sites: compilers join lines, so that one that started one may stand anywhere. */
export class CompiledArms {
  readonly sites: readonly LineSite[]
  readonly #byBranch: ReadonlyMap<BranchSite, readonly LineSite[]>

  constructor({ branches }: SiteTable) {
    this.#byBranch = new Map(
      branches.map((branch) => [
        branch,
        branch.arms.map(({ line, column, counter }) => ({ line, column, counters: [counter], rule: 'arm' })),
      ]),
    )
    this.sites = [...this.#byBranch.values()].flat()
  }

  /** Which arms are the ones of a source that start its lines: those of a branch that is mapped to theirs, in the same places. */
  pairedWith(source: SiteTable, { compiled }: Origins): Map<LineSite, LineSite> {
    const keyOf = ({ arms, kind }: BranchSite, spot = { line: -1, column: -1 }): string =>
      `${kind} ${arms.length} ${spot.line}:${spot.column}`
    const candidates = groupedBy([...this.#byBranch.keys()], (branch) =>
      keyOf(branch, compiled(branch).exact),
    )
    const armLines = source.lines.filter(({ rule }) => rule === 'arm')
    const lineAt = groupedBy(armLines, ({ line, column }) => `${line}:${column}`)
    const found = new Map<LineSite, LineSite>()
    for (const branch of source.branches) {
      const match = candidates.get(keyOf(branch, spotOf(branch)))?.shift()
      const arms = (match && this.#byBranch.get(match)) ?? []
      for (const [place, arm] of arms.entries()) {
        const { line, column } = branch.arms[place] as BranchSite['arms'][number]
        const [site] = lineAt.get(`${line}:${column}`) ?? []
        if (site) found.set(site, arm)
      }
    }
    return found
  }
}
