import { QUESTIONS } from './question-table.ts'

/** The command `tstrace`: runs a program and reports, reports what earlier runs left in a file, or answers questions about it. */
export async function main(words: readonly string[]): Promise<void> {
  const [first = '', ...others] = words
  // What runs programs is no small thing to load, and questions do not need it.
  if (Object.hasOwn(QUESTIONS, first)) return (await import('./answer.ts')).answer(first, others)
  return (await import('./command.ts')).command(words)
}
