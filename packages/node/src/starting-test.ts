import type { FrameLabel } from '@tstrace/core/program'
import { FOLDER_VARIABLE, TEST_VARIABLE } from './orders.ts'

/** The test that has started this process or thread. */
export interface StartingTest {
  readonly label: FrameLabel
  /** The same as `TEST_VARIABLE` has it. */
  readonly text: string
}

/**
 * Says which test has started this process or thread, and takes out of its environment what tstrace has put there.
 *
 * @param preload what is in `NODE_OPTIONS` because of us
 * @returns undefined where it was no test
 */
export function takeStartingTest(preload: string): StartingTest | undefined {
  const { [TEST_VARIABLE]: text, NODE_OPTIONS = '' } = process.env
  if (text === undefined) return undefined
  delete process.env[TEST_VARIABLE]
  delete process.env[FOLDER_VARIABLE]
  const options = NODE_OPTIONS.replace(preload, '').trim()
  if (options === '') delete process.env.NODE_OPTIONS
  else process.env.NODE_OPTIONS = options
  return { label: JSON.parse(text), text }
}
