import type {
  ArrowFunctionExpression,
  Directive,
  Expression,
  Function as FunctionNode,
  Node,
  Statement,
} from 'oxc-parser'
import { endsAbruptly } from './classify.ts'
import { asStatement, shown, shownEntry } from './live.ts'
import { insideParentheses, startsLine } from './positions.ts'
import { walkStatements } from './statements.ts'
import type { Frame, Walk } from './walk.ts'
import { type Wrapping, wrappingOf } from './wrapping.ts'

/** Functions with a body of statements: declarations, expressions, methods and accessors. */
export function functionNode(node: FunctionNode, walk: Walk, inferred?: string): void {
  if (!node.body) return
  if (node.type === 'FunctionExpression') definedOnLine(node, walk)
  const body = node.body
  inFunction(walk, { node, name: node.id?.name ?? inferred, wrapping: wrappingOf(node, walk) }, (entry) => {
    for (const parameter of node.params) walk.visit(parameter)
    blockBody(walk, body, entry)
  })
}

/** Arrow functions: one with an expression for a body counts the evaluations of that expression on its line. */
export function arrowFunction(node: ArrowFunctionExpression, walk: Walk, inferred?: string): void {
  definedOnLine(node, walk)
  const { body } = node
  const block = body.type === 'BlockStatement'
  inFunction(walk, { node, name: inferred, wrapping: wrappingOf(node, walk) }, (entry) => {
    for (const parameter of node.params) walk.visit(parameter)
    if (block) blockBody(walk, body as Block, entry)
    else expressionBody(walk, node, entry)
  })
}

type Block = Node & { readonly body: readonly (Directive | Statement)[] }

function blockBody(walk: Walk, body: Block, entry: number): void {
  const directives = body.body.findIndex((node) => !('directive' in node && node.directive))
  const first = directives < 0 ? body.body.length : directives
  const from = body.body[first - 1]?.end ?? body.start + 1
  const statements = (first > 0 ? body.body.slice(first) : body.body) as Statement[]
  const prologue = walk.calls ? enter(walk) : keepsCounts(statements) ? keep(walk) : ''
  if (prologue) {
    const text = (first > 0 ? ';' : '') + prologue + entryStatement(walk)
    walk.insertions.insert(from, text, walk.calls ? 'calls' : 'counter')
  }
  walkStatements(walk, { statements, from, entry, always: true })
  if (!walk.calls || !walk.frame.current) return
  // The bracket of the source closes the `try`: V8 counts up to there what it counts up to there without us.
  if (walk.frame.guarded) walk.insertions.close(body, `finally{${leave(walk)}}}`, { kind: 'guard' })
  else if (!endsAbruptly(body.body.at(-1))) walk.insertions.insert(body.end - 1, `;${leave(walk)};`, 'calls')
}

function expressionBody(walk: Walk, node: ArrowFunctionExpression, entry: number): void {
  const { calls, insertions, table } = walk
  const body = node.body as Expression
  const front = { before: node.params.at(-1), from: node.returnType?.start }
  table.line(body.start, 'arrow body', [entry])
  table.coverage?.value(body, [entry])
  const inner = insideParentheses(body)
  if (calls) {
    insertions.open(inner, '{', { ...front, kind: 'calls', at: body.start })
    insertions.insert(
      body.start,
      `${enter(walk)}${entryStatement(walk)}${asStatement(shown(walk, body.start))}${walk.hit(entry)};`,
      'calls',
    )
    insertions.open(inner, 'return ', { ...front, kind: 'calls', at: body.start })
    walk.visit(body)
    // The statement begins with what is returned, so it has to end with that, not with the parenthesis.
    if (inner !== body && insertions.keepsParentheses)
      insertions.close(inner, ';', { kind: 'calls', at: body.end })
    insertions.close(inner, `}finally{${leave(walk)}}}`, { kind: 'calls', at: body.end })
  } else {
    insertions.open(inner, `(${walk.hit(entry)},`, { ...front, kind: 'counter' })
    walk.visit(inner)
    insertions.close(inner, ')', { kind: 'counter' })
  }
}

/** Whether a body counts often enough to hold the counts in a local variable, which engines read faster. */
function keepsCounts(statements: readonly Statement[]): boolean {
  const [first] = statements
  return (
    first !== undefined &&
    (statements.length > 1 || /^(If|For|While|Do|Try|Switch|Block|Labeled)/.test(first.type))
  )
}

function keep(walk: Walk): string {
  const local = walk.local('t')
  walk.frame = { ...walk.frame, counts: local }
  return `var ${local}=${walk.call(walk.name, [], true)};`
}

/*
 * On entry the function becomes the current one, and a caller that is not the one of the entry before is noted.
 * The calls themselves are not counted: the counter of the body's entries says how many there were in between.
 */
function enter(walk: Walk): string {
  const { below, frame } = walk
  if (!frame.current) return `${walk.call(walk.part('o'), [frame.index])};`
  const entered = walk.call(walk.part('e'), [frame.index], true)
  return `${keep(walk).slice(0, -1)},${below}=${entered};${frame.guarded ? 'try{' : ''}`
}

/** Behind the entry, so that the function is the current one whatever happens there. */
function entryStatement(walk: Walk): string {
  return walk.live ? `${shownEntry(walk)};` : ''
}

function leave(walk: Walk): string {
  const { below, frame } = walk
  const restore = walk.call(walk.part('x'), [below])
  return frame.async || frame.generator ? `${below}<0||${restore}` : restore
}

interface Entered {
  readonly node: FunctionNode | ArrowFunctionExpression
  readonly name: string | undefined
  readonly wrapping: Wrapping
}

function inFunction(walk: Walk, { node, name, wrapping }: Entered, body: (entry: number) => void): void {
  const { frame, labels, loops, owner, prefix, shownLine, table } = walk
  const entry = table.counter()
  const full = prefix + (name ?? `<anonymous:${table.lineOf(node.start)}>`)
  const found = table.function(node, full, entry)
  table.coverage?.function(node, found.name, entry)
  const inner: Frame = {
    index: found.index,
    name: found.name,
    async: node.async,
    generator: node.generator,
    current: wrapping !== 'none',
    guarded: wrapping === 'guarded',
    counts: walk.fileCounts,
  }
  walk.frame = inner
  walk.prefix = `${found.name}.`
  walk.owner = [entry]
  walk.loops = []
  walk.labels = []
  walk.shownLine = 0
  walk.deeper(walk.calls ? 2 : 1, () => body(entry))
  walk.frame = frame
  walk.prefix = prefix
  walk.owner = owner
  walk.loops = loops
  walk.labels = labels
  walk.shownLine = shownLine
}

/** A function that starts its line shows there how often it was defined. */
function definedOnLine(node: FunctionNode | ArrowFunctionExpression, walk: Walk): void {
  if (startsLine(walk.source, node.start)) walk.table.line(node.start, 'definition', walk.owner)
}
