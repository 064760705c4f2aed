import { TstraceError } from '../errors.ts'
import { nearestName } from './nearest-name.ts'
import { OPTION_TABLE, type OptionRow } from './option-table.ts'
import type { GivenOptions } from './tstrace-options.ts'

/**
 * Checks options that came as an object.
 * @param where Said in the message, for instance `the reporter options`.
 * @throws TstraceError `TST_OPTION_UNKNOWN` or `TST_OPTION_VALUE`.
 */
export function checkOptions(given: unknown, where: string): GivenOptions {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw new TstraceError('TST_OPTION_VALUE', `${where} must be an object, not ${shown(given)}.`)
  }
  const checked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) checked[name] = checkValue(rowNamed(name, where), value, where)
  }
  return checked as GivenOptions
}

function rowNamed(name: string, where: string): OptionRow {
  const row = OPTION_TABLE.find((candidate) => candidate.name === name)
  if (row) return row
  const names = OPTION_TABLE.map((candidate) => candidate.name)
  throw unknownOption(`"${name}" in ${where}`, nearestName(name, names), names)
}

/** @param nearest As the user would write it. */
export function unknownOption(
  what: string,
  nearest: string | undefined,
  known: readonly string[],
): TstraceError {
  const advice = nearest ? `Did you mean "${nearest}"?` : `The options are ${known.join(', ')}.`
  return new TstraceError('TST_OPTION_UNKNOWN', `Unknown option ${what}. ${advice}`)
}

function checkValue(row: OptionRow, value: unknown, where: string): unknown {
  const expected = {
    flag: 'true or false',
    choice: `true, false or ${row.kind === 'choice' ? row.choices.map(shown).join(' or ') : ''}`,
    text: 'a string',
    list: 'a string or an array of strings',
  }
  if (isFitting(row, value)) return value
  throw new TstraceError(
    'TST_OPTION_VALUE',
    `Option "${row.name}" in ${where} must be ${expected[row.kind]}, not ${shown(value)}.`,
  )
}

function isFitting(row: OptionRow, value: unknown): boolean {
  switch (row.kind) {
    case 'flag':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'boolean' || row.choices.includes(value as string)
    case 'text':
      return typeof value === 'string'
    case 'list':
      return typeof value === 'string' || isTexts(value)
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function shown(value: unknown): string {
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? String(value))
}
