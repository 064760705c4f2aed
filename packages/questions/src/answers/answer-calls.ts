import { type CallEdge, type Context, CoverageResults, type OverlapContext } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { contextKey } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { findTests } from '../recording/find-tests.ts'
import type { Recording } from '../recording/recording.ts'
import type { FunctionTarget } from '../recording/target.ts'
import type { Answer } from './answer.ts'
import { type CallNode, type CallWay, callTree } from './call-tree.ts'
import { type FunctionPlaces, functionPlaces } from './function-places.ts'

/** Who calls a function, or whom it calls. */
export interface CallsAnswer extends Answer {
  readonly question: CallWay['to']
  readonly target: FunctionTarget
  /** Whose calls these are, where a test was asked about; undefined where it is all of them. */
  readonly contexts?: readonly Context[]
  /** Groups of which that test was only a part: their calls are not among these. */
  readonly groups?: readonly OverlapContext[]
  /** Whether the function itself was ever called. */
  readonly called: boolean
  /** Of all rows of the first level. */
  readonly calls: number
  /** The most calls first. */
  readonly rows: readonly CallsRow[]
}

/** A caller of the function above it, or what that calls. */
export interface CallsRow {
  /** '' for the event loop. */
  readonly path: string
  readonly name: string
  /** 1-based, where the function starts; 0 where that is not known. */
  readonly line: number
  /** From one to the other, whatever called before that. */
  readonly calls: number
  /** How often a suspended generator was resumed, which is no call. */
  readonly resumptions: number
  /** Whether its own rows stand where the function is nearer to the start, or is the start. */
  readonly elsewhere: boolean
  /** The next level. */
  readonly rows: readonly CallsRow[]
}

export interface CallsAsked {
  readonly target: FunctionTarget
  /** Levels, 1 or more. */
  readonly depth: number
  /** As for `findTests`; '' for all. */
  readonly test: string
}

/** @throws TstraceError as `answerCallees` */
export function answerCallers(recording: Recording, asked: CallsAsked): CallsAnswer {
  return answerCalls(recording, asked, 'callers')
}

/** @throws TstraceError `TST_NO_CALLS` for a recording without calls, and what `findTests` throws */
export function answerCallees(recording: Recording, asked: CallsAsked): CallsAnswer {
  return answerCalls(recording, asked, 'callees')
}

function answerCalls(
  recording: Recording,
  { depth, target, test }: CallsAsked,
  to: CallWay['to'],
): CallsAnswer {
  const { contexts, groups } = test === '' ? {} : findTests(recording, test)
  const isNear = to === 'callers' && depth === 1
  const results = recording.results({
    sources: false,
    ...(contexts && { contexts }),
    ...(isNear && { path: (path: string) => path === target.path }),
  })
  if (results.edges().length === 0) refuseWithoutCalls(recording)
  const edges = contexts ? edgesIn(results, contexts) : results.edges()
  const nodes = callTree(edges, target, { to, depth })
  const places = functionPlaces(recording, new Set([target.path, ...pathsOf(nodes)]))
  return {
    question: to,
    about: aboutOf(recording, places.texts),
    target,
    ...(contexts && { contexts }),
    ...(groups && { groups }),
    called: edges.some(({ callee }) => callee.name === target.name && callee.path === target.path),
    calls: nodes.reduce((sum, { calls }) => sum + calls, 0),
    rows: nodes.map((node) => rowOf(node, places)),
  }
}

function refuseWithoutCalls({ file, results }: Recording): void {
  if (results({ sources: false }).edges().length > 0) return
  const message = `${file} does not say who called whom: that was not recorded.`
  throw new TstraceError('TST_NO_CALLS', `${message} Record again with the option trackcalls (-T).`)
}

function edgesIn(results: CoverageResults, contexts: readonly Context[]): readonly CallEdge[] {
  const sums = new CoverageResults()
  for (const context of contexts)
    for (const edge of results.recorded.edgesIn(contextKey(context))) sums.addEdge(edge)
  return sums.edges()
}

function* pathsOf(nodes: readonly CallNode[]): Generator<string> {
  for (const node of nodes) {
    yield node.function.path
    yield* pathsOf(node.below)
  }
}

function rowOf(node: CallNode, places: FunctionPlaces): CallsRow {
  const { below, calls, elsewhere, resumptions } = node
  const { name, path } = node.function
  const rows = below.map((next) => rowOf(next, places))
  return { path, name, line: places.lineOf(node.function), calls, resumptions, elsewhere, rows }
}
