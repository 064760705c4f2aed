import type { Class, Node } from 'oxc-parser'
import { unlabelled } from './classify.ts'
import { decoratedStart } from './decorated-start.ts'
import { nextToken } from './ignore-hints.ts'
import type { Walk } from './walk.ts'

/**
 * The expression that shows the line of an offset, with a comma behind it: as in Python, where execution comes to it from
 * another line.
 *
 * @returns '' where the line is shown already, by what stands in front on it
 */
export function shown(walk: Walk, at: number): string {
  if (!walk.live || walk.shownLine === walk.table.lineOf(at)) return ''
  return shownAgain(walk, at)
}

/** The same where execution comes back to a line, be it from the line itself. */
export function shownAgain(walk: Walk, at: number): string {
  if (!walk.live) return ''
  walk.shownLine = walk.table.lineOf(at)
  return `${walk.call(walk.part('l'), [walk.shownLine])},`
}

/** An expression that shows something, as a statement. */
export function asStatement(expression: string): string {
  return expression.replace(/,$/, ';')
}

/** The expression that shows that the function being walked has been entered, or goes on. */
export function shownEntry(walk: Walk): string {
  return walk.live ? walk.call(walk.part('h'), [JSON.stringify(walk.frame.name)]) : ''
}

/** What shows a statement of a list, and behind a class the members it defines. */
export function shownBefore(walk: Walk, node: Node): string {
  // The test of this one shows it each time.
  if (!walk.live || unlabelled(node).type === 'WhileStatement') return ''
  const members = classOf(node)?.body.body ?? []
  const methods = members.flatMap((member) =>
    member.type === 'MethodDefinition' && member.value.body
      ? nextToken(walk.source, member.decorators.at(-1)?.end ?? member.start)
      : [],
  )
  return [decoratedStart(unlabelled(node)), ...methods].map((at) => asStatement(shown(walk, at))).join('')
}

/*
 * l: shows a line. h: shows that a function goes on. v: whoever shows them, and then itself.
 */
export function liveCode(name: string, id: string): string {
  return (
    `function ${name}l(n){${name}v().line(n)}function ${name}h(n){${name}v().enter(n)}` +
    `function ${name}v(){${name}();const f=${name}q.files["${id}"],g=${name}q.live,` +
    `v=f.live||(f.live=g?g(f.path):{line(){},enter(){}});${name}v=function(){return v};return v}`
  )
}

function classOf(node: Node): Class | undefined {
  if (node.type === 'ClassDeclaration') return node
  const isExport = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration'
  return isExport && node.declaration ? classOf(node.declaration as Node) : undefined
}
