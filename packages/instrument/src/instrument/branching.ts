import type {
  CatchClause,
  IfStatement,
  ReturnStatement,
  Statement,
  SwitchCase,
  SwitchStatement,
  TryStatement,
} from 'oxc-parser'
import { asStatement, shown } from './live.ts'
import { afterSign } from './positions.ts'
import { bareFunction, walkBlock, walkBody, walkStatements } from './statements.ts'
import { becomeCurrent, returnOperand, returnUnguarded } from './suspension.ts'
import type { Walk } from './walk.ts'

/** `if`, with `else if` counted in its test so that a chain stays a chain; generated code has very long ones. */
export function ifStatement(node: IfStatement, walk: Walk): void {
  const { owner, table } = walk
  for (let link: IfStatement | undefined = node; link; ) {
    const { alternate, end, start, test }: IfStatement = link
    const ways = waysToFunctions(link, walk)
    // An `else` would be a branch for coverage tools: each test counts as passing by, until its way is entered.
    const passed = !ways && !alternate && walk.elses ? table.counter() : undefined
    if (ways) walk.insertions.open(test, '((', { kind: 'counter' })
    if (passed !== undefined) walk.insertions.open(test, '!(', { kind: 'counter' })
    walk.visit(test)
    if (ways) walk.insertions.close(test, `)?(${ways.texts.join('):(')}))`, { kind: 'counter' })
    if (passed !== undefined) {
      walk.insertions.insert(test.end, `)^(${walk.hit(passed)},`, 'counter')
      walk.insertions.closeWhole(test, '1)', 'counter')
    }
    const entering = passed === undefined ? '' : `${walk.uncounted(passed)};`
    const consequent = bareOr(link.consequent, { counter: ways?.consequent, entering }, walk)
    const next: IfStatement | undefined = alternate?.type === 'IfStatement' ? alternate : undefined
    const otherwise = next
      ? elseIf(next, walk)
      : alternate
        ? bareOr(alternate, { counter: ways?.alternate }, walk)
        : (passed ?? ways?.alternate)
    if (walk.branches) {
      const { end: last, start: first } = link.consequent
      const other = alternate ?? link
      const place = alternate ?? undefined
      const arms = [
        { start: first, end: last, counter: consequent as number, place: link },
        { start: other.start, end: other.end, counter: otherwise as number, place },
      ]
      table.branch(
        'if',
        { start, end },
        !place && (!walk.elses || walk.leavesOutElse(link)) ? arms.slice(0, 1) : arms,
      )
    }
    link = next
  }
  walk.owner = owner
}

/** `switch`: every clause counts its entries, also those that fall into it. */
export function switchStatement(node: SwitchStatement, walk: Walk): void {
  const { owner: scope, table } = walk
  walk.visit(node.discriminant)
  const arms = node.cases.map((clause) => {
    walk.applyHints(clause)
    if (clause.test) walk.visit(clause.test)
    const entry = table.counter()
    table.line(clause.start, 'case', [entry])
    const from = afterSign(walk.source, clause.test?.end ?? clause.start, ':')
    if (walk.live) walk.insertions.insert(from, asStatement(shown(walk, clause.start)), 'line')
    walkStatements(walk, { statements: clause.consequent, from, entry, scope, always: true })
    if (clause.consequent.length === 0) closeEmptyClause(walk, clause, from)
    return { start: clause.start, end: clause.end, counter: entry }
  })
  if (walk.branches) table.branch('switch', node, arms)
}

/** Something of the source has to end the clause, or coverage tools lose it. */
function closeEmptyClause({ insertions }: Walk, clause: SwitchCase, at: number): void {
  insertions.insert(at, '{', 'counter')
  insertions.close(clause, '}', { kind: 'counter', at })
}

/** `try`: the line of `catch` counts the entries of its block. */
export function tryStatement(node: TryStatement, walk: Walk): void {
  const { body: statements, start } = node.block
  const [entry] = walk.owner
  const counted = entry !== undefined
  walk.applyHints(node.block)
  walkStatements(walk, { statements, from: start + 1, always: false, ...(counted && { entry, counted }) })
  if (node.handler) walk.visit(node.handler)
  if (!node.finalizer) return
  becomeCurrent(walk, node.finalizer.start + 1)
  walkBlock(walk, node.finalizer)
}

/** `catch (e) { … }` */
export function catchClause(node: CatchClause, walk: Walk): void {
  const { body, param, start } = node
  const entry = walk.table.counter()
  walk.table.line(start, 'catch', [entry])
  if (param) walk.visit(param)
  walk.applyHints(body)
  becomeCurrent(walk, body.start + 1)
  if (walk.live) walk.insertions.insert(body.start + 1, asStatement(shown(walk, start)), 'line')
  walkStatements(walk, { statements: body.body, from: body.start + 1, entry, always: true })
}

/** `return x` */
export function returnStatement(node: ReturnStatement, walk: Walk): void {
  if (walk.calls && walk.frame.current && !walk.frame.guarded) returnUnguarded(node, walk)
  else if (node.argument) returnOperand(node.argument, walk)
}

/**
 * The counters of functions that `if` and `else` declare without braces, and what the test then gives, which counts them:
 * nothing may be put around such a function.
 */
function waysToFunctions(
  { alternate, consequent }: IfStatement,
  walk: Walk,
): { consequent?: number; alternate?: number; texts: [string, string] } | undefined {
  const first = bareFunction(consequent) && walk.table.counter()
  if (first === undefined && !bareFunction(alternate)) return undefined
  const second = bareFunction(alternate) || (!alternate && walk.elses) ? walk.table.counter() : undefined
  const textOf = (counter: number | undefined, value: string): string =>
    counter === undefined ? value : `${walk.hit(counter)},${value}`
  return {
    ...(first !== undefined && { consequent: first }),
    ...(second !== undefined && { alternate: second }),
    texts: [textOf(first, '!0'), textOf(second, '!1')],
  }
}

/** Walks a body; that of a function without braces is counted already. */
function bareOr(
  body: Statement,
  { counter, entering = '' }: { readonly counter: number | undefined; readonly entering?: string },
  walk: Walk,
): number | undefined {
  if (counter === undefined) return walkBody(walk, body, { entering })
  walk.applyHints(body)
  walk.table.line(body.start, 'definition', [counter])
  walk.visitOwnedBy([counter], body)
  return counter
}

function elseIf(node: IfStatement, walk: Walk): number {
  const counter = walk.table.counter()
  walk.applyHints(node)
  walk.table.line(node.start, 'else if', [counter])
  walk.table.coverage?.statement(node, [counter])
  walk.insertions.open(node.test, `${shown(walk, node.start)}${walk.hit(counter)},`, { kind: 'counter' })
  walk.owner = [counter]
  return counter
}
