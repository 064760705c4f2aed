/*
 * The half of collecting that runs in a worker, beside the user's tests: no imports of Node's modules, nothing heavy.
 */

import { type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { drainState } from './collect/drain.ts'
import { encodeFrame, encodeFrames, type FrameLabel, type TablesSent } from './collect/frame.ts'
import { withTypedArrays } from './collect/own-typed-arrays.ts'

export { FLUSH_INTERVAL, FlushBudget, type FlushTimes } from './collect/flush-budget.ts'
export type { FrameLabel } from './collect/frame.ts'
export { type BegunTest, RunningContexts } from './collect/running-contexts.ts'
export { lostSentence, unshownSentence } from './run/behind-compiler.ts'
export type { NativeOrders, NativeTracing } from './run/native-orders.ts'
export { type ChildOrders, followStarts, type Started, type Starts } from './run/starts-of-tests.ts'
export { type Untouched, untouchedSentence } from './run/untouched.ts'
export { WorkerFile } from './run/worker-file.ts'

export interface DrainOptions {
  /** Whose counts; those of this realm unless given. */
  readonly state?: RuntimeState | undefined
  /** `tablesSent` of the file to which the frame is appended next. Default: the frame has all tables that it needs. */
  readonly sent?: TablesSent | undefined
  /** Sentences for the report. */
  readonly problems?: readonly string[]
  /** The global object on which the state has to be. Where it is no longer, that is a loss. Default: nobody looks. */
  readonly realm?: object | undefined
}

const TAKEN_AWAY: readonly string[] = [
  'What was traced has taken away from the global object what counts, `__tstrace__`: what was loaded afterwards is missing ' +
    'from the counts. Leave that there.',
]

const TOO_MUCH: readonly string[] = [
  'What was counted within a moment does not fit into memory as one piece: it is missing from the counts. Trace fewer files, or ' +
    'leave out the calls.',
]

/**
 * Takes everything counted since the last call, and starts again from zero.
 *
 * @param label where it was counted
 * @returns self-delimiting frames, mostly one, to append to the worker's file, or undefined where there is nothing to say
 */
export function drain(label: FrameLabel, options: DrainOptions = {}): Uint8Array | undefined {
  const { state = stateOf(globalThis), problems = [], realm, sent } = options
  const losses = realm && stateOf(realm)?.files !== state?.files ? TAKEN_AWAY : undefined
  return withTypedArrays(() => {
    state?.testRun?.giveBack?.()
    const counted = state && drainState(state)
    const hasEnded = label.ended !== undefined || label.state !== undefined
    if (!counted && problems.length === 0 && !losses && !hasEnded) return undefined
    const all = { ...(counted ?? { sources: [], edges: [] }), problems, ...(losses && { losses }) }
    try {
      return encodeFrames(all, label, sent)
    } catch {
      // What has been taken is gone, and what runs here must not fail for it.
      return encodeFrame({ sources: [], edges: [], losses: TOO_MUCH }, label)
    }
  })
}
