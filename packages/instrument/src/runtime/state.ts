import { GLOBAL, MOST_EDGES, OFF_HEAP, SIGN } from './constants.ts'

/**
 * What the emitted code keeps in a realm, behind one global that cannot be enumerated. The code of whichever file runs
 * first makes it, unless an adapter has: before tests can replace what is in it. `instrument/helper.ts` writes the code
 * that fills it.
 */
export interface RuntimeState extends Partial<CallState> {
  /** What numbers are kept in, as it was when the state was made. */
  readonly Doubles: Float64ArrayConstructor
  /** Gives a file its counters, in a row with those of others; only where an adapter has made the state. */
  Counters?: CountersConstructor
  /** How many files have theirs from it, which are then all that there are. */
  made?: number
  /** By identity of path, text and counting rules. */
  readonly files: Record<string, FileState>
  /** Gives what shows the lines of a file, by its path; only where the code was made to show them. */
  live?: (path: string) => LiveFile
  /** Takes what was counted until now, where somebody counts all that runs in the realm. */
  take?: () => void
  /** Follows the contexts that a program names; only where somebody keeps them apart. */
  contexts?: NamedContexts
  /** The run of a test runner for which all that runs in the realm is counted, if it is. */
  testRun?: CountedTestRun
}

/** What a tracer in a test has to know of the run around it, and the run of the tracer. */
export interface CountedTestRun {
  /** Absolute path of the folder that paths of sources start at. */
  readonly root: string
  /** Whether the arms of branches are counted. */
  readonly branches: boolean
  /** Absolute path of the test file that is running. */
  readonly testFile: string
  /** Puts back what tracers took, since it belongs to the run as well: called before the run takes anything. */
  giveBack?: () => void
}

type CountersConstructor = new (length: number) => Float64Array

/** What calls are tracked with: in a realm that no adapter has prepared only once code has run that tracks them. */
export interface CallState {
  readonly Integers: Int32ArrayConstructor
  /** In its first place the number of the function that runs; 0 for the event loop. */
  readonly at: Int32Array
  /** The next free function number. */
  next: number
  /** Calls by `callee * EDGE + caller`, for callers that lost their place among a function's callers. */
  readonly edges: EdgeCounts
  /** Resumptions of generators by `callee * EDGE + caller`. */
  readonly resumed: EdgeCounts
  /** Adds to the number under a key, with the methods that maps had when the state was made. */
  readonly add: (counts: EdgeCounts, key: number, more: number) => void
  /** Runs a function as a microtask, with what promises were when the state was made. */
  readonly microtask: (task: () => void) => unknown
  /** What delegation calls and asks for, as it was when the state was made. */
  readonly apply: typeof Reflect.apply
  readonly iterator: typeof Symbol.iterator
  readonly asyncIterator: typeof Symbol.asyncIterator
}

/** Numbers by the key of an edge, in maps that are full, and one more. A key may be in several: they add up. */
export type EdgeCounts = Map<number, number>[]

/**
 * What is under the name: a function that gives the state. Programs and tests delete, freeze and replace what they find on the
 * global object, and all that can be reached from there; what a function gives is not among that.
 */
interface StateKeeper {
  (): RuntimeState
  readonly sign: typeof SIGN
}

/** What follows the contexts that a program names. */
export interface NamedContexts {
  /** The context, as JSON. */
  readonly text: string
  beginNamed(what: object, name: string, parent?: object): void
  end(what: object): void
}

/** What shows a file while it runs. */
export interface LiveFile {
  /** A line is about to run; 1-based. */
  line(line: number): void
  /** A function has been entered, or goes on after it was suspended. */
  enter(name: string): void
}

