/** The words with which questions are asked, for whoever needs nothing else of them. */
export const QUESTION_NAMES = [
  'tests',
  'ran',
  'callers',
  'callees',
  'why',
  'show',
  'top',
  'diff',
  'outside',
  'suspects',
] as const

export type QuestionName = (typeof QUESTION_NAMES)[number]

export function isQuestion(word: string): word is QuestionName {
  return (QUESTION_NAMES as readonly string[]).includes(word)
}
