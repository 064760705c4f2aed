import { realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { completeOptions, isListAt, type NamedRow, rowsAt, textAt } from '@tstrace/core/options'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { printableLines } from '@tstrace/results/printable'
import { linesFor, screenOf } from '@tstrace/results/screen'
import { ArgumentTypeError, SUPPRESS } from 'argparse'
import { type Advise, AdvisingParser, adviseAmong } from './advising-parser.ts'
import { loadRecording } from './load-recording.ts'
import { optionAction, optionHelp, optionNames } from './option-argument.ts'
import { type Asked, QUESTIONS, type QuestionOptions, type QuestionRow } from './question-table.ts'

/** Options that every question has. */
const ALWAYS: readonly (keyof QuestionOptions)[] = ['file', 'label', 'all', 'json']

/**
 * Answers a question.
 *
 * @param question a name in the table
 * @param words behind it
 * @returns what is to be printed, in which nothing acts on a terminal but our colours, and one sentence for each thing that
 *   is missing from what was asked
 * @throws TstraceError what the question and `loadRecording` throw
 */
export async function ask(question: string, words: readonly string[]): Promise<Answered> {
  const row = QUESTIONS[question] as QuestionRow
  const asked = askedBy(question, row, words)
  const { problems, recording } = await loadRecording(asked)
  const { answer, isWhole = false, text } = await row.ask(recording, asked)
  const { jsonOfAnswer, printedAnswer } = await import('@tstrace/questions')
  if (asked.json) return { printed: printableLines(jsonOfAnswer(answer, asked.all)), problems }
  const printed = printedAnswer(text, asked.all || isWhole)
  return { printed: linesFor(asked.screen, printed), problems }
}

interface Answered {
  /** Text that may be written to a terminal. */
  readonly printed: string
  readonly problems: readonly string[]
}

function askedBy(question: string, row: QuestionRow, words: readonly string[]): Asked {
  const rows = rowsOf(row)
  const parser = parserOf(question, row, rows)
  const { word = '', ...given } = parser.parse_args([...words]) as { readonly word?: string }
  return {
    ...completeOptions<'questions'>(given, 'questions'),
    word: fromHere(word),
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
  if (word)
    parser.add_argument('word', { metavar: word.name, help: word.help, ...(word.optional && { nargs: '?' }) })
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
