/*
 * The half of collecting that runs in a worker, beside the user's tests: no imports of Node's modules, nothing heavy.
 */
import { drain as drainRealm } from './collect/drain.ts'
import { encodeFrame, type FrameLabel } from './collect/frame.ts'

export type { FrameLabel } from './collect/frame.ts'
export { WorkerFile } from './run/worker-file.ts'

/**
 * Takes everything counted in a realm since the last call, and starts again from zero.
 *
 * @param label where it was counted
 * @param realm the global object of the realm; this one unless given
 * @returns one self-delimiting frame to append to the worker's file, or undefined where nothing was counted
 */
export function drain(label: FrameLabel, realm: object = globalThis): Uint8Array | undefined {
  const counted = drainRealm(realm)
  return counted && encodeFrame(counted, label)
}
