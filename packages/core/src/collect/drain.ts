import {
  CALLERS,
  EDGE,
  type EdgeCounts,
  type FileState,
  MOST_EDGES,
  type RuntimeState,
  stateOf,
} from '@tstrace/instrument/runtime'
import type { Counted, CountedEdge, CountedSource } from './counted.ts'
import { OwnMap } from './own-map.ts'

/*
 * Copies of everything used, taken when the worker half is loaded: tests replace globals and methods. So there is no method
 * of an array here, and nothing that iterates one: `for … of`, spread and patterns call what is in `Array.prototype`.
 */
const { Float64Array: Numbers } = globalThis
const { floor } = Math
const { sort } = Array.prototype
const idsOf = Object.keys
const { apply } = Reflect
const { clear, forEach } = Map.prototype
const size = getterOf(Map.prototype, 'size') as () => number
const { get, set } = WeakMap.prototype
const { BYTES_PER_ELEMENT: width } = Numbers
/** What all typed arrays have from one place. */
const OWNER: object = Object.getPrototypeOf(Numbers.prototype)
const bufferOf = getterOf(OWNER, 'buffer') as () => ArrayBuffer
const offsetOf = getterOf(OWNER, 'byteOffset') as () => number
const lengthOf = getterOf(OWNER, 'length') as () => number

function getterOf(owner: object, name: string): (() => unknown) | undefined {
  return Object.getOwnPropertyDescriptor(owner, name)?.get
}

/**
 * Takes what a realm has counted since the last call, and starts again from zero.
 *
 * @param realm the global object of the realm
 * @returns undefined where nothing was counted
 */
export function drain(realm: object): Counted | undefined {
  const state = stateOf(realm)
  return state && drainState(state)
}

/** As `drain`, for a realm whose global may be gone. */
export function drainState(state: RuntimeState): Counted | undefined {
  // Collecting runs from hooks and timers, never below a traced function.
  if (state.at) state.at[0] = 0
  const { files, ids, rows } = filesOf(state)
  const counted = countedOf(rows)
  const edges = takeEdges(state, { files, ids, counted })
  const sources: CountedSource[] = []
  for (let at = 0; at < counted.length; at++) {
    const place = counted[at] as number
    const { counts, path, table } = files[place] as FileState
    const own = { id: ids[place] as string, path, counts: new Numbers(counts) }
    sources[at] = table === undefined ? own : { ...own, table }
    for (let counter = 0; counter < counts.length; counter++) counts[counter] = 0
  }
  return sources.length + edges.length > 0 ? { sources, edges } : undefined
}

interface Files {
  readonly ids: readonly string[]
  readonly files: readonly FileState[]
}

interface KnownFiles extends Files {
  readonly rows: readonly Row[]
  readonly made: number | undefined
}

/** Counters of files that lie side by side. */
interface Row {
  readonly counters: Float64Array
  /** The place of the first file. */
  readonly first: number
  /** Where each of them ends. */
  readonly ends: readonly number[]
}

const known = new WeakMap<RuntimeState['files'], KnownFiles>()

/** What has run, file by file. Files come and stay: between two tests mostly there is none to be looked up. */
function filesOf({ files: all, made }: RuntimeState): KnownFiles {
  const before: KnownFiles | undefined = apply(get, known, [all])
  if (before && made !== undefined && before.made === made) return before
  const ids = idsOf(all)
  if (before?.ids.length === ids.length) return before
  const files: FileState[] = []
  for (let at = 0; at < ids.length; at++) files[at] = all[ids[at] as string] as FileState
  const now = { ids, files, made, rows: rowsOf(files) }
  apply(set, known, [all, now])
  return now
}

function rowsOf(files: readonly FileState[]): Row[] {
  const rows: Row[] = []
  let first = 0
  while (first < files.length) {
    const { counts } = files[first] as FileState
    const buffer = apply(bufferOf, counts, [])
    const start = apply(offsetOf, counts, [])
    const ends: number[] = []
    let end = 0
    for (let at = first; at < files.length; at++) {
      const { counts: next } = files[at] as FileState
      const follows = apply(offsetOf, next, []) === start + end * width
      if (!follows || apply(bufferOf, next, []) !== buffer) break
      end += apply(lengthOf, next, [])
      ends[ends.length] = end
    }
    rows[rows.length] = { counters: new Numbers(buffer, start, end), first, ends }
    first += ends.length
  }
  return rows
}

