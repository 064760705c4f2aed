const WORDS: Readonly<Record<string, string>> = {
  statement: 'how often execution arrived at this statement',
  'loop test': 'how often the test of the loop was evaluated: one more than the rounds, if it ran out',
  'loop round': 'one, and one more for each time the loop came round',
  'loop element': 'one, and one more for each element that the loop came back for',
  'else if': 'how often this condition was reached',
  catch: 'how often something was caught here',
  case: 'how often this clause was entered, also by falling through',
  definition: 'how often it was defined, which is not how often it was called',
  'arrow body': 'how often the function was evaluated',
  'class field': 'how often the field was initialised',
  arm: 'how often this arm was evaluated',
}

/** What a number means where it counts by a rule of the listings. */
export function ruleWords(rule: string): string {
  return WORDS[rule] ?? 'how often execution arrived here'
}
