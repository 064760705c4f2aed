/*
 * Test runners load this in realms of their own, and by their own rules. What is behind it is loaded by Node, once in a process.
 */
import type * as InNode from './in-node.ts'

const inNode: typeof InNode = nodeRequire(import.meta.url)('./in-node.js')

/** From the process itself: tests mock modules. Jest has a class there that extends that of Node, and requires by itself. */
function nodeRequire(from: string): NodeJS.Require {
  let Module = process.getBuiltinModule('node:module')
  for (let outer = Module; 'createRequire' in outer; outer = Object.getPrototypeOf(outer)) Module = outer
  return Module.createRequire(from)
}

export type {
  Context,
  ContextCount,
  FileContext,
  HooksContext,
  ImportContext,
  LateContext,
  NamedContext,
  OverlapContext,
  ResultsOptions,
  TestContext,
  TestState,
  TraceOptions,
  Tstrace,
  TstraceOptions,
  TstracePlugin,
  TstraceReporter,
  WriteOptions,
} from './in-node.ts'

const tstrace: typeof InNode.default = inNode.default
export default tstrace
export const CoverageResults: typeof InNode.CoverageResults = inNode.CoverageResults
export type CoverageResults = InNode.CoverageResults
export const Trace: typeof InNode.Trace = inNode.traceIn(globalThis)
export type Trace = InNode.Trace
export const TstraceError: typeof InNode.TstraceError = inNode.TstraceError
export type TstraceError = InNode.TstraceError
