/*
 * The half of collecting that runs in a worker, beside the user's tests: no imports from Node, nothing heavy.
 */
import { drain as drainRealm } from './collect/drain.ts'
import { encodeFrame, type FrameLabel } from './collect/frame.ts'

export type { FrameLabel } from './collect/frame.ts'

/**
 * Takes everything counted in this realm since the last call, and starts again from zero.
 *
 * @param label where it was counted
 * @returns one self-delimiting frame to append to the worker's file, or undefined where nothing was counted
 */
export function drain(label: FrameLabel): Uint8Array | undefined {
  const counted = drainRealm(globalThis)
  return counted && encodeFrame(counted, label)
}
