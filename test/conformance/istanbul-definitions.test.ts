import { describe } from 'vitest'
import { holdsOnlyFor, ours, type RuleCase, type Situation, text } from './istanbul-situation.ts'

const inFunction: Situation = {
  source: 'function f() {\n  a()\n  function g() {}\n}\n',
  istanbul: {
    functions: [
      [1, 3],
      [3, 5],
    ],
    statements: [[2, 3]],
  },
  ours: [
    ['function f', 'definition', 1],
    ['a()', 'statement', 3],
    ['function g', 'definition', 3],
  ],
}
const properties: Situation = {
  source:
    'function f() {\n  return {\n    a: ((x: T) => {}) as U,\n    b: function () {},\n    c: () => 1,\n  }\n}\n',
  istanbul: {
    functions: [
      [1, 3],
      [3, 5],
      [4, 6],
      [5, 7],
    ],
    statements: [
      [2, 3],
      [5, 7],
    ],
  },
  ours: [
    ['function f', 'definition', 1],
    ['return', 'statement', 3],
    ['a:', 'definition', 3],
    ['b:', 'definition', 3],
    ['1', 'arrow body', 7],
  ],
}
const decorated: Situation = {
  source:
    'function f() {\n  a()\n  @b\n  // ours\n  class C {\n    @d\n    static e(\n      @g h,\n    ) {}\n  }\n  i()\n}\n',
  istanbul: {
    functions: [
      [1, 3],
      [7, 5],
    ],
    statements: [
      [2, 3],
      [11, 3],
    ],
  },
  ours: [
    ['function f', 'definition', 1],
    ['a()', 'statement', 3],
    ['@b', 'statement', 3],
    ['@b', 'definition', 3],
    ['class', 'definition', 3],
    ['@d', 'definition', 3],
    ['static', 'definition', 3],
    ['@g', 'definition', 3],
    ['i()', 'statement', 3],
  ],
}
const inModule: Situation = {
  source: "import a from 'a'\nexport function f() {}\nclass C {}\n",
  istanbul: { functions: [[2, 7]] },
  ours: [
    ['import', 'definition', 2],
    ['export', 'definition', 2],
    ['class', 'statement', 2],
  ],
}
const clauses: Situation = {
  source: 'switch (a) {\n  case 1:\n    b()\n}\n',
  istanbul: {
    statements: [
      [1, 4],
      [3, 3],
    ],
    clauses: [[2, 3]],
  },
  ours: [
    ['switch', 'statement', 4],
    ['case', 'case', 3],
    ['b()', 'statement', 3],
  ],
}
const caught: Situation = {
  source: 'try {\n  a()\n} catch {\n  b()\n}\n',
  istanbul: {
    statements: [
      [1, 4],
      [2, 4],
      [4, 2],
    ],
  },
  ours: [
    ['try', 'statement', 4],
    ['a()', 'statement', 4],
    ['catch', 'catch', 2],
    ['b()', 'statement', 2],
  ],
}
const arms: Situation = {
  source: 'a(b\n  ? c\n  : d)\n',
  istanbul: {
    statements: [[1, 5]],
    arms: [
      [2, 3],
      [3, 2],
    ],
  },
  ours: [
    ['a(b', 'statement', 5],
    ['c', 'arm', 3],
    ['d)', 'arm', 2],
  ],
}

const parentheses: Situation = {
  source: 'a(b\n  ? c\n  : (d) + e)\n',
  istanbul: {
    statements: [[1, 5]],
    arms: [
      [2, 3],
      [2, 2],
    ],
  },
  ours: [
    ['a(b', 'statement', 5],
    ['c', 'arm', 3],
    ['(d)', 'arm', 2],
  ],
}
const called: Situation = {
  source: 'a(b ||\n  (\n    c as D\n  )())\n',
  istanbul: {
    statements: [[1, 5]],
    arms: [
      [1, 5],
      [3, 2],
    ],
  },
  ours: [
    ['a(b', 'statement', 5],
    ['(\n    c', 'arm', 2],
  ],
}

