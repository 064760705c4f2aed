import { inspect } from 'node:util'
import { messageOf, TstraceError } from '@tstrace/results/errors'
import { nearestName } from './nearest-name.ts'
import type { OptionRow, Place } from './option-row.ts'
import { isListAt, type NamedRow, rowsAt } from './rows-at.ts'
import type { GivenAt } from './tstrace-options.ts'
import { unknownOption } from './unknown-option.ts'

export interface CheckWhere<At extends Place> {
  /** Where the options hold. */
  readonly at: At
  /** Said in the message, for instance `the reporter options`. */
  readonly where: string
}

/**
 * Checks options that came as an object. Those under Python's names are given back under ours.
 * @throws TstraceError `TST_OPTION_UNKNOWN` or `TST_OPTION_VALUE`.
 */
export function checkOptions<At extends Place>(given: unknown, { at, where }: CheckWhere<At>): GivenAt<At> {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw new TstraceError('TST_OPTION_VALUE', `${where} must be an object, not ${shown(given)}.`)
  }
  const written = new Map<string, string>()
  const checked: Record<string, unknown> = {}
  for (const [name, value] of entriesOf(given, where)) {
    if (value === undefined) continue
    const row = rowNamed(name, at, where)
    checkValue({ name, row, value }, at, where)
    const twin = written.get(row.name)
    if (twin !== undefined) throw notBeside(name, twin, where)
    written.set(row.name, name)
    checked[row.name] = value
  }
  for (const row of rowsAt(at)) {
    const other = row.notBeside !== undefined && written.get(row.notBeside)
    if (other && written.has(row.name)) throw notBeside(row.name, other, where)
  }
  return checked as GivenAt<At>
}

function entriesOf(given: object, where: string): [string, unknown][] {
  try {
    return Object.entries(given)
  } catch (cause) {
    throw new TstraceError('TST_OPTION_VALUE', `${where} cannot be read: ${messageOf(cause)}`, { cause })
  }
}

function rowNamed(name: string, at: Place, where: string): NamedRow {
  const row = rowsAt(at).find((candidate) => candidate.name === name || candidate.python?.[at] === name)
  if (row) return row
  throw unknownOption({ given: name, at, where, written: (known) => known.name })
}

function notBeside(name: string, other: string, where: string): TstraceError {
  const message = `Option "${name}" in ${where} cannot stand beside "${other}".`
  return new TstraceError('TST_OPTION_VALUE', `${message} Give one of them.`)
}

interface GivenValue {
  /** As written. */
  readonly name: string
  readonly row: OptionRow
  readonly value: unknown
}

function checkValue({ name, row, value }: GivenValue, at: Place, where: string): void {
  const [expected, isFitting] = expectation(row, at)
  if (isFitting(value)) {
    if ([value].flat().some((text) => typeof text === 'string' && text.includes('\0')))
      throw new TstraceError('TST_OPTION_VALUE', nulValue(`"${name}"`, where))
    const stranger = strangerIn(row, [value].flat())
    if (stranger !== undefined)
      throw new TstraceError('TST_OPTION_VALUE', unknownWord(`"${name}"`, { ...stranger, where }))
    if (!refusesEmpty(row) || ![value].flat().includes('')) return
    throw new TstraceError('TST_OPTION_VALUE', emptyValue(`"${name}"`, where))
  }
  throw new TstraceError(
    'TST_OPTION_VALUE',
    `Option "${name}" in ${where} must be ${expected}, not ${shown(value)}.`,
  )
}

/** Whether an empty text in an option is an error; where lists are divided, as Python's are, it counts as none. */
export function refusesEmpty(row: OptionRow): boolean {
  return row.kind === 'list' && row.divider === undefined
}

/** What is said of an option with an empty text in it. */
export function emptyValue(option: string, where: string): string {
  return `Option ${option} in ${where} has an empty value. Write one, or leave the option out.`
}

/** A value of a list that is none of its words. */
export interface Stranger {
  readonly word: string
  readonly words: readonly string[]
}

/** The first of some values that a list cannot have. */
export function strangerIn(row: OptionRow, values: readonly unknown[]): Stranger | undefined {
  if (row.kind !== 'list' || !row.words) return undefined
  const { words } = row
  const word = values.find((value) => value !== '' && !words.includes(value as string))
  return word === undefined ? undefined : { word: word as string, words }
}

/** What is said of a value that is none of an option's words, with the nearest. */
export function unknownWord(option: string, { where, word, words }: Stranger & { where: string }): string {
  return `Option ${option} in ${where} does not know "${word}". ${wordMeant({ word, words })}`
}

/** The word that was meant, as a sentence, or all that there are. */
export function wordMeant({ word, words }: Stranger): string {
  if (word.includes(',')) return 'Name one at a time: there is no list with commas.'
  const nearest = nearestName(word, words)
  return nearest === undefined ? `There are ${words.join(', ')}.` : `Did you mean "${nearest}"?`
}

/** What is said of an option with a text in it that can be no name and no pattern. */
function nulValue(option: string, where: string): string {
  return `Option ${option} in ${where} has a NUL character (\\0) in it, which no path and no name can have. Leave it out.`
}

/** What a value must be, and whether one is. */
function expectation(row: OptionRow, at: Place): [string, (value: unknown) => boolean] {
  if (isListAt(row, at))
    return ['a string or an array of strings', (value) => typeof value === 'string' || isTexts(value)]
  if (row.kind === 'text') return ['a string', (value) => typeof value === 'string']
  if (row.kind === 'number')
    return ['a whole number from 1 up', (value) => Number.isSafeInteger(value) && (value as number) > 0]
  if (row.kind === 'percent') return ['a number from 0 to 100', isPercent]
  if (row.kind === 'word')
    return [row.words.map(shown).join(' or '), (value) => row.words.includes(value as string)]
  const choices = row.kind === 'choice' ? (row.choices[at] ?? []) : []
  if (choices.length === 0) return ['true or false', (value) => typeof value === 'boolean']
  return [
    `true, false or ${choices.map(shown).join(' or ')}`,
    (value) => typeof value === 'boolean' || choices.includes(value as string),
  ]
}

function isPercent(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  try {
    return JSON.stringify(value) ?? inspect(value)
  } catch {
    return inspect(value)
  }
}
