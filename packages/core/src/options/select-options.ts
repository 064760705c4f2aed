/** Rows of the table of options: which test files run, by what was recorded of them. */
export const SELECT_OPTIONS = {
  /** Run the test files that what was changed since a branch or commit [needs](../guides/select.md). */
  select: {
    kind: 'text',
    value: 'REF',
    defaults: { reporters: '' },
    text: 'Run the test files that what was changed since a branch or commit [needs](../guides/select.md).',
  },
  /** What becomes of the others: they do not run (`only`), run behind those (`first`), or run, and it is said which of them failed (`shadow`). */
  selectMode: {
    kind: 'word',
    value: 'MODE',
    words: ['only', 'first', 'shadow'],
    defaults: { reporters: 'only' },
    needs: 'select',
    text: 'What becomes of the others: they do not run (`only`), run behind those (`first`), or run, and it is said which of them failed (`shadow`).',
  },
  /** Globs of files that no test has to do with: a change of any other that no recording has lets everything run. */
  unrelated: {
    kind: 'list',
    value: 'GLOB',
    defaults: { reporters: [] },
    needs: 'select',
    text: 'Globs of files that no test has to do with: a change of any other that no recording has lets everything run.',
  },
} as const
