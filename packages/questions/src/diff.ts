/*
 * What ran differently in two recordings: apart from the other questions, since it parses the texts that ran.
 */
export { type AlignedRun, alignedLines } from './diff/aligned-lines.ts'
export {
  answerDiff,
  type Comparison,
  comparisonOf,
  type DiffAnswer,
  type DiffAsked,
  type DiffTotal,
} from './diff/answer-diff.ts'
export { answerGates, type GatesAnswer } from './diff/answer-gates.ts'
export { chosenTests, type TestsAsked, type TestsChosen } from './diff/attempts-asked.ts'
export { checkGate } from './diff/check-gates.ts'
export type { LinePair, Unmatched } from './diff/compared.ts'
export type { CountedText } from './diff/counted-text.ts'
export type { DiffEdge, DiffFunction, DiffLines, DiffPlace } from './diff/diff-rows.ts'
export type { DiffSide } from './diff/diff-side.ts'
export type { FirstDifference, FirstLine } from './diff/first-difference.ts'
export { type Amount, type Gate, readGate } from './diff/gate.ts'
export type { GateKind, GateResult } from './diff/gate-result.ts'
export { runsText } from './texts/about-text.ts'
export { diffMarkdown, gatesMarkdown } from './texts/diff-markdown.ts'
export { diffText, reservations } from './texts/diff-text.ts'
export { gatesAnswerText } from './texts/gates-text.ts'
export { testsSummary } from './texts/tests-summary.ts'
