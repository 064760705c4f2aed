import { printable } from '@tstrace/results/printable'

/*
 * What every front end says of a file that is counted behind its compiler.
 */

/**
 * That lines are in no listing.
 *
 * @param lost 1-based
 * @param lines how many executable ones the file has
 */
export function lostSentence(file: string, lost: readonly number[], lines: number): string {
  const shown = lost.length > 10 ? `${lost.slice(0, 10).join(', ')}, …` : lost.join(', ')
  const were = lost.length === 1 ? 'was' : 'were'
  return (
    `${printable(file)} is counted behind its compiler, and ${lost.length} of its ${lines} executable lines ${were} not found there: ` +
    `${shown}. Such lines are not counted, or too low.`
  )
}

/** That no lines are shown while they run. */
export function unshownSentence(file: string): string {
  return `No lines are shown of ${printable(file)}: it is counted behind its compiler.`
}