/** One instrumented file in a realm; a module evaluated twice counts into the same numbers. */
export interface FileState {
  readonly path: string
  readonly counts: Float64Array
  live?: LiveFile
  /** The site table and hash of the text as JSON, where the code carries them. */
  readonly table?: string
  /** What follows is there once a function of the file has been entered with calls tracked. */
  /** Number of the file's function 0. */
  readonly base?: number
  /** The counter of each function's entries. */
  readonly entries?: readonly number[]
  /** Number of each function's last caller; longer than there are functions. */
  readonly last?: Int32Array
  /** `CALLERS` places for each function: a caller's number. */
  readonly callers?: Int32Array
  /**
   * How often the caller in the same place has called. For the last caller of a function its entries so far have
   * to be added: they are taken off when a caller comes and added when another one follows.
   */
  readonly calls?: Float64Array
}

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect

interface Realm {
  readonly [GLOBAL]?: StateKeeper | null
}

/** The state of a realm, if any instrumented file has run in it. */
export function stateOf(realm: object): RuntimeState | undefined {
  // The program may have something else of that name.
  return stateIn(realm) ?? stateIn(getPrototypeOf(realm))
}

function stateIn(owner: Realm | null): RuntimeState | undefined {
  try {
    const found = owner?.[GLOBAL]
    return found?.sign === SIGN ? found() : undefined
  } catch {
    return undefined
  }
}

/**
 * Gives a realm a state before anything has run in it; the emitted code makes the same where it finds none. Programs and
 * tests remove from a global object what they do not know, so it is in its prototype, where that is its own.
 *
 * @param realm the global object of the realm
 * @param isShared whether other realms may have the same prototype for theirs, as those of Jest: then it is in the object itself
 */
export function installState(realm: object, isShared = false): RuntimeState & CallState {
  const { get, set } = Map.prototype
  const size = getOwnPropertyDescriptor(Map.prototype, 'size')?.get as () => number
  const { apply } = Reflect
  const Counts = Map
  // Without a constructor of its own `then` would ask `Promise.prototype` for one, where a program may have put another.
  const settled = Object.defineProperty(Promise.resolve(), 'constructor', { value: undefined })
  // Without a prototype, so that nothing is found in it that a program has added to all objects.
  const state = {
    __proto__: null,
    Doubles: Float64Array,
    Integers: Int32Array,
    files: Object.create(null),
    at: new Int32Array(OFF_HEAP),
    next: 1,
    edges: [new Map()],
    resumed: [new Map()],
    add: (counts, key, more) => {
      let map = counts[counts.length - 1] as Map<number, number>
      if (apply(size, map, []) >= MOST_EDGES) counts[counts.length] = map = new Counts()
      apply(set, map, [key, (apply(get, map, [key]) ?? 0) + more])
    },
    microtask: Promise.prototype.then.bind(settled),
    apply,
    iterator: Symbol.iterator,
    asyncIterator: Symbol.asyncIterator,
  } satisfies RuntimeState & { readonly __proto__: null } as RuntimeState & CallState
  state.Counters = countersInRows(state)
  const prototype = getPrototypeOf(realm)
  const isOwn = !isShared && prototype && getPrototypeOf(prototype) && !Object.hasOwn(prototype, GLOBAL)
  const keeper = (): RuntimeState => state
  defineProperty(keeper, 'sign', { value: SIGN })
  if (isOwn) defineProperty(prototype, GLOBAL, { get: () => keeper, set() {}, configurable: true })
  else defineProperty(realm, GLOBAL, { value: keeper, configurable: true, writable: true })
  return state
}

/** Counters in one row: few rows are looked through sooner than many. */
const ROW = 4096

/** Programs replace what typed arrays are asked by, so they are asked nothing here. */
function countersInRows(state: RuntimeState): CountersConstructor {
  const { ArrayBuffer: Row, Float64Array: Doubles } = globalThis
  const width = Doubles.BYTES_PER_ELEMENT
  let row: ArrayBuffer
  let size = 0
  let used = 0
  function Counters(length: number): Float64Array {
    if (used + length > size) {
      size = length > ROW ? length : ROW
      row = new Row(size * width)
      used = 0
    }
    const counters = new Doubles(row, used * width, length)
    used += length
    state.made = (state.made ?? 0) + 1
    return counters
  }
  return Counters as unknown as CountersConstructor
}
