import type { CoverageResults } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { ReportedChanges, type ReportedInput } from './reported-changes.ts'

/** So many sources are named. */
const NAMED = 20

interface WatchedInput extends ReportedInput {
  readonly options: Pick<TstraceOptions, 'count' | 'coverdir' | 'fullLists' | 'noReport' | 'summary'>
}

/** What reports say while tests run again and again: all of it the first time, and then what is new. */
export class WatchedReports {
  readonly #input: WatchedInput
  readonly #changes = new ReportedChanges()
  #said: ReadonlySet<string> = new Set()

  constructor(input: WatchedInput) {
    this.#input = input
  }

  /**
   * What is shown of a report.
   *
   * @param whole all that is to be printed of it
   */
  shown(whole: string, results: CoverageResults): string {
    const { count, coverdir, fullLists, noReport, summary } = this.#input.options
    const changes = this.#changes.next(results, this.#input)
    if (!changes || fullLists || noReport || !(count && summary)) return whole
    if (changes.length === 0) return 'No source runs other lines than before.\n'
    const more = changes.length - NAMED
    const others = more > 0 ? `… and ${more === 1 ? '1 more source' : `${more} more sources`}.\n` : ''
    return `${changes.slice(0, NAMED).join('')}${others}The whole table is in ${printable(`${coverdir}/summary.txt`)}.\n`
  }

  /** Those of some sentences that the last report did not have. */
  news(sentences: readonly string[]): string[] {
    const said = this.#said
    this.#said = new Set(sentences)
    return sentences.filter((sentence) => !said.has(sentence))
  }
}
