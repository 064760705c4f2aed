import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWrittenSiteTable } from '../../src/counts-file/written-site-table.ts'
import { checkSiteTable } from '../../src/results/check-site-table.ts'
import { unpackSiteTable } from '../../src/results/packed-site-table.ts'
import type {
  BranchArm,
  BranchSite,
  FunctionSite,
  LineSite,
  SiteTable,
} from '../../src/results/site-table.ts'
import { siteTableText } from '../../src/results/written-table.ts'

const COUNTERS = 12

const counter = fc.nat(COUNTERS - 1)
const place = {
  line: fc.oneof(
    fc.integer({ min: 1, max: 20 }),
    fc.maxSafeNat().map((n) => n || 1),
  ),
  column: fc.nat(20),
}
const end = fc.record(place)
const name = fc.oneof(
  fc.constantFrom('f', 'it("a\\b")', 'é', '<module>'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const line: fc.Arbitrary<LineSite> = fc.record(
  {
    ...place,
    counters: fc.array(counter, { maxLength: 3 }),
    rule: fc.oneof(fc.constantFrom('statement', 'loop'), name),
    pragma: fc.constant(true as const),
  },
  { requiredKeys: ['line', 'column', 'counters', 'rule'] },
)
const aFunction: fc.Arbitrary<FunctionSite> = fc.record({ ...place, name, end, counter })
const arm: fc.Arbitrary<BranchArm> = fc.record({ ...place, end, counter })
const kind = fc.constantFrom<BranchSite['kind'][]>('if', 'cond-expr', 'binary-expr', 'switch', 'default-arg')
const branch: fc.Arbitrary<BranchSite> = fc.record({
  ...place,
  kind,
  end,
  arms: fc.array(arm, { maxLength: 3 }),
})
const table: fc.Arbitrary<SiteTable> = fc.record({
  counters: fc.constant(COUNTERS),
  lines: fc.array(line, { maxLength: 4 }),
  functions: fc.array(aFunction, { maxLength: 3 }),
  branches: fc.array(branch, { maxLength: 3 }),
})

test('a table is known by its text', () => {
  fc.assert(
    fc.property(table, (one) => {
      expect(isWrittenSiteTable(Buffer.from(siteTableText(one)), COUNTERS)).toBe(true)
    }),
  )
})

/** By way of all its objects. */
function isSoundAndWritten(text: string): boolean {
  try {
    const packed = checkSiteTable(JSON.parse(text), 'here', COUNTERS)
    return siteTableText(unpackSiteTable(packed, COUNTERS)) === text
  } catch {
    return false
  }
}

test('a text is that of a table where it is sound and would be written so again, and nowhere else', () => {
  const put = fc.oneof(
    fc.constantFrom(
      '"loop"',
      '"loop",',
      ',[1,0,0,0]',
      '[1,0,0,0],',
      '9007199254740992',
      '\\u0066',
      '\\"',
      '{}',
      'null',
    ),
    fc.string({ unit: fc.constantFrom(...'[],0129-.e"\\ {}:é\n'), maxLength: 2 }),
  )
  const all = { sound: 0, unsound: 0 }
  fc.assert(
    fc.property(table, fc.nat(), fc.nat(2), put, (one, number, gone, instead) => {
      const whole = siteTableText(one)
      const at = number % (whole.length + 1)
      // Half of a character is none.
      const text = Buffer.from(whole.slice(0, at) + instead + whole.slice(at + gone)).toString()
      const expected = isSoundAndWritten(text)
      all[expected ? 'sound' : 'unsound']++
      expect(isWrittenSiteTable(Buffer.from(text), COUNTERS), text).toBe(expected)
    }),
    { numRuns: 5000 },
  )
  expect(Math.min(all.sound, all.unsound)).toBeGreaterThan(100)
})

test.each([
  ['a rule twice', '{"rules":["a","a"],"lines":[[1,0,0,0,0],[1,0,1,0,0]],"functions":[],"branches":[]}'],
  ['a rule of no line', '{"rules":["a"],"lines":[],"functions":[],"branches":[]}'],
  [
    'rules in another order',
    '{"rules":["a","b"],"lines":[[1,0,1,0],[1,0,0,0]],"functions":[],"branches":[]}',
  ],
  [
    'a counter that is not there',
    `{"rules":["a"],"lines":[[1,0,0,0,${COUNTERS}]],"functions":[],"branches":[]}`,
  ],
  ['an end that is missing', '{"rules":[],"lines":[],"functions":[],"branches":[]'],
  ['more behind the end', '{"rules":[],"lines":[],"functions":[],"branches":[]}}'],
  ['a text without an end', '{"rules":["a'],
  ['nothing', ''],
])('%s is not as it is written', (_, text) => {
  expect(isWrittenSiteTable(Buffer.from(text), COUNTERS)).toBe(false)
})
