/*
 * Questions that are asked of a recording, each a pure function that gives data, and the texts that are made of it.
 */
export type { Answer } from './answers/answer.ts'
export {
  answerCallees,
  answerCallers,
  type CallsAnswer,
  type CallsAsked,
  type CallsRow,
} from './answers/answer-calls.ts'
export { answerMissing, type MissingAnswer, type MissingRow } from './answers/answer-missing.ts'
export {
  type AloneRow,
  answerOutside,
  type OutsideAnswer,
  type OutsideRow,
} from './answers/answer-outside.ts'
export {
  answerRan,
  type RanAnswer,
  type RanBeside,
  type RanFunction,
  type RanSource,
} from './answers/answer-ran.ts'
export { answerShow, type ShowAnswer, type ShowRow } from './answers/answer-show.ts'
export { answerSuspects, type SuspectRow, type SuspectsAnswer } from './answers/answer-suspects.ts'
export { answerTests, type TestsAnswer, type TestsRow } from './answers/answer-tests.ts'
export {
  answerTop,
  type TopAnswer,
  type TopOrder,
  type TopRow,
} from './answers/answer-top.ts'
export { type CallNode, type CallWay, callTree } from './answers/call-tree.ts'
export type { LineRange } from './answers/line-range.ts'
export type { Ran } from './answers/measure.ts'
export { whatRan } from './answers/what-ran.ts'
export type { About, AboutRun, AboutSource } from './recording/about.ts'
export { findFunction } from './recording/find-function.ts'
export { findTarget } from './recording/find-target.ts'
export { findTests, type TestsFound } from './recording/find-tests.ts'
export type { Recording, TextState } from './recording/recording.ts'
export type {
  FileTarget,
  FolderTarget,
  FunctionTarget,
  LinesTarget,
  Target,
} from './recording/target.ts'
export { jsonOfAnswer } from './texts/answer-json.ts'
export { type AnswerText, MOST_SHOWN, printedAnswer } from './texts/answer-text.ts'
export { callsText } from './texts/calls-text.ts'
export { missingText } from './texts/missing-text.ts'
export { outsideText } from './texts/outside-text.ts'
export { ranText } from './texts/ran-text.ts'
export { type Painter, showText } from './texts/show-text.ts'
export { suspectsText } from './texts/suspects-text.ts'
export { testsText } from './texts/tests-text.ts'
export { topText } from './texts/top-text.ts'
