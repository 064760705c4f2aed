/** Rows of the table of options: those of questions only. */
export const QUESTION_OPTIONS = {
  /** Answer as JSON, for programs. */
  json: {
    kind: 'flag',
    defaults: { questions: false },
    text: 'Answer as JSON, for programs.',
    textIn: { questions: 'Answer as [JSON](answers.md), for programs.' },
  },
  /** Ask what a single test did: its name, a part of it, or its place as `test/a.test.ts:12`. */
  test: {
    kind: 'text',
    value: 'TEST',
    defaults: { questions: '' },
    text: 'Ask what a single test did: its name, a part of it, or its place as `test/a.test.ts:12`.',
  },
  /** What comes first: lines by their `count`, functions by their `calls`, or by their `share` of all counts. */
  by: {
    kind: 'word',
    value: 'ORDER',
    words: ['count', 'calls', 'share'],
    defaults: { questions: 'count' },
    text: 'What comes first: lines by their `count`, functions by their `calls`, or by their `share` of all counts.',
  },
  /** How many levels of calls are shown. */
  depth: {
    kind: 'number',
    value: 'LEVELS',
    defaults: { questions: 1 },
    text: 'How many levels of calls are shown.',
  },
} as const
