import type { Node } from 'oxc-parser'

/** What tests and groups of tests are made with in Vitest and Jest. */
const MAKERS = /^[fx]?(?:test|it|describe|suite|bench)$/

/**
 * Whether tests are made of a table by what is called: `test.each`, `describe.skip.for`. Runners write what is in the table
 * into the titles of tests, functions as their text, and snapshots are kept by titles.
 */
export function isMadeOfTable(callee: Node): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed) return false
  const { name } = callee.property as { readonly name?: string }
  return (name === 'each' || name === 'for') && isMaker(callee.object)
}

function isMaker(node: Node): boolean {
  if (node.type === 'MemberExpression') return !node.computed && isMaker(node.object)
  return node.type === 'Identifier' && MAKERS.test(node.name)
}
