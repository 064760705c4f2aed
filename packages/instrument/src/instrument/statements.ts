import type { BlockStatement, Function as FunctionNode, Statement } from 'oxc-parser'
import { cannotFail, classify, holdsStatements, type Kind, needsOwnCounter, unlabelled } from './classify.ts'
import { decoratedStart } from './decorated-start.ts'
import type { InsertionKind } from './insertions.ts'
import { shownBefore } from './live.ts'
import { beforeStatement } from './positions.ts'
import type { Walk } from './walk.ts'

/** A list of statements that is entered at its top. */
export interface StatementList {
  readonly statements: readonly Statement[]
  /** Offset where the list begins: after the bracket, the directives or the colon before it. */
  readonly from: number
  /** Where entries are counted if nothing in the list can carry the counter; `from` unless given. */
  readonly fallback?: number
  /** The counter of its entries, or undefined for a new one where something in the list counts. */
  readonly entry?: number
  /** The counters of what functions declared in the list share, where that is not `entry`. */
  readonly scope?: readonly number[]
  /** Whether `entry` is counted already, by the statement that the list belongs to. */
  readonly counted?: boolean
  /** Whether entries have to be counted even if nothing in the list counts. */
  readonly always: boolean
  /** Code to run when entries are counted, that counts, too. */
  readonly entering?: string
  /** Code to run before the first counter, such as entering the module. */
  readonly prologue?: string
}

/**
 * Walks a list of statements and puts a counter in front of each that needs one of its own.
 *
 * The first statement counts the entries of the list too, and a statement that cannot fail or jump hands its
 * counter on to the next one: fewer counters, same numbers.
 *
 * @returns the counter of the entries, or undefined where nothing in the list counts
 */
export function walkStatements(walk: Walk, list: StatementList): number | undefined {
  const { statements, from, entering = '', prologue = '' } = list
  if (!list.always && !statements.some((node) => classify(node) !== 'none' || holdsStatements(node)))
    return undefined
  const entry = list.entry ?? walk.table.counter()
  const ownerBefore = walk.owner
  let pending = !list.counted
  let carried = list.counted ? entry : undefined
  let end = from
  let before = entry
  for (const node of statements) {
    const kind = classify(node)
    const start = decoratedStart(node)
    // A label on a line of its own is not executable.
    const counted = decoratedStart(unlabelled(node))
    if (walk.live && kind !== 'none') insertShown(walk, { end, start, node })
    if (kind === 'definition') {
      walk.owner = list.scope ?? [entry]
      walk.table.line(counted, 'definition', walk.owner)
      walk.visit(node)
    } else if (kind === 'statement' || holdsStatements(node)) {
      const counter = pending ? entry : (carried ?? newCounter(walk, node, kind))
      if (pending) insertHit(walk, { end, start, counter: entry, prologue, entering })
      else if (counter !== undefined && counter !== carried)
        insertHit(walk, { end, start, counter, prologue: '', entering: '' })
      pending = false
      walk.owner = counter === undefined ? [] : [counter]
      if (counter !== undefined) before = counter
      walk.table.coverage?.statement(node, [before])
      if (kind === 'statement' && counter !== undefined) walk.table.line(counted, 'statement', walk.owner)
      walk.visit(node)
      carried = cannotFail(node) ? counter : undefined
    }
    end = node.end
  }
  walk.owner = ownerBefore
  if (pending)
    walk.insertions.insert(
      list.fallback ?? from,
      `;${prologue}${entering}${walk.hit(entry)};`,
      kindOf(prologue),
    )
  return entry
}

function newCounter(walk: Walk, node: Statement, kind: Kind): number | undefined {
  return kind === 'statement' && needsOwnCounter(node, walk) ? walk.table.counter() : undefined
}

function insertHit(
  walk: Walk,
  {
    counter,
    end,
    entering,
    prologue,
    start,
  }: Record<'end' | 'start' | 'counter', number> & Record<'entering' | 'prologue', string>,
): void {
  const at = beforeStatement(walk.source, end, start)
  const semicolon = at === end && at < start ? ';' : ''
  walk.insertions.insert(at, `${semicolon}${prologue}${entering}${walk.hit(counter)};`, kindOf(prologue))
}

function kindOf(prologue: string): InsertionKind {
  return prologue === '' ? 'counter' : 'calls'
}

function insertShown(
  walk: Walk,
  { end, start, node }: { end: number; start: number; node: Statement },
): void {
  const at = beforeStatement(walk.source, end, start)
  const semicolon = at === end && at < start ? ';' : ''
  walk.insertions.insert(at, `${semicolon}${shownBefore(walk, node)}`, 'line')
}

/** The block of a function, loop, `try` and the like. */
export function walkBlock(walk: Walk, block: BlockStatement, always = false): number | undefined {
  walk.applyHints(block)
  return walkStatements(walk, { statements: block.body, from: block.start + 1, always })
}

/**
 * The function that a body declares without braces. Only scripts may have one, behind `if`; with braces around it others
 * could.
 */
export function bareFunction(body: Statement | null): FunctionNode | undefined {
  if (body?.type === 'LabeledStatement') return bareFunction(body.body)
  return body?.type === 'FunctionDeclaration' ? body : undefined
}

/** Code to run around the statements of a body. */
export interface BodyCode {
  /** Makes a function the current one again. */
  readonly opening?: string
  /** Counts when the body is entered. */
  readonly entering?: string
  /** Counts when the body ends. */
  readonly closing?: string
}

/**
 * The statement after `if (…)`, `else`, `for (…)` and the like. One that stands without braces gets them.
 *
 * @returns the counter of the body's entries, or undefined where nothing in it counts
 */
export function walkBody(
  walk: Walk,
  body: Statement,
  { opening = '', entering = '', closing = '' }: BodyCode = {},
): number | undefined {
  const { insertions } = walk
  walk.applyHints(body)
  // An error, which stays one.
  if (bareFunction(body)) return undefined
  const block = body.type === 'BlockStatement'
  const from = block ? body.start + 1 : body.start
  // For V8 the last statement of a block is not as others are, so that where it counts, too, it has to stay the last.
  const outside = block && closing !== '' && walk.branches
  if (outside) insertions.insert(body.start, '{', 'counter')
  if (!block) insertions.open(body, '{', { kind: 'counter' })
  if (opening) insertions.insert(from, opening, 'calls')
  const statements = block ? body.body : [body]
  const entry = walkStatements(walk, { statements, from, entering, always: walk.branches })
  const end = block ? body.end - 1 : body.end
  if (outside) insertions.close(body, `;${closing}}`, { kind: 'counter' })
  else if (closing) insertions.insert(end, `;${closing}`, 'counter')
  if (!block) insertions.close(body, '}', { kind: 'counter' })
  return entry
}
