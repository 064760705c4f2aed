/*
 * What a counts file can hold beside what results can: for whoever writes one and whoever reads one. A larger one is taken
 * for one that is made to fill the memory.
 */

/** Of a line, in bytes: the room for a source with a million counters. */
export const LONGEST_LINE: number = 2 ** 26

export const MOST_RUNS = 100_000

/** Tests, hooks, imports: a run of 100,000 tests has a few more. */
export const MOST_CONTEXTS: number = 2 ** 20

/**
 * Characters that all contexts are called by, and some more for each name: in a line they are there once for many, in memory
 * for each. Of 100,000 tests each can have 2,000.
 */
export const MOST_NAMES: number = 2 ** 28

/** Of a source: a bundle of 60 MB has a million. */
export const MOST_COUNTERS: number = 2 ** 22

/** Of one path in one file. */
export const MOST_VERSIONS = 1000

/** Of one path in all files of a merge: each has to be compared with those before it. */
export const MOST_MERGED_VERSIONS = 5000

/** Whether a line is longer than any that is read. */
export function isTooLong(line: string): boolean {
  // No UTF-16 unit takes more than three bytes.
  return line.length * 3 > LONGEST_LINE && Buffer.byteLength(line) > LONGEST_LINE
}
