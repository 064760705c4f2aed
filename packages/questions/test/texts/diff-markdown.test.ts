import { expect, test } from 'vitest'
import { answerGates } from '../../src/diff/answer-gates.ts'
import { readGate } from '../../src/diff/gate.ts'
import { gatesMarkdown } from '../../src/texts/diff-markdown.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const hostile = testNamed('a|b `c` <script>alert(1)</script>\n# two')
const side = {
  recordings: [recordingOf({ sources: [[sourceWith('src/a.ts', [1, 1, 10, 4]), hostile]] })],
} as const
const passes = (most: number) => [readGate(`calls(f2) <= ${most}`), 'expect'] as const
const fails = [readGate('calls(f2) <= 9 per test'), 'expect'] as const

test('conditions on one recording: nothing of a name is Markdown, and no line is its own', () => {
  expect(gatesMarkdown(answerGates(side, [fails]), false)).toBe(`### Conditions

❌ Failed: calls(f2) \\<= 9 per test, which must hold: 10 in a test.

- 10 in test/a.test.ts \\> a\\|b \\\`c\\\` \\<script\\>alert(1)\\</script\\>\\\\n\\# two

From no run.
`)
})

test('of many conditions those that failed come first, and it is said how many are left out', () => {
  const answer = answerGates(side, [...[10, 11, 12, 13, 14, 15].map(passes), fails])
  expect(gatesMarkdown(answer, false)).toMatch(/^### Conditions\n\n❌ [\s\S]*\n… 1 more\.\n/)
  expect(gatesMarkdown(answer, true)).not.toContain('more.')
})
