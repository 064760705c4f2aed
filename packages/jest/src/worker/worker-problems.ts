/** Sentences about what went wrong in this process, for the report. */
const sentences: string[] = []

export function noteProblem(sentence: string): void {
  if (!sentences.includes(sentence)) sentences.push(sentence)
}

/** What was noted since the last call. */
export function takeProblems(): string[] {
  return sentences.splice(0)
}
