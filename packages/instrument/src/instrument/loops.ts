import type {
  ContinueStatement,
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  LabeledStatement,
  Node,
  Statement,
  WhileStatement,
} from 'oxc-parser'
import { endsAbruptly } from './classify.ts'
import { asStatement, shownAgain } from './live.ts'
import { resumingHead } from './loop-heads.ts'
import { afterSign } from './positions.ts'
import { walkBody } from './statements.ts'
import { delegation, resumeIfSuspended } from './suspension.ts'
import type { Loop, Walk } from './walk.ts'

/** `while (test)`: evaluations of the test. */
export function whileStatement(node: WhileStatement, walk: Walk): void {
  const test = testCounter(walk, node.test, { at: node.start })
  walk.table.line(node.start, 'loop test', [test])
  walk.visitOwnedBy([test], node.test)
  inLoop(walk, () => walkBody(walk, node.body))
}

/** `do … while (test)`: the statement on the line of `do`, evaluations of the test on that of `while`. */
export function doWhileStatement(node: DoWhileStatement, walk: Walk): void {
  inLoop(walk, () => walkBody(walk, node.body))
  const at = afterSign(walk.source, node.body.end, 'while') - 'while'.length
  const test = testCounter(walk, node.test, { at, before: node.body })
  walk.table.line(at, 'loop test', [test])
  walk.visitOwnedBy([test], node.test)
}

/** `for (…; test; …)`: evaluations of the test; without a test, one and the times the loop came round. */
export function forStatement(node: ForStatement, walk: Walk): void {
  const executions = walk.owner
  if (node.init) walk.visit(node.init)
  if (node.test) {
    const test = testCounter(walk, node.test)
    walk.table.line(node.start, 'loop test', [test])
    walk.owner = [test]
    walk.visit(node.test)
    const again = shownAgain(walk, node.start)
    if (node.update) {
      if (again) walk.insertions.open(node.update, again, { kind: 'line' })
      walk.visit(node.update)
    } else if (again)
      walk.insertions.insert(afterSign(walk.source, node.test.end, ';'), again.slice(0, -1), 'line')
  } else {
    const round = walk.table.counter()
    walk.table.line(node.start, 'loop round', [...executions, round])
    const head = afterSign(walk.source, node.init?.end ?? node.start, ';')
    walk.insertions.insert(
      afterSign(walk.source, head, ';'),
      shownAgain(walk, node.start) + (node.update ? `${walk.hit(round)},` : walk.hit(round)),
      'counter',
    )
    if (node.update) walk.visitOwnedBy([round], node.update)
  }
  inLoop(walk, () => walkBody(walk, node.body))
  walk.owner = executions
}

/**
 * `for (x of y)` and `for (x in y)`: one and the times the loop came back for another element. It comes back
 * at the end of the body and at every `continue`, and those have counters of their own already.
 */
export function forEachStatement(node: ForOfStatement | ForInStatement, walk: Walk): void {
  const { table } = walk
  const waits = isSuspending(node, walk)
  // A label has put this in front of itself.
  const guarded = waits && walk.labels.length === 0
  if (guarded) walk.insertions.insert(node.start, 'try{', 'calls')
  if (waits) resumingHead(node.left, walk)
  else walk.visit(node.left)
  if (waits) delegation(walk, node.right, 'c')
  else walk.visit(node.right)
  const opening = waits ? resumeIfSuspended(walk) : ''
  const back = endsAbruptly(lastOf(node.body)) ? undefined : table.counter()
  const closing = back === undefined ? '' : shownAgain(walk, node.start) + walk.hit(back)
  const body = (): unknown => walkBody(walk, node.body, { opening, closing })
  const { continues } = inLoop(walk, body, node.start)
  const counters = [...walk.owner, ...(back === undefined ? [] : [back]), ...continues]
  table.line(node.start, 'loop element', counters)
  if (guarded) resumeAfter(node, walk)
}

/** `continue` counts as a statement, and as a way back to the head of its loop. */
export function continueStatement(node: ContinueStatement, walk: Walk): void {
  const target = node.label
    ? walk.loops.findLast((loop) => loop.labels.includes(node.label?.name ?? ''))
    : walk.loops.at(-1)
  target?.continues.push(...walk.owner)
  if (walk.live && target?.head !== undefined)
    walk.insertions.insert(node.start, asStatement(shownAgain(walk, target.head)), 'line')
}

/** A label belongs to the statement after it. */
export function labeledStatement(node: LabeledStatement, walk: Walk): void {
  const guarded = walk.labels.length === 0 && isSuspending(labelled(node), walk)
  if (guarded) walk.insertions.insert(node.start, 'try{', 'calls')
  walk.labels = [...walk.labels, node.label.name]
  if (!isLoop(node.body)) walk.labels = []
  walk.visit(node.body)
  walk.labels = []
  if (guarded) resumeAfter(node, walk)
}

/** Whether a statement is a `for await` in a function that keeps track of its suspensions. */
function isSuspending(node: Statement, walk: Walk): boolean {
  return node.type === 'ForOfStatement' && node.await && walk.calls && walk.frame.current
}

/** However `for await` was left, its iterator may have been closed, and awaited, in between. */
function resumeAfter(node: Statement, walk: Walk): void {
  walk.insertions.insert(node.end, `}finally{${resumeIfSuspended(walk)}}`, 'calls')
}

function labelled(node: Statement): Statement {
  return node.type === 'LabeledStatement' ? labelled(node.body) : node
}

/** @param place.at offset of the line that each evaluation shows, if it does */
function testCounter(walk: Walk, test: Node, place: { before?: Node; at?: number } = {}): number {
  const counter = walk.table.counter()
  const { at, before } = place
  walk.insertions.open(test, `${at === undefined ? '' : shownAgain(walk, at)}${walk.hit(counter)},`, {
    kind: 'counter',
    before,
  })
  return counter
}

function inLoop(walk: Walk, body: () => unknown, head?: number): Loop {
  const loop: Loop = { labels: walk.labels, head, continues: [] }
  walk.labels = []
  walk.loops.push(loop)
  body()
  walk.loops.pop()
  return loop
}

function isLoop(node: Statement): boolean {
  return node.type === 'LabeledStatement' || /^(For|While|DoWhile)/.test(node.type)
}

function lastOf(body: Statement): Statement | undefined {
  return body.type === 'BlockStatement' ? body.body.at(-1) : body
}
