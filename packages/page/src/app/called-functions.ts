import { type CallNode, callTree } from '@tstrace/questions'
import type { CallEdge, FunctionReference } from '@tstrace/results'
import type { FunctionsData, PageFunction } from '../page-data.ts'
import type { ListedSource, RecordedPage } from './recorded-page.ts'

/** A function in lists. */
export interface CalledFunction extends FunctionReference {
  /** Where it is; undefined for one of a file that is not on the page. */
  readonly source: ListedSource | undefined
  /** 1-based; 0 where that is not known. */
  readonly line: number
  readonly calls: number
}

/** Functions, and who called whom. */
export interface CalledFunctions {
  readonly all: readonly CalledFunction[]
  find(reference: FunctionReference): CalledFunction | undefined
  /** The functions that one called. */
  calleesOf(reference: FunctionReference): readonly CalledFunction[]
  /** Its callers, and theirs, as `tstrace callers` answers it; or whom it called. */
  tree(start: FunctionReference, to: 'callers' | 'callees'): readonly CallNode[]
}

export function calledFunctions(
  page: RecordedPage,
  { edges, elsewhere, functions }: FunctionsData,
): CalledFunctions {
  const all = functions.map((row, place) => calledFunction(page, row, elsewhere[place] ?? ''))
  const byKey = new Map(all.toReversed().map((one) => [keyOf(one), one]))
  const calls = edges.map(
    ([caller, callee, count = 0, resumptions = 0]): CallEdge => ({
      caller: all[caller] as CalledFunction,
      callee: all[callee] as CalledFunction,
      calls: count,
      resumptions,
    }),
  )
  const into = groupBy(calls, ({ callee }) => keyOf(callee))
  const outOf = groupBy(calls, ({ caller }) => keyOf(caller))
  return {
    all,
    find: (reference) => byKey.get(keyOf(reference)),
    calleesOf: (reference) =>
      (outOf.get(keyOf(reference)) ?? []).map(({ callee }) => callee as CalledFunction),
    tree(start, to) {
      const [near, other] = to === 'callers' ? ([into, 'caller'] as const) : ([outOf, 'callee'] as const)
      const first = near.get(keyOf(start)) ?? []
      const second = first.flatMap((edge) => near.get(keyOf(edge[other])) ?? [])
      // Of a large graph only what is near is looked at.
      return callTree([...new Set([...first, ...second])], start, { to, depth: 2 })
    },
  }
}

function calledFunction(
  { sources }: RecordedPage,
  [place, name, line, calls = 0]: PageFunction,
  elsewhere: string,
): CalledFunction {
  const source = sources[place]
  return { path: source?.path ?? elsewhere, name, source, line, calls }
}

function groupBy(edges: readonly CallEdge[], key: (edge: CallEdge) => string): Map<string, CallEdge[]> {
  const groups = new Map<string, CallEdge[]>()
  for (const edge of edges) {
    const known = groups.get(key(edge))
    if (known) known.push(edge)
    else groups.set(key(edge), [edge])
  }
  return groups
}

function keyOf({ name, path }: FunctionReference): string {
  return `${path}\0${name}`
}
