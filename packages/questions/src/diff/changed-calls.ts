import { type CallEdge, eventLoop, type FunctionReference } from '@tstrace/results'
import type { CountedText } from './counted-text.ts'
import type { PairedFunctions, Placed } from './paired-functions.ts'
import { plainName } from './plain-name.ts'

/** One function that calls another, in two recordings: by their names in the second, where that has them. */
export interface EdgePair extends Pick<CallEdge, 'caller' | 'callee'> {
  /** The same text for the same function of both recordings; '' for the event loop. */
  readonly callerKey: string
  readonly calleeKey: string
  readonly calls: readonly [before: number, after: number]
  readonly resumptions: readonly [before: number, after: number]
}

/** Says how functions of a recording are called in the other one. */
export class FunctionNames {
  /** Keys in the second recording, by those in the first. */
  readonly #moved = new Map<string, FunctionReference>()
  readonly #taken = new Set<string>()
  readonly #tables = new Set<string>()
  /** Keys by the places of functions in their texts, each of which is of one recording. */
  readonly #keys = new Map<CountedText, string[]>()

  constructor(functions: PairedFunctions, texts: Iterable<CountedText>) {
    for (const { path } of texts) this.#tables.add(path)
    for (const [before, after] of functions) {
      const [from, to] = [referenceTo(before), referenceTo(after)]
      if (from && to) {
        this.#moved.set(referenceKey(from), to)
        this.#taken.add(referenceKey(to))
      }
    }
  }

  /** A function of the first recording as it is called in the second, or as it was where that does not have it. */
  later(function_: FunctionReference): FunctionReference {
    return this.#moved.get(referenceKey(function_)) ?? function_
  }

  /** The same text for the same function of both. */
  keyOf(function_: FunctionReference, side: 'before' | 'after'): string {
    if (function_.path === eventLoop.path) return ''
    // Nothing is known of the functions of test files but their names, which may have lines in them.
    if (!this.#tables.has(function_.path)) return `${function_.path}\0${plainName(function_.name)}`
    if (side === 'after') return referenceKey(function_)
    const key = referenceKey(this.later(function_))
    return this.#moved.has(referenceKey(function_)) || !this.#taken.has(key) ? key : `\0${key}`
  }

  /** As `keyOf`, of a function whose table is known. */
  keyOfPlaced(placed: Placed, side: 'before' | 'after'): string {
    const { index, text } = placed
    const keys = this.#keys.get(text) ?? []
    this.#keys.set(text, keys)
    keys[index] ??= this.keyOf(referenceTo(placed) ?? { path: text.path, name: '' }, side)
    return keys[index]
  }
}

function referenceTo({ index, text }: Placed): FunctionReference | undefined {
  const site = text.functions[index]
  return site && { path: text.path, name: site.name }
}

function referenceKey({ name, path }: FunctionReference): string {
  return `${path}\0${name}`
}

/** The calls of both recordings, but for the evaluations of modules, which their lines say. */
export function pairedEdges(
  before: readonly CallEdge[],
  after: readonly CallEdge[],
  names: FunctionNames,
): EdgePair[] {
  const edges = new Map<string, EdgePair>()
  const add = (edge: CallEdge, side: 'before' | 'after'): void => {
    const { callee, caller, calls, resumptions } = edge
    if (callee.name === '<module>') return
    const [callerKey, calleeKey] = [names.keyOf(caller, side), names.keyOf(callee, side)]
    const key = JSON.stringify([callerKey, calleeKey])
    const known = edges.get(key)
    edges.set(key, {
      caller: side === 'after' ? caller : names.later(caller),
      callee: side === 'after' ? callee : names.later(callee),
      callerKey,
      calleeKey,
      calls: added(known?.calls, calls, side),
      resumptions: added(known?.resumptions, resumptions, side),
    })
  }
  for (const edge of before) add(edge, 'before')
  for (const edge of after) add(edge, 'after')
  return [...edges.values()]
}

function added(
  [before, after]: readonly [number, number] = [0, 0],
  more: number,
  side: 'before' | 'after',
): readonly [number, number] {
  return side === 'before' ? [before + more, after] : [before, after + more]
}

export function isChanged({ calls, resumptions }: EdgePair): boolean {
  return calls[0] !== calls[1] || resumptions[0] !== resumptions[1]
}
