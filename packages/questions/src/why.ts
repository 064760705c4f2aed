/*
 * Why a line never ran: apart from the other questions, since it parses the text that ran.
 */
export { whyText } from './texts/why-text.ts'
export { answerWhy, type LineTarget, type TextLine, type WhyAnswer } from './why/answer-why.ts'
export { lineOfTarget } from './why/line-of-target.ts'
export type { Arm, Exit, Reached, Reason } from './why/reason.ts'
