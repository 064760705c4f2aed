import { type NamedRow, strangerIn, wordMeant } from '@tstrace/core/options'
import { type ArgumentOptions, ArgumentTypeError } from 'argparse'

/** How an option is written: `-f`, `--file`. */
export function optionNames({ long, short }: NamedRow): [string, string] {
  return [...(short ? [`-${short}`] : []), `--${long}`] as [string, string]
}

/** What the parser does with an option. */
export function optionAction(
  row: NamedRow,
  isList: boolean,
): Pick<ArgumentOptions, 'action' | 'metavar' | 'type'> {
  if (row.kind === 'flag' || row.kind === 'choice') return { action: 'store_true' }
  if (row.kind === 'number') return { action: 'store', metavar: row.value, type: wholeNumber }
  if (row.kind === 'percent') return { action: 'store', metavar: row.value, type: percentage }
  const type = row.kind === 'list' && row.words ? { type: oneOf(row) } : {}
  return { action: isList ? 'append' : 'store', metavar: row.value, ...type }
}

function oneOf(row: NamedRow): (text: string) => string {
  return function word(text) {
    const stranger = strangerIn(row, [text])
    if (stranger) throw new ArgumentTypeError(`"${text}" is not known. ${wordMeant(stranger)}`)
    return text
  }
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number
  throw new ArgumentTypeError(`"${text}" is not a whole number from 1 up`)
}

function percentage(text: string): number {
  const number = Number(text)
  if (/^\d+(?:\.\d+)?$/.test(text) && number <= 100) return number
  throw new ArgumentTypeError(`"${text}" is not a number from 0 to 100`)
}

/** The text of an option without what Markdown needs; a `%` would be read as a format. */
export function optionHelp(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll('%', '%%')
}
