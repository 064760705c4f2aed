import type { Pair } from '../../comparison-data.ts'
import { number } from '../format.ts'

/** What is to be seen of two numbers that differ. */
export interface Difference {
  /** `× 2.5`, `÷ 3`; `+ only` and `− only` where one of them is 0; `+1` where a factor would say nothing. */
  readonly words: string
  /** The same for those who hear it. */
  readonly said: string
  /** Its class: which way, and how far on a scale from 1 to 4, of which 4 is for what ran in only one. */
  readonly kind: string
  /** Name of its colour in the style sheet. */
  readonly colour: string
}

/** Below that a factor says less than the numbers. */
const FACTOR = 1.05

/** From where on a factor is of the next level. */
const LEVELS = [2, 10]

/** By level; as in the style sheet. */
const COLOURS = { more: ['--h2', '--h4', '--h5', '--h8'], less: ['--m1', '--m3', '--m5', '--m9'] } as const

/** Undefined for numbers that are the same. */
export function differenceOf([before, after]: Pair<number>): Difference | undefined {
  if (before === after) return undefined
  if (before === 0) return { words: '+ only', said: 'ran only in the second', ...shownAs('more', 4) }
  if (after === 0) return { words: '− only', said: 'ran only in the first', ...shownAs('less', 4) }
  const isMore = after > before
  const factor = isMore ? after / before : before / after
  const level = 1 + LEVELS.filter((least) => factor >= least).length
  const apart = number(Math.abs(after - before))
  return {
    words: factor < FACTOR ? `${isMore ? '+' : '−'}${apart}` : `${isMore ? '×' : '÷'} ${rounded(factor)}`,
    said: `${apart} times ${isMore ? 'more' : 'less'} in the second`,
    ...shownAs(isMore ? 'more' : 'less', level),
  }
}

function shownAs(way: keyof typeof COLOURS, level: number): Pick<Difference, 'kind' | 'colour'> {
  return { kind: `${way} by-${level}`, colour: COLOURS[way][level - 1] as string }
}

/** How far two numbers are apart, to be compared: what ran in only one is further than any factor. */
export function distanceOf([before, after]: Pair<number>): number {
  if (before === after) return 0
  return before === 0 || after === 0 ? 1e9 + Math.max(before, after) : Math.abs(Math.log(after / before))
}

function rounded(factor: number): string {
  return factor >= 10 ? number(Math.round(factor)) : String(Number(factor.toPrecision(2)))
}
