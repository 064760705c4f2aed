import type { About } from '../recording/about.ts'

/** What every answer has: data that can be written as JSON as it is. */
export interface Answer {
  /** As it is asked: `tests`. */
  readonly question: string
  readonly about: About
  /** What was found, the most important first. Writers may leave out the last of them, and say how many. */
  readonly rows: readonly object[]
}
