import { expect, test } from 'vitest'
import { answerWhy, type WhyAnswer } from '../../src/why/answer-why.ts'
import { PATH, recordingOfText } from '../recorded-text.ts'

/** What is answered about the line that ends with `// ?`. */
function why(text: string, calls: readonly string[] = []): WhyAnswer {
  const recording = recordingOfText(text, calls)
  const hash = recording.versions()[0]?.hash ?? ''
  return answerWhy(recording, { path: PATH, hash, line: lineAsked(text) })
}

function lineAsked(text: string): number {
  return text.split('\n').findIndex((line) => line.endsWith('// ?')) + 1
}

const inFunction = (...lines: string[]): string => ['function f(x) {', ...lines, '}'].join('\n')

test.each<[string, string, readonly string[], object]>([
  [
    'the first arm of an if',
    inFunction('  if (x > 9) {', '    x = 0 // ?', '  } else x = 1'),
    ['f(1)', 'f(2)'],
    {
      kind: 'not taken',
      branch: 'if',
      line: 2,
      count: 2,
      arm: 0,
      arms: [
        { line: 2, count: 0 },
        { line: 4, count: 2 },
      ],
    },
  ],
  [
    'the other arm of an if',
    inFunction('  if (x < 9) {', '    x = 0', '  } else {', '    x = 1 // ?', '  }'),
    ['f(1)', 'f(2)'],
    {
      kind: 'not taken',
      branch: 'if',
      line: 2,
      count: 2,
      arm: 1,
      arms: [
        { line: 2, count: 2 },
        { line: 4, count: 0 },
      ],
    },
  ],
  [
    'an if without else',
    inFunction('  if (x > 9)', '    x = 0 // ?', '  return x'),
    ['f(1)'],
    {
      kind: 'not taken',
      branch: 'if',
      line: 2,
      count: 1,
      arm: 0,
      arms: [
        { line: 3, count: 0 },
        { line: 2, count: 1 },
      ],
    },
  ],
  [
    'a chain of else if',
    inFunction(
      '  if (x === 1) {',
      '    x = 0',
      '  } else if (x === 2) {',
      '    x = 1',
      '  } else if (x === 3) {',
      '    x = 2 // ?',
      '  }',
    ),
    ['f(1)', 'f(2)', 'f(9)'],
    {
      kind: 'not taken',
      branch: 'if',
      line: 6,
      count: 1,
      arm: 0,
      arms: [
        { line: 6, count: 0 },
        { line: 6, count: 1 },
      ],
    },
  ],
  [
    'a chain that was never come to',
    inFunction('  if (x === 1) {', '    x = 0', '  } else if (x === 2) {', '    x = 1 // ?', '  }'),
    ['f(1)'],
    {
      kind: 'not taken',
      branch: 'if',
      line: 2,
      count: 1,
      arm: 1,
      arms: [
        { line: 2, count: 1 },
        { line: 4, count: 0 },
      ],
    },
  ],
  [
    'a clause of switch',
    inFunction(
      '  switch (x) {',
      '    case 1:',
      '      return 1',
      '    case 2:',
      '      return 2 // ?',
      '    default:',
      '      return 3',
      '  }',
    ),
    ['f(1)', 'f(7)', 'f(8)'],
    {
      kind: 'not taken',
      branch: 'switch',
      line: 2,
      count: 3,
      arm: 1,
      arms: [
        { line: 3, count: 1 },
        { line: 5, count: 0 },
        { line: 7, count: 2 },
      ],
    },
  ],
  [
    'an arm of a conditional expression',
    inFunction('  return x', '    ? 1', '    : 2 // ?'),
    ['f(1)'],
    {
      kind: 'not taken',
      branch: '?:',
      line: 2,
      count: 1,
      arm: 1,
      arms: [
        { line: 3, count: 1 },
        { line: 4, count: 0 },
      ],
    },
  ],
  [
    'the right of &&',
    inFunction('  return x', '    && x.y // ?'),
    ['f(0)', 'f(0)'],
    { kind: 'not taken', branch: '&&', line: 2, count: 2, arm: 0, arms: [{ line: 3, count: 0 }] },
  ],
  [
    'the right of ??',
    inFunction('  return x', '    ?? 2 // ?'),
    ['f(0)'],
    { kind: 'not taken', branch: '??', line: 2, count: 1, arm: 0, arms: [{ line: 3, count: 0 }] },
  ],
  [
    'a callback behind ||',
    inFunction('  return x || [1].map((y) => {', '    return y // ?', '  })'),
    ['f(1)'],
    { kind: 'never called', name: 'f.map(…)', line: 2, count: 1, mentions: [] },
  ],
  [
    'a loop without a round',
    inFunction('  for (const y of x)', '    y.z // ?'),
    ['f([])'],
    { kind: 'no round', line: 2, count: 1 },
  ],
  [
    'a while loop',
    inFunction('  while (x > 9) {', '    x-- // ?', '  }'),
    ['f(1)', 'f(2)'],
    { kind: 'no round', line: 2, count: 2 },
  ],
  [
    'a catch',
    inFunction('  try {', '    x = 1', '  } catch {', '    x = 2 // ?', '  }'),
    ['f(1)'],
    { kind: 'not thrown', line: 2, count: 1 },
  ],
  [
    'a return before it',
    inFunction('  if (x) return 1', '  x = 2 // ?'),
    ['f(1)', 'f(2)'],
    { kind: 'left', line: 2, count: 2, exits: [{ kind: 'return', line: 2, count: 2 }] },
  ],
  [
    'several exits, one of them out of a loop',
    inFunction(
      '  for (const y of x) {',
      '    if (y === 1) break',
      '    if (y === 2) return y',
      '    if (y === 3) throw y',
      '  }',
      '  if (x.length) throw x',
      '  x = 2 // ?',
    ),
    ['f([1])', 'f([2])'],
    { kind: 'left', line: 7, count: 1, exits: [{ kind: 'throw', line: 7, count: 1 }] },
  ],
  [
    'a loop that is left with all around it',
    inFunction(
      '  for (const y of x) {',
      '    if (y === 2) return y',
      '    if (y === 3) throw y',
      '    if (y === 4) continue',
      '  }',
      '  x = 2 // ?',
    ),
    ['f([4, 2])', 'f([3])', 'f([2])'],
    {
      kind: 'left',
      line: 2,
      count: 3,
      exits: [
        { kind: 'return', line: 3, count: 2 },
        { kind: 'throw', line: 4, count: 1 },
      ],
    },
  ],
  [
    'a throw that is caught is no exit',
    inFunction('  try {', '    throw x', '  } catch {', '    return 1', '  }', '  x = 2 // ?'),
    ['f(1)'],
    { kind: 'left', line: 2, count: 1, exits: [{ kind: 'return', line: 5, count: 1 }] },
  ],
  [
    'a call that throws',
    inFunction('  x.y.z', '  x = 2 // ?'),
    ['f({})', 'f(0)'],
    { kind: 'stopped', line: 2, count: 2 },
  ],
  [
    'a break in front of it',
    inFunction('  while (true) {', '    break', '    x = 2 // ?', '  }'),
    ['f(1)'],
    { kind: 'left', line: 3, count: 1, exits: [{ kind: 'break', line: 3, count: 1 }] },
  ],
  [
    'a function that is called where nothing comes',
    ['function g() {', '  return 1 // ?', '}', 'function f(x) {', '  if (x) g()', '}'].join('\n'),
    ['f(0)'],
    { kind: 'never called', name: 'g', line: 1, count: 1, mentions: [{ line: 5, count: 0 }] },
  ],
  [
    'a method, whose name is called of something else',
    ['class A {', '  add() {', '    return 1 // ?', '  }', '}', 'new Set().add(1)'].join('\n'),
    [],
    { kind: 'never called', name: 'A.add', line: 2, count: 1, mentions: [{ line: 6, count: 1 }] },
  ],
  [
    'a constructor',
    ['class A {', '  constructor() {', '    this.x = 1 // ?', '  }', '}', 'if (!A) new A()'].join('\n'),
    [],
    { kind: 'never called', name: 'A.constructor', line: 2, count: 1, mentions: [{ line: 6, count: 0 }] },
  ],
  [
    'a function in one that was never called',
    ['function f() {', '  return () => {', '    return 1 // ?', '  }', '}'].join('\n'),
    [],
    { kind: 'never called', name: 'f', line: 1, count: 1, mentions: [] },
  ],
  [
    'a field',
    ['class A {', '  x = 1 // ?', '}', 'A.name'].join('\n'),
    [],
    { kind: 'no instance', line: 1, count: 1 },
  ],
  [
    'a default value',
    ['function f(x = [1].map((y) => {', '  return y // ?', '})) {', '  return x', '}'].join('\n'),
    ['f(1)'],
    { kind: 'never called', name: 'f.map(…)', line: 1, count: 1, mentions: [] },
  ],
])('%s', (_, text, calls, reason) => {
  expect(why(text, calls).reason).toEqual(reason)
})
