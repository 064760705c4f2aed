import { ask } from './ask.ts'
import { attempt, watchOutput } from './attempt.ts'
import { written } from './written.ts'

/**
 * Prints the answer to a question.
 *
 * @param question a name in the table of questions
 * @param words behind it
 */
export function answer(question: string, words: readonly string[]): Promise<void> {
  watchOutput()
  return attempt(1, async () => written(process.stdout, await ask(question, words)))
}
