import type { OptionsAt } from '@tstrace/core/options'
import type { Answer, AnswerText, Recording } from '@tstrace/questions'
import type { Screen } from '@tstrace/results/screen'

/** The options of questions, complete; each question has those that its row names. */
export type QuestionOptions = OptionsAt<'questions'>

/** What a question was asked with. */
export interface Asked extends QuestionOptions {
  /** What it is about, as typed; '' for a question that needs nothing. */
  readonly word: string
  /** Several of these, for a question that takes them. */
  readonly words: readonly string[]
  /** Where the answer is shown, if that shows colours. */
  readonly screen: Screen | undefined
}

/** An answer, and the same to read. */
export interface Answered {
  readonly answer: Answer
  readonly text: AnswerText
  /** Whether all of it is printed, whatever its length. */
  readonly isWhole?: boolean
}

/** An answer that is not from the one recording that others are from. */
export interface AnsweredAlone extends Answered {
  /** One sentence for each thing that is missing. */
  readonly problems: readonly string[]
  /** All that is printed, where it is not the text. */
  readonly printed?: string
  /** Whether a condition has failed. */
  readonly isFailed: boolean
}

/** A question that can be asked on the command line. */
export type QuestionRow = QuestionWords & (AsksRecording | AsksAlone)

/** A question about a recording. */
interface AsksRecording {
  /** @throws TstraceError what can be wrong with what was asked, and what keeps the recording from answering */
  readonly ask: (recording: Recording, asked: Asked) => Promise<Answered>
}

/** A question that looks for its recordings itself. */
interface AsksAlone {
  /** @throws TstraceError as with `ask`, and what `loadRecording` throws */
  readonly askAlone: (asked: Asked) => Promise<AnsweredAlone>
}

interface QuestionWords {
  /** What it says, for help: `Which tests ran …`. */
  readonly does: string
  /** What its word stands for, and what it can be; undefined for a question without one. */
  readonly word?: {
    readonly name: string
    readonly help: string
    readonly optional?: true
    /** There may be so many of it. */
    readonly most?: number
  }
  /** Those that not every question has. */
  readonly options?: readonly (keyof QuestionOptions)[]
}
