/*
 * For the command, which has to know its options before anything else is loaded: little, and loaded fast.
 */
export { refusesEmpty, strangerIn, wordMeant } from './options/check-options.ts'
export { completeOptions } from './options/complete-options.ts'
export { lackingOption } from './options/lacking-option.ts'
export { nearestName } from './options/nearest-name.ts'
export type { Place } from './options/option-row.ts'
export { isListAt, type NamedRow, rowsAt, textAt } from './options/rows-at.ts'
export type { OptionsAt } from './options/tstrace-options.ts'
export { optionMeant } from './options/unknown-option.ts'
