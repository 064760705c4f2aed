/** Name of the command that pages call. */
export const COMMAND = '__tstrace_counted'

/** What a page sends of a test file. */
export interface PageMessage {
  /** What was counted since the last message: frames as base64, with `,` between them. */
  readonly frames: string
  /** Lines that ran since the last message, as `RecordedLines` notes them. */
  readonly lines: string
  /** The test file has run. */
  readonly isEnd: boolean
}
