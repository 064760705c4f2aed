import { testFileName } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { SuspectsAnswer, TestFile } from '../answers/answer-suspects.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { columns } from './columns.ts'
import { counted } from './numbers.ts'
import { inText, placeText, targetName } from './places.ts'

/** Which lines go along with tests that fail, to read. */
export function suspectsText(answer: SuspectsAnswer): AnswerText {
  const { about, failing, more = 0, passing, rows, target } = answer
  const [title, ...lines] = columns(
    rows.map((row) => ({
      numbers: [row.score.toFixed(3), row.failing, row.passing],
      text: printable(`${placeText(row)}  ${row.function}`),
    })),
    ['score', 'failed', 'passed'],
  )
  const ended = `${counted(failing, 'test')} failed and ${passing} passed.`
  const sentence =
    failing === 0
      ? `No recorded test failed, ${passing} passed: nothing is suspect.`
      : rows.length === 0
        ? `${ended} Those that failed ran no line ${target ? `of ${targetName(target)}` : 'of a source'}.`
        : ended
  const found = [
    '',
    `Lines${inText(target)} by how closely running them goes along with failing (Ochiai, from 0 to 1):`,
    '',
    title as string,
  ]
  return {
    head: [sentence, ...reservations(answer), ...(rows.length === 0 ? [] : found)],
    rows: lines,
    more,
    foot: aboutText(about),
  }
}

function reservations({ failedFiles, flaky, overlapping, unfinished }: SuspectsAnswer): string[] {
  const count = unfinished === 1 ? 'counts' : 'count'
  const isOne = flaky === 1
  return [
    ...(flaky > 0
      ? [
          `${counted(flaky, 'test')} failed but passed when tried again, and ${isOne ? 'counts' : 'count'} for neither.`,
        ]
      : []),
    ...(unfinished > 0 ? [`${counted(unfinished, 'test')} did not end, and ${count} for neither.`] : []),
    ...failedText(failedFiles.rows),
    ...(overlapping > 0
      ? [
          `${overlapping} of those that failed ran at the same time as others, and what ran then counts for none`,
          'of them: with maxConcurrency 1 they run one at a time.',
        ]
      : []),
  ]
}

/** So many test files are named. */
const SEVERAL = 3

function failedText(files: readonly TestFile[]): string[] {
  if (files.length === 0) return []
  const names = files.slice(0, SEVERAL).map((file) => printable(testFileName(file)))
  const more = files.length > SEVERAL ? `, and ${files.length - SEVERAL} more` : ''
  const none = files.length === 1 ? 'it counts' : 'they count'
  return [
    `${counted(files.length, 'test file')} failed before any test ran, so that ${none} for nothing: ${names.join(', ')}${more}.`,
  ]
}
