import type { Expression, TSType } from 'oxc-parser'
import { lineEnd, nextToken } from './ignore-hints.ts'

/**
 * Where a counter goes in front of a statement: after the line break that follows the statement before it, and
 * so in front of the comments that lead the statement. Hints in comments keep their target, and the statement
 * before keeps its end, which V8's coverage uses for branches without `else`.
 *
 * @param source the text
 * @param after offset where the statement before ends, or the list begins
 * @param start offset where the statement starts
 */
export function beforeStatement(source: string, after: number, start: number): number {
  // oxc drops a comment that follows a statement on its line.
  if (start - after > SHORTEST && hintOnOwnLine.test(source.slice(after, start))) return after
  let at = after
  while (at < start) {
    const code = source.charCodeAt(at)
    if (code === 10) return afterClosingComment(source, at + 1)
    if (code === 13) return afterClosingComment(source, source.charCodeAt(at + 1) === 10 ? at + 2 : at + 1)
    if (code !== 47) at++
    else if (source.charCodeAt(at + 1) === 47) at = lineEnd(source, at)
    else {
      const end = source.indexOf('*/', at + 2) + 2
      if (end < 2 || end > start) return start
      if (nextToken(source, end) === start && !/[\r\n]/.test(source.slice(at, start))) return at
      at = end
    }
  }
  return start
}

/** Shorter is none of them: `/*ignore` on a line of its own. */
const SHORTEST = 8

const hintOnOwnLine = /[\r\n][ \t]*\/[*/][^\r\n]*\b(?:ignore|coverage)\b/

/** In scripts a line that starts with `-->` is a comment, and nothing but white space may stand in front of it. */
function afterClosingComment(source: string, lineStart: number): number {
  let at = lineStart
  while (source[at] === ' ' || source[at] === '\t') at++
  return source.startsWith('-->', at) ? beforeStatement(source, at, lineEnd(source, at) + 1) : lineStart
}

/** Offset after the first `sign` at or after `from`, white space and comments apart. */
export function afterSign(source: string, from: number, sign: string): number {
  let at = nextToken(source, from)
  while (at < source.length && !source.startsWith(sign, at)) at = nextToken(source, at + 1)
  return at + sign.length
}

/** Whether only white space stands before an offset on its line. */
export function startsLine(source: string, at: number): boolean {
  return startsLineAfter(source, at, blank)
}

/** Whether only white space, opening parentheses and an operator stand before an offset on its line. */
export function startsLineAfterOperator(source: string, at: number): boolean {
  return startsLineAfter(source, at, blankOrOperator)
}

const blank = new Set(' \t')
const blankOrOperator = new Set(' \t(?:&|')

function startsLineAfter(source: string, at: number, allowed: ReadonlySet<string>): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const character = source[before] as string
    if (character === '\n' || character === '\r') return true
    if (!allowed.has(character)) return false
  }
  return true
}

/** What compilers leave of an expression in parentheses, or of one behind which a type stands: `(a) as T`. */
export function insideParentheses(node: Expression): Expression {
  if (node.type === 'ParenthesizedExpression') return insideParentheses(node.expression)
  const typed = /^TS(As|Satisfies|NonNull)Expression$/.test(node.type) && 'expression' in node
  // In `('a') as const` TypeScript allows nothing but a literal.
  if (!typed || (node.type === 'TSAsExpression' && isConst(node.typeAnnotation))) return node
  const inner = insideParentheses(node.expression as Expression)
  return inner === node.expression ? node : inner
}

function isConst(type: TSType): boolean {
  return type.type === 'TSTypeReference' && 'name' in type.typeName && type.typeName.name === 'const'
}
