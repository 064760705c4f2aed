import { TstraceError } from '@tstrace/results/errors'
import { nearestName } from './nearest-name.ts'
import type { Place } from './option-row.ts'
import { type NamedRow, ROWS, rowsAt } from './rows-at.ts'

const PLACES: { readonly [At in Place]: string } = {
  reporters: 'test runners',
  command: 'the command',
  questions: 'questions',
  Trace: 'Trace',
  CoverageResults: 'CoverageResults',
  writeResults: 'writeResults',
}

export interface UnknownOption {
  /** As the user wrote it. */
  readonly given: string
  readonly at: Place
  /** Said in the message, for instance `the reporter options`. */
  readonly where: string
  /** How the user would write an option. */
  readonly written: (row: NamedRow) => string
}

/** The error about an option that does not hold where it is given. */
export function unknownOption(unknown: UnknownOption): TstraceError {
  const { given, where, written } = unknown
  const names = rowsAt(unknown.at).map(written)
  const advice = optionMeant(unknown) ?? `The options are ${names.join(', ')}.`
  return new TstraceError('TST_OPTION_UNKNOWN', `Unknown option "${given}" in ${where}. ${advice}`)
}

/** What may have been meant, as a sentence: where the option holds, or the nearest name; undefined where nothing is near. */
export function optionMeant(unknown: Omit<UnknownOption, 'where'>): string | undefined {
  return elsewhere(unknown) ?? nearest(unknown)
}

/** Of a name that is known elsewhere: where, or what it is called here. */
function elsewhere({ at, given, written }: Omit<UnknownOption, 'where'>): string | undefined {
  const row = ROWS.find(
    (candidate) =>
      [written(candidate), `-${candidate.short}`].includes(given) ||
      Object.values(candidate.python ?? {}).some((name) => name === given),
  )
  if (!row) return undefined
  if (at in row.defaults) return `Did you mean "${written(row)}"?`
  const places = (Object.keys(row.defaults) as Place[]).map((place) => PLACES[place])
  return `It is an option of ${new Intl.ListFormat('en').format(places)} only.`
}

function nearest({ at, given, written }: Omit<UnknownOption, 'where'>): string | undefined {
  const known = rowsAt(at).map(written)
  const pythons = rowsAt(at).flatMap(({ python }) => python?.[at] ?? [])
  const isLetter = /^-[^-]/.test(given)
  const name = isLetter ? undefined : nearestName(given, [...known, ...pythons])
  return name === undefined ? undefined : `Did you mean "${name}"?`
}
