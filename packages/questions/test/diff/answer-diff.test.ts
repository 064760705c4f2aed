import { expect, test } from 'vitest'
import { answerDiff } from '../../src/diff/answer-diff.ts'
import { diffMarkdown } from '../../src/texts/diff-markdown.ts'
import { diffText } from '../../src/texts/diff-text.ts'
import { recordingOf, sourceWith } from '../recorded.ts'
import { type Program, recordingOfProgram } from './recorded-program.ts'

const TEXT = `function start(n) {
  if (n > 2) {
    return many(n)
  }
  return one()
}

function many(n) {
  return one() + n
}

function one() {
  return 1
}
`

function sideOf(program: Program, ...calls: string[]) {
  return { recordings: calls.map((call) => recordingOfProgram(program, call)) } as unknown as Parameters<
    typeof answerDiff
  >[0]['before']
}

const program = { 'src/a.js': TEXT }

test('what parts first comes first, with the line in front of it', () => {
  const answer = answerDiff({ before: sideOf(program, 'start(1)'), after: sideOf(program, 'start(3)') })
  expect(answer.first).toMatchObject({
    function: 'start',
    calls: [1, 1],
    lines: [
      { before: 2, after: 2, counts: [1, 1], text: '  if (n > 2) {' },
      { before: 3, after: 3, counts: [0, 1], text: '    return many(n)' },
    ],
  })
  expect(answer.rows.map((row) => [row.function, row.counts])).toEqual([
    ['start', [0, 1]],
    ['start', [1, 0]],
    ['many', [0, 1]],
  ])
  expect(answer.edges.rows.map(({ callee, caller, calls }) => [caller.name, callee.name, calls])).toEqual([
    ['start', 'many', [0, 1]],
    ['start', 'one', [1, 0]],
    ['many', 'one', [0, 1]],
  ])
})

test('what differs among runs of a side is left out, and listed when asked', () => {
  const after = sideOf(program, 'start(3); start(4)')
  const noisy = answerDiff({ before: sideOf(program, 'start(1)', 'start(1); start(3)'), after })
  expect([noisy.rows, noisy.changed.rows, noisy.edges.rows]).toEqual([
    [expect.objectContaining({ function: 'start', counts: [1, 0] })],
    [],
    [expect.objectContaining({ calls: [1, 0] })],
  ])
  expect(noisy.noise).toMatchObject({ runs: [2, 1] })
  expect(diffText(noisy).foot.join('\n')).toMatch(
    /differ among the runs of one side .*; --noise shows them\./,
  )
  const shown = diffText(noisy, { noise: true }).parts?.flatMap(({ rows }) => rows)
  expect(shown?.join('\n')).toContain('src/a.js:9  many')
})

test('a source of which nobody has the text is named', () => {
  const unknown = recordingOf({ sources: [[{ ...sourceWith('src/a.ts', [1]), hash: 'ffffffffffffffff' }]] })
  const known = recordingOf({ sources: [[sourceWith('src/a.ts', [2])]] }, { text: () => 'a' })
  const answer = answerDiff({ before: { recordings: [unknown] }, after: { recordings: [known] } })
  expect(answer.unmatched.rows).toEqual([{ path: 'src/a.ts', reason: 'no text', side: 'before' }])
  expect(answer.rows).toEqual([])
  expect(diffText(answer).foot.join('\n')).toContain(
    'Lines of src/a.ts could not be compared: the first text',
  )
})

test('a source that ran in several texts is named', () => {
  const texts = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'].map((hash) => ({
    ...sourceWith('src/a.ts', [1]),
    hash,
  }))
  const several = recordingOf({ sources: texts.map((source) => [source] as const) })
  const one = recordingOf({ sources: [[sourceWith('src/a.ts', [2])]] })
  const answer = answerDiff({ before: { recordings: [several] }, after: { recordings: [one] } })
  expect(answer.unmatched.rows).toEqual([{ path: 'src/a.ts', reason: 'several texts', side: 'both' }])
})

test('new lines that never ran are listed, rewritten ones are the same lines', () => {
  const after = {
    'src/a.js': TEXT.replace('if (n > 2) {', 'if (n > 3) {').replace(
      'return 1',
      'if (false) return 2\n  return 1',
    ),
  }
  const answer = answerDiff({ before: sideOf(program, 'start(1)'), after: sideOf({ ...after }, 'start(1)') })
  expect(answer.rows.map(({ after: place, counts }) => [place?.from, counts])).toEqual([[13, [0, 1]]])
  const other = { 'src/a.js': TEXT.replace('return many(n)', 'log(n)\n    return many(n)') }
  const missing = answerDiff({ before: sideOf(program, 'start(1)'), after: sideOf(other, 'start(1)') })
  expect(missing.newMissing.rows.map((row) => row.after?.from)).toEqual([3])
})

test('a comment has 60 lines at most, and nothing in it is markup', () => {
  const texts = (isCalled: boolean) =>
    Object.fromEntries(
      Array.from({ length: 80 }, (_, at) => [
        `src/<b>|\`${at}.js`,
        `function f${at}() {\n  return 1\n}\n${isCalled ? `f${at}()\n` : ''}`,
      ]),
    )
  const answer = answerDiff({ before: sideOf(texts(false), '1'), after: sideOf(texts(true), '1') })
  const lines = diffMarkdown(answer, false).trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(60)
  expect(diffMarkdown(answer, true).split('\n').length).toBeGreaterThan(80)
  for (const line of lines.filter((one) => one.includes('<b>')))
    expect(line.replaceAll(/(`+)[^`].*?[^`]\1(?!`)/g, '')).not.toContain('<b>')
})
