import { relative, resolve } from 'node:path'
import { writeComparison } from '@tstrace/page/write-page'
import {
  answerGates,
  type Comparison,
  checkGate,
  chosenTests,
  comparisonOf,
  type DiffAnswer,
  type DiffAsked,
  type DiffSide,
  diffMarkdown,
  diffText,
  type Gate,
  type GateKind,
  type GateResult,
  gatesAnswerText,
  gatesMarkdown,
  readGate,
} from '@tstrace/questions/diff'
import { TstraceError } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'
import { writeFilesSync } from '@tstrace/results/writing'
import type { AnsweredAlone, Asked } from '../questions/question-row.ts'
import { loadSides } from './diff-sides.ts'

/**
 * What `tstrace diff` says: what ran differently, and whether conditions hold. Of a single recording, two tests or attempts are
 * compared, or conditions are all there is.
 *
 * @throws TstraceError what `loadSides`, `chosenTests`, `readGate`, `checkGate` and `writeFilesSync` throw; `TST_NO_BASELINE`
 * where there is nothing to compare
 */
export async function diff(asked: Asked): Promise<AnsweredAlone> {
  const { against, attempt, expect, failOn, file, label, stable, test, words } = asked
  // What is wrong with them is said before anything is read.
  const gates = [...failOn.map(read('fail-on')), ...expect.map(read('expect'))]
  const isAlone = test !== '' && (attempt !== '' || against !== '')
  const { problems, ...sides } = await loadSides({
    words: words.filter(Boolean),
    file,
    label,
    stable,
    isAlone,
  })
  const after = { recordings: sides.after }
  const compared = sides.before ? { before: { recordings: sides.before }, after } : undefined
  if (compared) return { ...concluded(asked, withTests(asked, compared), gates), problems }
  if (test !== '') return { ...concluded(asked, withTests(asked, { before: after, after }), gates), problems }
  if (gates.length > 0 && !asked.html) return { ...checkedAlone(asked, after, gates), problems }
  const message = 'There is one recording, and nothing to compare it with.'
  throw new TstraceError(
    'TST_NO_BASELINE',
    `${message} Name two, as tstrace diff BEFORE AFTER, or two attempts at a test, with --test.`,
  )
}

type Read = readonly [gate: Gate, kind: GateKind]

function read(kind: GateKind): (text: string) => Read {
  return (text) => [readGate(text), kind]
}

interface Sides {
  readonly before: DiffSide
  readonly after: DiffSide
}

function withTests({ against, attempt, test }: Asked, { after, before }: Sides): DiffAsked {
  if (test === '') return { before, after }
  const [one, other] = [before.recordings[0], after.recordings[0]]
  const chosen = chosenTests([one, other], { test, against, attempt })
  return {
    before: { recordings: [one], contexts: chosen.before },
    after: { recordings: [other], contexts: chosen.after },
    groups: chosen.groups,
  }
}

function concluded(
  { all, coverdir, html, markdown, noise }: Asked,
  sides: DiffAsked,
  gates: readonly Read[],
): Omit<AnsweredAlone, 'problems'> {
  const comparison = comparisonOf(sides)
  const diff = comparison.answer
  const results = gates.map(([gate, kind]) => checkGate(gate, kind, { ...sides, diff }))
  const answer: DiffAnswer = { ...diff, ...(results.length > 0 && { gates: { rows: results } }) }
  const text = diffText(answer, { noise })
  return {
    answer,
    text: html
      ? { ...text, foot: [...(text.foot ?? []), '', writtenPage({ ...comparison, answer }, coverdir)] }
      : text,
    ...(markdown && { printed: diffMarkdown(answer, all) }),
    isFailed: hasFailed(results),
  }
}

/** Writes the page, and says where. */
function writtenPage(comparison: Comparison, coverdir: string): string {
  const page = writeComparison(comparison)
  const folder = resolve(coverdir)
  writeFilesSync(folder, [page])
  return printable(`Written to ${relative('', resolve(folder, page.path))}`)
}

function checkedAlone(
  { all, markdown }: Asked,
  after: DiffSide,
  gates: readonly Read[],
): Omit<AnsweredAlone, 'problems'> {
  const answer = answerGates(after, gates)
  return {
    answer,
    text: gatesAnswerText(answer),
    ...(markdown && { printed: gatesMarkdown(answer, all) }),
    isFailed: hasFailed(answer.gates.rows),
  }
}

function hasFailed(results: readonly GateResult[]): boolean {
  return results.some(({ failed }) => failed)
}
