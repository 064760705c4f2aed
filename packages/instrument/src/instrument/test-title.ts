/** All of it, what it is made by, or undefined where the text of the file does not say. */
export type Title = string | RegExp | undefined

/** A call whose first argument is a title and another one a function: a test or a describe, as far as the text says. */
export interface Titled {
  readonly title: Title
  /** The titled calls around it, outermost first, and itself. */
  readonly chain: readonly Titled[]
  readonly line: number
  /** Whether it is made once only: in no loop, and in no function but those of titled calls. */
  readonly isOnce: boolean
}

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
