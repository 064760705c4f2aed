import type { About } from '../recording/about.ts'

/** What every answer has: data that can be written as JSON as it is. */
export interface Answer {
  /** As it is asked: `tests`. */
  readonly question: string
  readonly about: About
  /**
   * What was found, the most important first. Writers may leave out the last of them, and say how many; so they do with
   * further fields that have `rows`.
   */
  readonly rows: readonly object[]
  /** How many further ones there are, where only some were asked for. Default: none */
  readonly more?: number
}
