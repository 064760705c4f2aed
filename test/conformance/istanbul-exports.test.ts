import { describe } from 'vitest'
import { holdsOnlyFor, ours, type RuleCase, type Situation, text, theirs } from './istanbul-situation.ts'

/** What swc makes of exports: getters, with numbers of their own. */
const handedOut: Situation = {
  source: "import c from 'c'\nexport const a = c()\nexport default a\n",
  istanbul: {
    statements: [[1, 2]],
    placed: [
      [2, 13, 17, 90],
      [2, 17, 20, 2],
      [3, 0, 15, 80],
      [3, 15, 17, 2],
    ],
  },
  ours: [
    ['import', 'definition', 2],
    ['export const', 'statement', 2],
    ['export default', 'statement', 2],
  ],
}
/** What TypeScript makes of a name that is exported again: a definition and a getter at one place. */
const exportedAgain: Situation = {
  source: "export { a } from 'a'\n",
  istanbul: {
    functions: [[1, 90]],
    placed: [
      [1, 0, 9, 2],
      [1, 9, 21, 92],
    ],
  },
  ours: [['export', 'definition', 2]],
}
const required: Situation = {
  source: "import {\n  a\n} from 'a'\n",
  istanbul: { statements: [[3, 2]] },
  ours: [['import', 'definition', 2]],
}

const cases: readonly RuleCase[] = [
  [
    'exported name',
    handedOut,
    {
      "a getter's number for a value": ours(handedOut, 'export default', 80),
      'not on the name': text(handedOut, 'const a', 'const  a'),
      'no export': text(handedOut, 'export const', '       const'),
    },
  ],
  [
    'exported name',
    exportedAgain,
    {
      'neither the calls nor these and the evaluations': {
        ...exportedAgain,
        istanbul: { ...exportedAgain.istanbul, functions: [[1, 89]] },
      },
    },
  ],
  [
    'import or export',
    required,
    {
      'another number of ours': ours(required, 'import', 3),
      "another number of Istanbul's": theirs(required, 3, 3),
      'behind it': {
        ...required,
        source: "import {\n  a } from 'a'\n\n",
      },
      'a definition only': {
        ...required,
        source: 'function a() {\n\n}\n',
        ours: [['function', 'definition', 2]],
      },
    },
  ],
]

describe.each(cases)('%s', (...rule) => holdsOnlyFor(rule))
