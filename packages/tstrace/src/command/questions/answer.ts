import { keepCompiled } from '@tstrace/results/files'
import { complaint } from '@tstrace/results/printable'
import { attempt, watchOutput } from '../attempt.ts'
import { written } from '../written.ts'
import { ask } from './ask.ts'
import type { QuestionName } from './question-names.ts'

/** Of a question that was answered, but a condition has failed. What went wrong has 1, a wrong command line 2. */
const CONDITION_FAILED = 3

/**
 * Prints the answer to a question.
 *
 * @param words behind it
 */
export async function answer(question: QuestionName, words: readonly string[]): Promise<void> {
  watchOutput()
  await attempt(1, async () => {
    const { isFailed, printed, problems } = await ask(question, words)
    await written(process.stdout, printed)
    for (const problem of problems) await written(process.stderr, `${complaint(problem)}\n`)
    if (isFailed) process.exitCode = CONDITION_FAILED
  })
  keepCompiled()
}
