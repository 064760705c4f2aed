import { unsupportedNode } from '@tstrace/core/node-support'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { isQuestion } from './questions/question-names.ts'

/** The command `tstrace`: runs a program and reports, reports what earlier runs left in a file, or answers questions about it. */
export async function main(words: readonly string[]): Promise<void> {
  const problem = unsupportedNode()
  if (problem) {
    process.stderr.write(`${complaint(sentenceOf(problem))}\n`)
    process.exitCode = 1
    return
  }
  const [first = '', ...others] = words
  // What runs programs is no small thing to load, and questions do not need it.
  if (isQuestion(first)) return (await import('./questions/answer.ts')).answer(first, others)
  return (await import('./command.ts')).command(words)
}
