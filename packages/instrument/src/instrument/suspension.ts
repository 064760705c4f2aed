import type { AwaitExpression, Expression, Node, ReturnStatement, YieldExpression } from 'oxc-parser'
import { shownEntry } from './live.ts'
import type { Walk } from './walk.ts'

/*
 * With calls tracked, every function keeps in a local variable who is below it on the call stack, and -1 there
 * while it is suspended. What follows is emitted around the places where a function can be suspended:
 *
 *   await x      →  r(await s(x, p, p = -1), p = c(index))
 *
 * s: x is evaluated, the one below becomes current, p says suspended. c: whoever resumes becomes the one below,
 * the function is current again. r: gives back what was awaited.
 */

/** `await x` */
export function awaitExpression(node: AwaitExpression, walk: Walk): void {
  if (!walk.calls || !walk.frame.current || isHoisted(node)) return walk.children(node)
  const { insertions } = walk
  walk.uses.add('suspend')
  insertions.open(node, `${walk.part('r')}(`, { kind: 'calls' })
  suspended(walk, node.argument)
  insertions.close(node, `,${given(walk, resume(walk, 'c'))}`, { kind: 'calls' })
}

/** `await vi.hoisted(…)`: Vitest moves it to the top, and asks that nothing is around it. */
function isHoisted({ argument }: AwaitExpression): boolean {
  if (argument.type !== 'CallExpression' || argument.callee.type !== 'MemberExpression') return false
  const { property } = argument.callee
  return property.type === 'Identifier' && property.name === 'hoisted'
}

/** `yield x` and `yield* x` */
export function yieldExpression(node: YieldExpression, walk: Walk): void {
  if (!walk.calls || !walk.frame.current) return walk.children(node)
  const { insertions } = walk
  walk.uses.add('suspend')
  insertions.open(node, `${walk.part('r')}(`, { kind: 'calls' })
  if (node.delegate) delegation(walk, node.argument as Expression, 'g')
  else if (node.argument) suspended(walk, node.argument)
  else insertions.close(node, walk.call(walk.part('s'), ['void 0', suspend(walk)]), { kind: 'suspension' })
  insertions.close(node, `,${given(walk, node.delegate ? resumptionIfSuspended(walk) : resume(walk, 'g'))}`, {
    kind: 'calls',
  })
}

/** `return` where no `finally` restores the caller: from a CommonJS module, or from a function without a guard. */
export function returnUnguarded({ argument, start }: ReturnStatement, walk: Walk): void {
  walk.uses.add('suspend')
  const from = start + 'return'.length
  if (!argument)
    return walk.insertions.insert(from, walk.call(walk.part('s'), ['void 0', walk.below]), 'calls')
  walk.insertions.open(argument, `${walk.part('s')}(`, { kind: 'calls' })
  walk.visit(argument)
  walk.insertions.close(argument, `,${closed(walk, walk.below)}`, { kind: 'calls' })
}

/** The operand of `return` in an async generator is awaited too. */
export function returnOperand(node: Expression, walk: Walk): void {
  const awaited = walk.calls && walk.frame.current && walk.frame.async && walk.frame.generator
  if (!awaited) return walk.visit(node)
  walk.uses.add('suspend')
  suspended(walk, node)
}

/** What is iterated by `for await` or `yield*`: its `next` runs for this function, which is suspended after it. */
export function delegation(walk: Walk, iterable: Expression, letter: 'c' | 'g'): void {
  if (!walk.frame.current) return walk.visit(iterable)
  walk.uses.add('suspend').add('delegate')
  const { frame, insertions } = walk
  insertions.open(iterable, `${walk.part('w')}(`, { kind: 'calls' })
  walk.visit(iterable)
  const resumes = `()=>{${resumeIfSuspended(walk, letter)}}`
  const suspends = `()=>{${walk.call(walk.part('s'), [0, suspend(walk)])}}`
  // Of two nameless functions V8 gives up one for the call that they are given to.
  const first = walk.keepNames ? `${walk.part('r')}(${resumes})[0]` : resumes
  insertions.close(iterable, `,${frame.async ? 1 : 0},${first},${suspends})`, { kind: 'calls' })
}

/** A statement that makes a function current again where it may have been suspended. */
export function resumeIfSuspended(walk: Walk, letter?: 'c' | 'g'): string {
  return `${resumptionIfSuspended(walk, letter)};`
}

/** The same as an expression, for what stands between commas. */
export function resumptionIfSuspended(walk: Walk, letter: 'c' | 'g' = resumedBy(walk)): string {
  walk.uses.add('suspend')
  return `${walk.below}<0&&(${resume(walk, letter)})`
}

/**
 * Makes a function the current one where exceptions are caught and where `finally` begins: it may have been suspended,
 * or what threw may not have restored its caller.
 */
export function becomeCurrent(walk: Walk, at: number): void {
  const { below, calls, frame, insertions } = walk
  if (!calls || !frame.current) return
  const again = walk.keepNames
    ? `${walk.call(walk.part('x'), [`${walk.part('b')}+${frame.index}`])};`
    : `${walk.part('a')}[0]=${walk.part('b')}+${frame.index};`
  if (!frame.async && !frame.generator) return insertions.insert(at, again, 'calls')
  walk.uses.add('suspend')
  insertions.insert(at, `${below}<0?${resume(walk, resumedBy(walk))}:${again}`, 'calls')
}

function suspended(walk: Walk, operand: Node): void {
  walk.insertions.open(operand, `${walk.part('s')}(`, { kind: 'calls' })
  walk.visit(operand)
  walk.insertions.close(operand, `,${closed(walk, suspend(walk))}`, { kind: 'suspension' })
}

function suspend({ below, keepNames }: Walk): string {
  return `${below},${below}${keepNames ? `|=(()=>0,-1)` : '=-1'}`
}

/** The end of `r`. Where names are kept that gives a list: V8 names what is assigned from `await x`, but not from a call. */
function given(walk: Walk, resumption: string): string {
  return closed(walk, resumption) + (walk.keepNames ? '[0]' : '')
}

/** The end of a call that was opened in front of what is its first argument. */
function closed(walk: Walk, last: string): string {
  return `${[last, ...walk.spares()].join()})`
}

/** Only `throw` and `return` get from outside into a generator without `await`; else it may be a rejection. */
function resumedBy({ frame }: Walk): 'c' | 'g' {
  return frame.generator && !frame.async ? 'g' : 'c'
}

/** Resuming a generator is counted (`g`), resuming after `await` is not (`c`). */
function resume(walk: Walk, letter: 'c' | 'g'): string {
  const { below, frame, live } = walk
  const again =
    frame.index === 0
      ? walk.call(walk.part('n'), [], true)
      : walk.call(walk.part(letter), [frame.index], true)
  const current = `${below}=${again}`
  return live ? `(${current},${shownEntry(walk)})` : current
}
