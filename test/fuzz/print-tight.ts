/** Tokens as a text without any blank that it can do without. */
export function printTight(tokens: readonly string[]): string {
  let text = ''
  for (const token of tokens) text += (areOne(text.at(-1) ?? '', token[0] ?? '') ? ' ' : '') + token
  return text
}

function areOne(before: string, behind: string): boolean {
  if (WORD.test(before)) return WORD.test(behind)
  return before !== '' && before === behind && '+-/'.includes(before)
}

const WORD = /[\w$]|[^\0-\x7f]/
