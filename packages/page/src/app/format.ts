import { printable } from '@tstrace/results/printable'

const WHOLE = new Intl.NumberFormat('en-US')
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** `12,345`. */
export function number(value: number): string {
  return WHOLE.format(value)
}

/** `12.3K`, for where there is little room. */
export function short(value: number): string {
  return value < 10_000 ? number(value) : SHORT.format(value)
}

/** Cut off, not rounded, as in the summary: 199 of 200 is 99%. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((100 * part) / whole)}%`
}

/** A part of all counts, to be compared with others. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0%'
  const value = (100 * part) / whole
  return value < 0.1 ? '<0.1%' : `${value.toFixed(1)}%`
}

/** `1 line`, `2 lines`. */
export function counted(value: number, what: string): string {
  return `${number(value)} ${what}${value === 1 ? '' : 's'}`
}

export function times(value: number): string {
  return value === 1 ? 'once' : `${number(value)} times`
}

/** A name or title from outside, for one line. */
export function shown(text: string): string {
  return printable(text)
}
