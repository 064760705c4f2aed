/** What runners replace in titles of tables. */
const HOLE = /%[sdifjoOcp#$%]|\$[\w.#]+/

/** What stands between the values in the title of a table. */
export function partsOfTitle(title: string): string[] {
  return title.split(HOLE)
}

/** @param parts between which there is anything */
export function titlePattern(parts: readonly string[]): RegExp {
  return new RegExp(
    `^${parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('.*')}$`,
    's',
  )
}
