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
  /** Compare the test with this one, instead of with itself. */
  against: {
    kind: 'text',
    value: 'TEST',
    defaults: { questions: '' },
    needs: 'test',
    text: 'Compare the test with this one, instead of with itself.',
  },
  /** Which attempts at a test are compared: `1,2`, or `passed,failed` for the last that ended so. */
  attempt: {
    kind: 'text',
    value: 'ONE,OTHER',
    defaults: { questions: '' },
    needs: 'test',
    text: 'Which attempts at a test are compared: `1,2`, or `passed,failed` for the last that ended so.',
  },
  /** Take the counts files of a side for runs of the same, at least so many on one side: what differs among them is left out. */
  stable: {
    kind: 'number',
    value: 'RUNS',
    defaults: { questions: 1 },
    text: 'Take the counts files of a side for runs of the same, at least so many on one side: what differs among them is left out.',
  },
  /** List what is left out because of `stable`, too. */
  noise: {
    kind: 'flag',
    defaults: { questions: false },
    text: 'List what is left out because of `stable`, too.',
  },
  /** End with status 3 if this holds, as `calls(src.parse.*) > +5%`, `lines`, `edges` or `new-missing`. */
  failOn: {
    kind: 'list',
    long: 'fail-on',
    value: 'CONDITION',
    defaults: { questions: [] },
    text: 'End with status 3 if this holds, as `calls(src.parse.*) > +5%`, `lines`, `edges` or `new-missing`.',
    textIn: {
      questions:
        'End with status 3 if this [condition](../guides/compare.md#conditions) holds, as `calls(src.parse.*) > +5%`, `lines`, `edges` or `new-missing`; can be given several times.',
    },
  },
  /** End with status 3 unless this holds, as `calls(src.db.query) <= 12 per test`. */
  expect: {
    kind: 'list',
    value: 'CONDITION',
    defaults: { questions: [] },
    text: 'End with status 3 unless this holds, as `calls(src.db.query) <= 12 per test`.',
    textIn: {
      questions:
        'End with status 3 unless this [condition](../guides/compare.md#conditions) holds, as `calls(src.db.query) <= 12 per test`; can be given several times.',
    },
  },
  /** Answer as Markdown, for a comment on a pull request. */
  markdown: {
    kind: 'flag',
    defaults: { questions: false },
    text: 'Answer as Markdown, for a comment on a pull request.',
  },
} as const
