import { realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import {
  completeOptions,
  isListAt,
  lackingOption,
  type NamedRow,
  rowsAt,
  textAt,
} from '@tstrace/core/options'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { printableLines } from '@tstrace/results/printable'
import { linesFor, screenOf } from '@tstrace/results/screen'
import { ArgumentTypeError, SUPPRESS } from 'argparse'
import { type Advise, AdvisingParser, adviseAmong } from '../arguments/advising-parser.ts'
import { optionAction, optionHelp, optionNames } from '../arguments/option-argument.ts'
import { loadRecording } from './load-recording.ts'
import type { QuestionName } from './question-names.ts'
import type { AnsweredAlone, Asked, QuestionOptions, QuestionRow } from './question-row.ts'
import { QUESTIONS } from './question-table.ts'

/** Options that every question has. */
const ALWAYS: readonly (keyof QuestionOptions)[] = ['file', 'label', 'all', 'json']

/**
 * Answers a question.
 *
 * @param words behind it
 * @returns what is to be printed, in which nothing acts on a terminal but our colours, and one sentence for each thing that
 *   is missing from what was asked
 * @throws TstraceError what the question and `loadRecording` throw
 */
export async function ask(question: QuestionName, words: readonly string[]): Promise<Answered> {
  const row = QUESTIONS[question]
  const asked = askedBy(question, row, words)
  const { answer, isFailed, isWhole = false, printed, problems, text } = await answeredBy(row, asked)
  const { jsonOfAnswer, printedAnswer } = await import('@tstrace/questions')
  if (asked.json) return { printed: printableLines(jsonOfAnswer(answer, asked.all)), problems, isFailed }
  const all = printed ?? printedAnswer(text, asked.all || isWhole)
  return { printed: linesFor(asked.screen, all), problems, isFailed }
}

async function answeredBy(row: QuestionRow, asked: Asked): Promise<AnsweredAlone> {
  if ('askAlone' in row) return row.askAlone(asked)
  const { problems, recording } = await loadRecording(asked)
  return { ...(await row.ask(recording, asked)), problems, isFailed: false }
}

interface Answered {
  /** Text that may be written to a terminal. */
  readonly printed: string
  readonly problems: readonly string[]
  /** Whether a condition has failed. */
  readonly isFailed: boolean
}

function askedBy(question: string, row: QuestionRow, words: readonly string[]): Asked {
  const rows = rowsOf(row)
  const parser = parserOf(question, row, rows)
  const { word = '', ...given } = parser.parse_args([...words]) as { readonly word?: string | string[] }
  const all = [word].flat().map(fromHere)
  const { most = 1, name = '' } = row.word ?? {}
  if (all.length > most) parser.error(`argument ${name}: expected at most ${most}`)
  const options = completeOptions<'questions'>(given, 'questions')
  const lacking = lackingOption(options, 'questions')
  if (lacking) parser.error(`--${lacking.long} requires --${lacking.needs}`)
  return {
    ...options,
    word: all[0] ?? '',
    words: all,
    screen: screenOf(process.stdout, { env: process.env }),
  }
}

/** Paths in a recording start at the current folder. */
function fromHere(word: string): string {
  return isAbsolute(word) ? pathFromRoot(realpathSync(process.cwd()), word) : word
}

function rowsOf({ options = [] }: QuestionRow): readonly NamedRow[] {
  const names: ReadonlySet<string> = new Set([...ALWAYS, ...options])
  return rowsAt('questions').filter(({ name }) => names.has(name))
}

function parserOf(question: string, { does, word }: QuestionRow, rows: readonly NamedRow[]): AdvisingParser {
  const parser = new AdvisingParser(
    {
      prog: `tstrace ${question}`,
      description: does,
      argument_default: SUPPRESS,
    },
    adviseOf(rows),
  )
  if (word) {
    const nargs = word.most ? '*' : word.optional && '?'
    parser.add_argument('word', { metavar: word.name, help: optionHelp(word.help), ...(nargs && { nargs }) })
  }
  for (const row of rows)
    parser.add_argument(...optionNames(row), {
      dest: row.name,
      help: optionHelp(textAt(row, 'questions')),
      ...optionAction(row, isListAt(row, 'questions')),
      ...((row.kind === 'text' || row.kind === 'word') &&
        !isListAt(row, 'questions') && { type: givenOnce(row) }),
    })
  return parser
}

/** What a glob becomes in a shell are words that nobody knows. */
function adviseOf(rows: readonly NamedRow[]): Advise {
  const among = adviseAmong([...rows.map(({ long }) => `--${long}`), '--help'])
  return (message) =>
    /^unrecognized arguments: .*\.counts(?:\.gz|\.zst)?$/.test(message)
      ? 'Each counts file has its own -f; a glob goes in quotes.'
      : among(message)
}

/** Of a value that is given twice, the first would be lost without a word. */
function givenOnce(row: NamedRow): (text: string) => string {
  let isGiven = false
  return function value(text) {
    if (isGiven) throw new ArgumentTypeError('can be given only once')
    isGiven = true
    if (row.kind !== 'word' || row.words.includes(text)) return text
    throw new ArgumentTypeError(`"${text}" is none of ${row.words.join(', ')}`)
  }
}
