import { expect, test } from 'vitest'
import { lcov } from '../src/lcov.ts'
import { inputOf, textOf } from './counted.ts'

const SOURCE = `function half(n) {
  return n > 1 ? n / 2 : 0
}
half(4)
`

test('a record has the numbers of the listing, zero lines written', () => {
  const input = inputOf([
    { path: 'src/half.js', text: SOURCE, counts: (counter) => (counter === 1 ? 3 : 1), branches: true },
    {
      path: 'src/never.js',
      text: 'function never() {\n  return 1 // #pragma NO COVER\n}\nnever()\n',
      counts: () => 0,
    },
  ])
  const { files, problems } = lcov(input)
  expect(problems).toEqual([])
  expect(files.map(textOf)).toEqual([
    `TN:
SF:src/half.js
FN:1,half
FNDA:3,half
FNF:1
FNH:1
BRDA:2,0,0,1
BRDA:2,0,1,1
BRF:2
BRH:2
DA:1,1
DA:2,3
DA:4,1
LF:3
LH:3
end_of_record
TN:
SF:src/never.js
FN:1,never
FNDA:0,never
FNF:1
FNH:0
DA:1,0
DA:4,0
LF:2
LH:0
end_of_record
`,
  ])
})
