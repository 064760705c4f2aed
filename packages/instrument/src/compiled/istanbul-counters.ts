import type { SiteTable } from '@tstrace/results'

interface Place {
  readonly line: number
  readonly column: number
}

/** Where Istanbul keeps its counters; the names are its own, and happen to begin as ours do. */
const OWN_FUNCTION = /\s*function cov_/y

/** Whether a function of Istanbul's stands at an offset: it puts hints of its own around those, which are followed there. */
export function isIstanbulAt(text: string, offset: number): boolean {
  OWN_FUNCTION.lastIndex = offset
  return OWN_FUNCTION.test(text)
}

/**
 * The sites of a text without those of the counters that Istanbul has put there. What has a counter of Istanbul's in front of
 * it, `(cov_1().b[0][0]++, it)`, stands behind that: the counter is mapped to whatever was printed before.
 *
 * @param text what was counted, without hints
 */
export function withoutIstanbul(sites: SiteTable, text: string): SiteTable {
  const lines = text.split('\n')
  const textAt = ({ line, column }: Place): string => lines[line - 1]?.slice(column) ?? ''
  const counterAt = (site: Place): string =>
    /^\(?cov_\w+\(\)\.\w[^,;]*([,;]|$) */.exec(textAt(site).slice(0, 80))?.[0] ?? ''
  const behind = <Site extends Place>(site: Site): Site => {
    const counter = counterAt(site)
    const column = site.column + counter.length
    if (counter === '' || textAt({ line: site.line, column }) !== '') return { ...site, column }
    // Hints and comments stand in front of it, on lines of their own.
    const next = lines.slice(site.line, site.line + 50).join('\n')
    const [between = ''] = /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)*/.exec(next) ?? []
    const crossed = between.split('\n')
    return { ...site, line: site.line + crossed.length, column: crossed.at(-1)?.length ?? 0 }
  }
  return {
    ...sites,
    lines: sites.lines.filter((site) => !/^cov_.*;\s*$/.test(counterAt(site))).map(behind),
    branches: sites.branches.map((branch) => ({ ...branch, arms: branch.arms.map(behind) })),
  }
}
