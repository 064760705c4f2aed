import { parseArgs } from 'node:util'
import { TstraceError } from '@tstrace/results/errors'
import parseArgsString from 'string-argv'
import { checkOptions, emptyValue, refusesEmpty, strangerIn, unknownWord } from './check-options.ts'
import { type NamedRow, rowsAt } from './rows-at.ts'
import type { GivenOptions } from './tstrace-options.ts'
import { unknownOption } from './unknown-option.ts'

const AT = 'reporters'

const ROW_BY_LONG = new Map(rowsAt(AT).map((row) => [row.long, row]))

const ACCEPTED = Object.fromEntries(
  rowsAt(AT).map((row) => [
    row.long,
    {
      type: isFlag(row) ? ('boolean' as const) : ('string' as const),
      ...(row.short && { short: row.short }),
    },
  ]),
)

/**
 * Reads options written as a command line, quotes as in a shell: `--trackcalls -C "my folder"`.
 * Flags may be joined (`-lT`), long names shortened while unambiguous, flags taken back (`--no-count`).
 * @param where Said in messages, for instance `TSTRACE`.
 * @throws TstraceError `TST_OPTION_UNKNOWN` or `TST_OPTION_VALUE`.
 */
export function parseCommandLine(line: string, where: string): GivenOptions {
  const words = parseArgsString(line).map(inFull)
  const { tokens } = parseArgs({ args: words, options: ACCEPTED, strict: false, tokens: true })
  const given: Read = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      throw new TstraceError(
        'TST_OPTION_VALUE',
        `${where} holds "${token.value}", which is not an option. Write options only, each value after its option.`,
      )
    }
    take(token, given, where)
  }
  return given as GivenOptions
}

/** A long option with its whole name where the name was cut short, as Python's parser allows. */
function inFull(word: string): string {
  const [, name, rest] = /^--([^=]+)(.*)$/s.exec(word) ?? []
  if (name === undefined || ROW_BY_LONG.has(name)) return word
  const meant = [...ROW_BY_LONG.keys()].filter((long) => long.startsWith(name))
  return meant.length === 1 ? `--${meant[0]}${rest}` : word
}

type OptionToken = { readonly name: string; readonly rawName: string; readonly value?: string | undefined }
type Read = Record<string, boolean | number | string | string[]>

function take(token: OptionToken, given: Read, where: string): void {
  const row = ROW_BY_LONG.get(token.name)
  if (!row) return takeBack(token, given, where)
  if ((row.kind === 'choice' || row.kind === 'word') && token.value !== undefined) {
    checkOptions({ [row.name]: token.value }, { at: AT, where })
    given[row.name] = token.value
    return
  }
  if (isFlag(row)) {
    if (token.value !== undefined) throw badValue(token, where, `takes no value, but has "${token.value}"`)
    given[row.name] = true
    return
  }
  if (token.value === undefined) throw badValue(token, where, `needs a value: ${token.rawName} ${row.value}`)
  if (row.kind === 'percent' || row.kind === 'number') {
    const number = token.value.trim() === '' ? Number.NaN : Number(token.value)
    checkOptions({ [row.name]: Number.isNaN(number) ? token.value : number }, { at: AT, where })
    given[row.name] = number
    return
  }
  if (refusesEmpty(row) && token.value === '')
    throw new TstraceError('TST_OPTION_VALUE', emptyValue(token.rawName, where))
  const stranger = strangerIn(row, [token.value])
  if (stranger) throw new TstraceError('TST_OPTION_VALUE', unknownWord(token.rawName, { ...stranger, where }))
  given[row.name] =
    row.kind !== 'list' ? token.value : [...((given[row.name] as string[] | undefined) ?? []), token.value]
}

function takeBack(token: OptionToken, given: Read, where: string): void {
  const row = token.name.startsWith('no-') ? ROW_BY_LONG.get(token.name.slice(3)) : undefined
  if (!row || !isFlag(row))
    throw unknownOption({ given: token.rawName, at: AT, where, written: (known) => `--${known.long}` })
  given[row.name] = false
}

/** Whether an option can stand without a value. */
function isFlag(row: NamedRow): row is Extract<NamedRow, { kind: 'flag' | 'choice' }> {
  return row.kind === 'flag' || row.kind === 'choice'
}

function badValue(token: OptionToken, where: string, problem: string): TstraceError {
  return new TstraceError('TST_OPTION_VALUE', `Option ${token.rawName} in ${where} ${problem}.`)
}