/** Places of the files that have counted anything. Between two tests that is none, mostly. */
function countedOf(rows: readonly Row[]): number[] {
  const counted: number[] = []
  for (let row = 0; row < rows.length; row++) {
    const { counters, ends, first } = rows[row] as Row
    let file = 0
    for (let at = 0; at < counters.length; at++) {
      if (counters[at] === 0) continue
      while ((ends[file] as number) <= at) file++
      counted[counted.length] = first + file
      at = (ends[file] as number) - 1
    }
  }
  return counted
}

interface CountedFiles extends Files {
  /** Places of those that have counted anything: calls of the others have been taken. */
  readonly counted: readonly number[]
}

function takeEdges(state: RuntimeState, { counted, files, ids }: CountedFiles): CountedEdge[] {
  const edges: CountedEdge[] = []
  if (!state.edges || !state.resumed) return edges
  if (counted.length === 0 && isEmpty(state.edges) && isEmpty(state.resumed)) return edges
  let find: ReturnType<typeof finder> | undefined
  const give = (key: number, calls: number, resumptions: number): void => {
    find ??= finder(ids, files)
    const caller = find(key % EDGE)
    const callee = find(floor(key / EDGE))
    edges[edges.length] = {
      callerId: caller.id,
      callerFunction: caller.index,
      calleeId: callee.id,
      calleeFunction: callee.index,
      calls,
      resumptions,
    }
  }
  const calls = taken(state.edges, (count, key) => give(key, count, 0))
  const add = (key: number, count: number): void => {
    const known = calls.get(key)
    if (known === undefined && calls.size >= MOST_EDGES) give(key, count, 0)
    else calls.set(key, (known ?? 0) + count)
  }
  for (let at = 0; at < counted.length; at++) takeCached(files[counted[at] as number] as FileState, add)
  const resumed = taken(state.resumed, (count, key) => give(key, 0, count))
  resumed.forEach((_, key) => {
    if (!calls.has(key)) calls.set(key, 0)
  })
  calls.forEach((count, key) => {
    give(key, count, resumed.get(key) ?? 0)
  })
  return edges
}

function isEmpty(counts: EdgeCounts): boolean {
  return counts.length === 1 && apply(size, counts[0], []) === 0
}

/**
 * What is in the last map, which is empty afterwards.
 *
 * @param give takes what is in those that are full
 */
function taken(counts: EdgeCounts, give: (count: number, key: number) => void): OwnMap<number, number> {
  for (let at = 0; at < counts.length - 1; at++) apply(forEach, counts[at], [give])
  const last = counts[counts.length - 1] as Map<number, number>
  counts.length = 1
  counts[0] = last
  const copy = new OwnMap<number, number>()
  apply(forEach, last, [(count: number, key: number) => copy.set(key, count)])
  apply(clear, last, [])
  return copy
}

/** The calls a file remembers; the last caller of each function gets the entries since it came. */
function takeCached(file: FileState, add: (key: number, count: number) => void): void {
  // Of most runs it is true of all files.
  if (file.base === undefined) return
  const { base, callers, calls, counts, entries, last } = file
  if (!callers || !calls || !entries || !last) return
  for (let index = 0; index < entries.length; index++) {
    const entered = counts[entries[index] as number] as number
    // Callers change only when a function is entered.
    if (entered === 0) continue
    const first = index * CALLERS
    const ofLast = first + ((last[index] as number) & (CALLERS - 1))
    calls[ofLast] = (calls[ofLast] as number) + entered
    for (let place = first; place < first + CALLERS; place++) {
      const count = calls[place] as number
      if (count === 0) continue
      add((base + index) * EDGE + (callers[place] as number), count)
      calls[place] = 0
    }
  }
}

function byBase(a: { readonly base: number }, b: { readonly base: number }): number {
  return a.base - b.base
}

/** Finds the file and the index in it that a function number stands for. */
function finder(
  ids: readonly string[],
  files: readonly FileState[],
): (functionNumber: number) => { id: string; index: number } {
  const bases: { id: string; base: number }[] = [{ id: '', base: 0 }]
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] as string
    const { base } = files[at] as FileState
    if (base !== undefined) bases[bases.length] = { id, base }
  }
  apply(sort, bases, [byBase])
  return (functionNumber) => {
    let low = 0
    let high = bases.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((bases[middle] as { base: number }).base <= functionNumber) low = middle
      else high = middle
    }
    const { base, id } = bases[low] as { base: number; id: string }
    return { id, index: functionNumber - base }
  }
}
