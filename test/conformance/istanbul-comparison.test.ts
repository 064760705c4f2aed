import { describe, expect, test } from 'vitest'
import {
  holdsOnlyFor,
  linesOf,
  ours,
  problemsOf,
  type RuleCase,
  type Situation,
  text,
  theirs,
} from './istanbul-situation.ts'

const loops: Situation = {
  source: 'for (const a of b) {\n  c()\n}\nd()\n',
  istanbul: {
    statements: [
      [1, 2],
      [2, 6],
      [4, 2],
    ],
  },
  ours: [
    ['for', 'statement', 2],
    ['for', 'loop element', 8],
    ['c()', 'statement', 6],
    ['d()', 'statement', 2],
  ],
}
const leftEarly: Situation = text(loops, 'c()', 'if (c()) break')
const further: Situation = {
  source: 'const a = (\n  b(),\n  c())\n',
  istanbul: { statements: [[2, 4]] },
  ours: [['const', 'statement', 4]],
}
const undeclared: Situation = {
  source: 'a()\nlet b\nc()\n',
  istanbul: {
    statements: [
      [1, 5],
      [3, 4],
    ],
  },
  ours: [
    ['a()', 'statement', 5],
    ['let', 'statement', 4],
    ['c()', 'statement', 4],
  ],
}
const chain: Situation = {
  source: 'if (a) b()\nelse if (c) d()\n',
  istanbul: {
    statements: [
      [1, 9],
      [1, 2],
      [1, 7],
      [2, 3],
    ],
    ifs: [
      [1, 9],
      [1, 7],
    ],
  },
  ours: [
    ['if (a)', 'statement', 9],
    ['b()', 'statement', 2],
    ['if (c)', 'else if', 7],
    ['d()', 'statement', 3],
  ],
}
const parameter: Situation = {
  source: 'class C extends B {\n  constructor(\n    public a: number,\n  ) {\n    super()\n    b()\n  }\n}\n',
  istanbul: {
    functions: [[2, 6]],
    statements: [
      [3, 5],
      [5, 6],
      [6, 5],
    ],
  },
  ours: [
    ['class', 'statement', 1],
    ['constructor', 'definition', 1],
    ['super', 'statement', 6],
    ['b()', 'statement', 5],
  ],
}
const labelled: Situation = {
  source: 'a:\nif (b) c()\n',
  istanbul: {
    statements: [
      [1, 3],
      [2, 3],
      [2, 2],
    ],
  },
  ours: [
    ['if', 'statement', 3],
    ['c()', 'statement', 2],
  ],
}
const late: Situation = {
  source: 'a.once(b, () => {\n  c()\n})\n',
  istanbul: {
    statements: [
      [1, 9],
      [2, 7],
    ],
    functions: [[1, 7]],
  },
  ours: [
    ['a.once', 'statement', 9],
    ['c()', 'statement', 8],
  ],
}
const ignored: Situation = {
  source: '/* istanbul ignore file */\nexport const a = 1\n',
  istanbul: { statements: [[2, 1]] },
  ours: [],
}
const bracketed: Situation = {
  source: '(\n  a ? b : c\n) && d()\n',
  istanbul: { statements: [[2, 4]] },
  ours: [['(', 'statement', 4]],
}

const cases: readonly RuleCase[] = [
  [
    'loop',
    loops,
    {
      'a round too few': ours(loops, 'for', 2),
      'fewer rounds than the loop came round': {
        ...loops,
        ours: [['for', 'loop element', 7], ...loops.ours.slice(2)],
      },
      'more rounds': { ...loops, ours: [['for', 'loop element', 9], ...loops.ours.slice(2)] },
      'not the executions': theirs(loops, 1, 3),
      'nothing of ours': { ...loops, ours: loops.ours.filter(([, rule]) => !rule.startsWith('loop')) },
    },
  ],
  [
    'loop',
    leftEarly,
    {
      'fewer rounds than bodies': {
        ...leftEarly,
        ours: [['for', 'loop element', 5], ...leftEarly.ours.slice(2)],
      },
      'more rounds than executions and bodies': {
        ...leftEarly,
        ours: [['for', 'loop element', 9], ...leftEarly.ours.slice(2)],
      },
    },
  ],
  [
    'value on a further line',
    further,
    {
      'another number of ours': ours(further, 'const', 5),
      "another number of Istanbul's": theirs(further, 2, 3),
      'nothing of ours': { ...further, ours: [] },
      'no declaration': text(further, 'const a = (', 'a ='),
    },
  ],
  [
    'no statement of Istanbul',
    undeclared,
    {
      'more than before it': ours(undeclared, 'let', 6),
      'less than behind it': ours(undeclared, 'let', 3),
      'a value': text(undeclared, 'let b', 'let b = 1'),
    },
  ],
  [
    'else if',
    chain,
    {
      'another number of ours': ours(chain, 'if (c)', 8),
      "another number of Istanbul's": {
        ...chain,
        istanbul: {
          ...chain.istanbul,
          statements: [
            [1, 9],
            [1, 2],
            [1, 6],
            [2, 3],
          ],
        },
      },
      'its branch elsewhere': {
        ...chain,
        istanbul: {
          ...chain.istanbul,
          ifs: [
            [1, 9],
            [2, 7],
          ],
        },
      },
      'no else': text(chain, 'else if', '; if'),
    },
  ],
  [
    'parameter property',
    parameter,
    {
      'more than the constructor has': theirs(parameter, 3, 7),
      'less than the constructor has': theirs(parameter, 3, 4),
      'a parameter only': text(parameter, 'public a', 'a'),
    },
  ],
  [
    'label',
    labelled,
    {
      'another number': ours(labelled, 'if', 4),
      'no label': text(labelled, 'a:', 'a;'),
    },
  ],
  [
    'late event',
    late,
    {
      'less than Istanbul': ours(late, 'c()', 6),
      'more than were handed over': ours(late, 'c()', 10),
      'not read from the same calls': theirs(late, 2, 9),
      'called at once': text(late, 'a.once', 'a.find'),
    },
  ],
  [
    'value on a further line',
    bracketed,
    {
      'another number of ours': ours(bracketed, '(', 5),
      "another number of Istanbul's": theirs(bracketed, 2, 3),
    },
  ],
  [
    'ignored file',
    ignored,
    {
      'no hint': text(ignored, ' ignore file', ' file'),
      'numbers of ours': { ...ignored, ours: [['export', 'statement', 2]] },
    },
  ],
]

describe.each(cases)('%s', (...rule) => holdsOnlyFor(rule))

test('what both count has the same number', () => {
  const both: Situation = {
    source: 'a()\nif (b) c = () => d\n',
    istanbul: {
      statements: [
        [1, 1],
        [2, 1],
        [2, 1],
        [2, 0],
      ],
    },
    ours: [
      ['a()', 'statement', 1],
      ['if', 'statement', 1],
      ['c =', 'statement', 1],
      ['d', 'arrow body', 0],
    ],
  }
  expect(problemsOf(both)).toEqual([])
  expect(linesOf(both).map(({ istanbul, ours, rules }) => [istanbul, ours, rules])).toEqual([
    [1, 1, []],
    [1, 1, []],
  ])
  for (const [at] of both.ours) expect(problemsOf(ours(both, at, 2))).toHaveLength(1)
  for (const line of [1, 2]) expect(problemsOf(theirs(both, line, 2))).toHaveLength(1)
})
