import type { SourceVersion } from '@tstrace/results'
import type { Recording as StoredRecording } from '@tstrace/results/recording'

/** Whether the text that ran is what is on disk now. */
export type TextState = 'same' | 'changed' | 'gone'

/** What questions are asked of. Paths start at the folder in which the question is asked. */
export interface Recording extends StoredRecording {
  /** Its name, for messages and answers. */
  readonly file: string
  readonly stateOf: (text: SourceVersion) => TextState
}
