import { printable } from '@tstrace/results/printable'
import type { LineRange } from '../answers/line-range.ts'
import { isHere, type Target, targetText } from '../recording/target.ts'

/** As a user would write it: `src/a.ts:4-9`. */
export function placeText({ from, path, to }: LineRange): string {
  return `${path}:${linesText(from, to)}`
}

/** Several, shortened: `src/a.ts:4-9,12, src/b.ts:3 and 2 more`. */
export function placesText(ranges: readonly LineRange[]): string {
  const shown = ranges.slice(0, SEVERAL)
  const texts = shown.map((range, at) => {
    if (range.path !== shown[at - 1]?.path) return `${at === 0 ? '' : ', '}${placeText(range)}`
    return `,${linesText(range.from, range.to)}`
  })
  return `${texts.join('')}${ranges.length > SEVERAL ? ` and ${ranges.length - SEVERAL} more` : ''}`
}

/** What a question is about, to be printed. */
export function targetName(target: Target): string {
  return isHere(target) ? 'this folder' : printable(targetText(target))
}

/** Where a question looks, as it goes on in a sentence: ` in src/a.ts`; nothing for everywhere. */
export function inText(target: Target | undefined): string {
  return target && !isHere(target) ? ` in ${targetName(target)}` : ''
}

const SEVERAL = 3

function linesText(from: number, to: number): string {
  return from === to ? String(from) : `${from}-${to}`
}
