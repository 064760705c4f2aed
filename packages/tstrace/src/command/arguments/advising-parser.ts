import { nearestName } from '@tstrace/core/options'
import { printable } from '@tstrace/results/printable'
import { ArgumentParser, type ArgumentParserOptions, SUPPRESS } from 'argparse'
import { ACTIONS } from './parser-actions.ts'

/** Says of an error what may have been meant, as a sentence. */
export type Advise = (message: string) => string | undefined

/** A parser like Python's, whose errors end with advice where there is some. */
export class AdvisingParser extends ArgumentParser {
  readonly #advise: Advise

  constructor(options: ArgumentParserOptions, advise: Advise) {
    super({ ...options, add_help: false })
    this.#advise = advise
    for (const [name, action] of ACTIONS) this.register('action', name, action)
    this.add_argument('-h', '--help', {
      action: 'help',
      default: SUPPRESS,
      help: 'show this help message and exit',
    })
  }

  override error(message: string): never {
    const advice = this.#advise(message)
    super.error(printable(advice === undefined ? message : `${message}. ${advice}`))
    throw new Error(message)
  }
}

/** The first long option in the message about arguments that nobody knows. */
export function unknownLong(message: string): string | undefined {
  return /^unrecognized arguments: (?:.* )?(--[\w-]+)/.exec(message)?.[1]
}

/** Advice of a parser whose long options are these. */
export function adviseAmong(known: readonly string[]): Advise {
  return (message) => {
    const given = unknownLong(message)
    const name = given && nearestName(given, known)
    return name && `Did you mean "${name}"?`
  }
}
