import { GLOBAL } from './constants.ts'

/**
 * What the emitted code keeps in a realm, on one global that cannot be enumerated. The code of whichever file runs
 * first makes it; adapters may make it earlier. `instrument/helper.ts` writes the code that fills it.
 */
export interface RuntimeState {
  /** By identity of path, text and counting rules. */
  readonly files: Record<string, FileState>
  /** Number of the function that runs; 0 for the event loop. */
  at: number
  /** The next free function number. */
  next: number
  /** Calls by `callee * EDGE + caller`, for callers that lost their place in a file's cache. */
  readonly edges: Map<number, number>
  /** Resumptions of generators by `callee * EDGE + caller`. */
  readonly resumed: Map<number, number>
}

/** One instrumented file in a realm; a module evaluated twice counts into the same numbers. */
export interface FileState {
  readonly path: string
  readonly counts: Float64Array
  /** The site table and hash of the text as JSON, where the code carries them. */
  readonly table?: string
  /** Number of the file's function 0, once a function of it has been entered with calls tracked. */
  readonly base?: number
  /** `CALLERS` places for each function: the caller's number, or -1. */
  readonly callers?: Int32Array
  /** How often the caller in the same place has called. */
  readonly calls?: Float64Array
}

/** How many callers of a function are remembered in place. */
export const CALLERS = 16

/** A key of an edge is `callee * EDGE + caller`: exact for function numbers below this. */
export const EDGE = 67_108_864

/** The state of a realm, if any instrumented file has run in it. */
export function stateOf(realm: object): RuntimeState | undefined {
  return (realm as Record<string, RuntimeState | undefined>)[GLOBAL]
}