const cases: readonly RuleCase[] = [
  [
    'definition',
    inFunction,
    {
      'not the number of the function around it': ours(inFunction, 'function g', 4),
      'its calls': ours(inFunction, 'function g', 5),
      'a function behind something else': {
        ...inFunction,
        source: inFunction.source.replace('function g', 'b = function g'),
      },
      'no function': text(inFunction, 'function g', 'g'),
    },
  ],
  [
    'definition',
    properties,
    {
      'not the number of the statement around it': ours(properties, 'a:', 2),
      'its calls': ours(properties, 'b:', 6),
      'nothing of ours': { ...properties, ours: properties.ours.filter(([text]) => text !== 'a:') },
      'a body without a block': {
        ...properties,
        ours: [...properties.ours, ['c:', 'definition', 3]],
      },
      'a property behind another': text(properties, '    b:', '    z: 1, b:'),
      'no function': text(properties, 'function () {}', 'g'),
    },
  ],
  [
    'definition',
    decorated,
    {
      ...Object.fromEntries(
        ['@d', 'class', 'static', '@g'].map((at) => [
          `not the number of the class: ${at}`,
          ours(decorated, at, 5),
        ]),
      ),
      ...Object.fromEntries(
        ['class', '@d', 'static'].map((at) => [
          `nothing of ours: ${at}`,
          { ...decorated, ours: decorated.ours.filter(([text]) => text !== at) },
        ]),
      ),
      'a class without decorators': text(decorated, '@b', '"b"'),
    },
  ],
  [
    'module',
    inModule,
    {
      'no import of ours': { ...inModule, ours: inModule.ours.filter(([text]) => text !== 'import') },
      'nothing of ours': { ...inModule, ours: inModule.ours.filter(([text]) => text !== 'export') },
      'one number alone': ours(inModule, 'export', 3),
      'a class alone': ours(inModule, 'class', 3),
      'not the number of a statement beside it': {
        ...inModule,
        source: `${inModule.source}a()\n`,
        istanbul: { ...inModule.istanbul, statements: [[4, 3]] },
        ours: [...inModule.ours, ['a()', 'statement', 3]],
      },
    },
  ],
  [
    'case',
    clauses,
    {
      'not the number of the branch': ours(clauses, 'case', 4),
      'nothing of ours': { ...clauses, ours: clauses.ours.filter(([, rule]) => rule !== 'case') },
      'no clause': text(clauses, 'case 1:', 'case_1()'),
    },
  ],
  [
    'catch',
    caught,
    {
      'not the number of the block': ours(caught, 'catch', 3),
      'nothing of ours': { ...caught, ours: caught.ours.filter(([, rule]) => rule !== 'catch') },
      'no catch': text(caught, 'catch', 'finally'),
    },
  ],
  [
    'arm',
    arms,
    {
      'not the number of the branch': ours(arms, 'c', 5),
      'nothing of ours': { ...arms, ours: arms.ours.slice(0, 2) },
      'no arm': text(text(arms, '? ', ', '), ': ', ', '),
    },
  ],
  [
    'arm in parentheses',
    parentheses,
    {
      'not the number of the branch': ours(parentheses, '(d)', 1),
      'no parentheses': text(parentheses, '(d)', 'd'),
      'its branch elsewhere': {
        ...parentheses,
        istanbul: {
          ...parentheses.istanbul,
          arms: [
            [2, 3],
            [1, 2],
          ],
        },
      },
    },
  ],
  [
    'arm in parentheses',
    called,
    {
      'not the number of the branch': ours(called, '(\n    c', 4),
      'its branch elsewhere': {
        ...called,
        istanbul: {
          ...called.istanbul,
          arms: [
            [1, 5],
            [4, 2],
          ],
        },
      },
    },
  ],
]

describe.each(cases)('%s', (...rule) => holdsOnlyFor(rule))
